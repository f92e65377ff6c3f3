package dev.nightjar.media.pcm;

import static dev.nightjar.media.pcm.ChunkWriter.extensible;
import static dev.nightjar.media.pcm.ChunkWriter.fmt;
import static dev.nightjar.media.pcm.ChunkWriter.latin;
import static dev.nightjar.media.pcm.ChunkWriter.wav;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.Channel;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.Frames;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.StreamMediaInput;
import dev.nightjar.media.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files made by hand, with everything that writers in the field get wrong.
class WavFormatTest {
    private static final byte[] STEREO_16 = fmt(1, 2, 44_100, 4, 16);
    private static final byte[] SAMPLES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final long KS_TAIL = 0x800000AA00389B71L;
    private static final long AMBISONIC_TAIL = 0x8644C8C1CA000000L;

    @TempDir
    Path folder;

    @Test
    void oddChunksArePassedWithTheirPaddingAndWithout() throws IOException {
        byte[] odd = latin("INFOINAM\3\0\0\0Odd");
        byte[] padded = wav().chunk("LIST", odd)
                .chunk("fmt ", STEREO_16)
                .chunk("LIST", odd)
                .chunk("data", SAMPLES)
                .chunk("LIST", odd)
                .bytes();
        byte[] careless = wav().unpadded("LIST", odd)
                .chunk("fmt ", STEREO_16)
                .unpadded("LIST", odd)
                .chunk("data", SAMPLES)
                .unpadded("LIST", odd)
                .bytes();
        for (byte[] file : List.of(padded, careless)) {
            Frames read = Frames.of(file);
            assertThat(read.bytes()).isEqualTo(SAMPLES);
            assertThat(read.info().tags()).containsEntry("TITLE", List.of("Odd", "Odd", "Odd"));
            assertThat(read.info().notes()).isEmpty();
            assertThat(Frames.streamed(file).bytes()).isEqualTo(SAMPLES);
        }
    }

    @Test
    void tagsBehindAnOddNumberOfSamplesAreFoundWithPaddingAndWithout() throws IOException {
        byte[] three = {1, 2, 3};
        byte[] list = latin("INFOIART\6\0\0\0Nobody");
        ChunkWriter head = wav().chunk("fmt ", fmt(1, 1, 8000, 1, 8));
        byte[] padded = head.chunk("data", three).chunk("LIST", list).bytes();
        byte[] careless = wav().chunk("fmt ", fmt(1, 1, 8000, 1, 8))
                .unpadded("data", three)
                .chunk("LIST", list)
                .bytes();
        for (byte[] file : List.of(padded, careless)) {
            assertThat(Frames.of(file).bytes()).isEqualTo(three);
            assertThat(Frames.of(file).info().tags()).containsEntry("ARTIST", List.of("Nobody"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "0, 36", "-1, -1", "-1, 0", "2147479552, 2147479588", "-4096, -1"})
    void aSizeThatWasNeverWrittenMeansToTheEnd(int dataSize, int riffSize) throws IOException {
        byte[] file =
                wav().chunk("fmt ", STEREO_16).sized("data", dataSize, SAMPLES).bytes(riffSize);
        for (Frames read : List.of(Frames.of(file), Frames.streamed(file))) {
            assertThat(read.bytes()).isEqualTo(SAMPLES);
            assertThat(read.info().notes()).singleElement().asString().contains("to the end of the input");
        }
    }

    @Test
    void aDataChunkOfNothingInAWholeFileIsNothing() throws IOException {
        byte[] file = wav().chunk("fmt ", STEREO_16)
                .chunk("data", new byte[0])
                .chunk("LIST", latin("INFO"))
                .bytes();
        assertThat(Frames.of(file).bytes()).isEmpty();
        assertThat(Frames.of(file).info().notes()).isEmpty();
    }

    @Test
    void aFileThatWasCutGivesWhatIsThereAndSaysSo() throws IOException {
        byte[] whole =
                wav().chunk("fmt ", STEREO_16).sized("data", 4000, SAMPLES).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        Path file = Files.write(folder.resolve("cut.wav"), cut);
        try (MediaReader reader = Media.open(file)) {
            assertThat(reader.info().frames()).isEqualTo(2);
            assertThat(reader.info().notes())
                    .containsExactly(
                            "the header claims 4000 bytes of audio, but only 11 follow",
                            "the audio ends with 3 bytes of an incomplete frame of 4 bytes, which are left out");
            byte[] frames = new byte[400];
            assertThat(reader.read(frames, 0, 100)).isEqualTo(2);
            assertThat(frames).startsWith(Arrays.copyOf(SAMPLES, 8));
            assertThatThrownBy(() -> reader.read(frames, 0, 100))
                    .isInstanceOfSatisfying(
                            MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED))
                    .hasMessage("the file ends after 2 frames; its header claims 3989 bytes more");
            assertThat(reader.read(frames, 0, 100)).isEqualTo(-1);
        }
    }

    @Test
    void aStreamThatWasCutGivesWhatIsThereAndThenFails() throws IOException {
        byte[] file =
                wav().chunk("fmt ", STEREO_16).sized("data", 4000, SAMPLES).bytes();
        try (MediaReader reader = Media.open(new StreamMediaInput(new ByteArrayInputStream(file)), null)) {
            byte[] frames = new byte[400];
            assertThat(reader.read(frames, 0, 100)).isEqualTo(3);
            assertThat(frames).startsWith(SAMPLES);
            assertThatThrownBy(() -> reader.read(frames, 0, 100))
                    .isInstanceOfSatisfying(
                            MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED))
                    .hasMessage("the audio ends after 3 of 1000 frames");
            assertThat(reader.read(frames, 0, 100)).isEqualTo(-1);
        }
    }

    @Test
    void sizesThatWrappedAtFourGigabytesAreUnwrapped() throws IOException {
        Path file = folder.resolve("wrapped.wav");
        long bytes = (1L << 32) + 400;
        byte[] head =
                wav().chunk("fmt ", STEREO_16).sized("data", 400, new byte[0]).bytes(436);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(head));
            channel.write(ByteBuffer.wrap(SAMPLES), head.length + bytes - SAMPLES.length);
        }
        try (MediaReader reader = Media.open(file)) {
            assertThat(reader.info().frames()).isEqualTo(bytes / 4);
            assertThat(reader.info().notes()).singleElement().asString().contains("multiple of 4 GiB");
            reader.seek(bytes / 4 - 3);
            assertThat(Frames.rest(reader)).isEqualTo(SAMPLES);
        }
    }

    @Test
    void theSamplesOfFurtherDataChunksAreLeftOutAndSaidSo() throws IOException {
        byte[] file = wav().chunk("fmt ", STEREO_16)
                .chunk("data", SAMPLES)
                .chunk("data", SAMPLES)
                .bytes();
        assertThat(Frames.of(file).bytes()).isEqualTo(SAMPLES);
        assertThat(Frames.of(file).info().notes()).containsExactly("a further data chunk at byte 64 is left out");
    }

    @Test
    void aFileWithoutAudioOrItsDescriptionSaysWhatIsMissing() {
        assertRefused(wav().chunk("fmt ", STEREO_16).bytes(), Kind.TRUNCATED, "the file ends before its audio begins");
        assertRefused(
                wav().chunk("LIST", new byte[4]).bytes(),
                Kind.TRUNCATED,
                "the file ends before its audio is described by a fmt chunk");
        assertRefused(
                wav().chunk("data", SAMPLES).chunk("fmt ", STEREO_16).bytes(),
                Kind.CORRUPT,
                "the data chunk at byte 20 comes before any fmt chunk");
        assertRefused(
                wav().chunk("fmt ", STEREO_16)
                        .raw(new byte[] {7, 7, 7, 7, 7, 7, 7, 7})
                        .bytes(),
                Kind.CORRUPT,
                "a chunk should begin at byte 36");
        assertRefused(
                wav().chunk("fmt ", new byte[13]).chunk("data", SAMPLES).bytes(),
                Kind.CORRUPT,
                "the fmt chunk has 13 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 44100, 4, 16, CORRUPT, 0 channels",
        "1, 1025, 44100, 2050, 16, UNSUPPORTED, 1025 channels",
        "1, 1, 0, 2, 16, CORRUPT, 0 frames a second",
        "1, 1, 20000000, 2, 16, UNSUPPORTED, 20000000 frames a second",
        "1, 1, 44100, 0, 0, CORRUPT, 0 bits",
        "1, 1, 44100, 9, 72, UNSUPPORTED, 72 bits",
        "3, 1, 44100, 2, 16, UNSUPPORTED, floating-point samples have 32 or 64 bits",
        "2, 1, 44100, 256, 4, UNSUPPORTED, MS ADPCM",
        "0x9999, 1, 44100, 1, 8, UNSUPPORTED, format tag 0x9999"
    })
    void aFormatThatCannotBeIsRefused(
            String tag, int channels, int rate, int align, int bits, Kind kind, String words) {
        byte[] fmt = fmt(Integer.decode(tag), channels, rate, align, bits);
        assertRefused(wav().chunk("fmt ", fmt).chunk("data", SAMPLES).bytes(), kind, words);
    }

    @ParameterizedTest
    @CsvSource({"adpcm_ms, MS ADPCM", "adpcm_ima_wav, IMA ADPCM", "g722, G.722", "ac3, AC-3", "libmp3lame, MP3"})
    void compressedFilesOfFfmpegAreRefusedByName(String codec, String name) throws Exception {
        Tool.require("ffmpeg");
        byte[] file = Tool.run(
                List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.1", "-c:a", codec, "-f", "wav", "-"));
        assertRefused(file, Kind.UNSUPPORTED, "the samples are " + name + ", which is not decoded in WAV");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 12, 12, S16",
        "1, 3, 20, 20, S24",
        "1, 4, 24, 24, S32",
        "1, 3, 18, 18, S24",
        "2, 2, 16, 12, S16",
        "2, 3, 24, 20, S24",
        "2, 4, 32, 24, S32",
        "2, 1, 8, 5, U8",
        "2, 8, 64, 64, F64"
    })
    void validBitsAreSaidBesideTheContainer(int channels, int container, int bits, int valid, SampleFormat gives)
            throws IOException {
        byte[] fmt = fmt(1, channels, 48_000, container * channels, bits);
        if (channels == 2) {
            fmt = extensible(fmt(0xFFFE, 2, 48_000, 2 * container, bits), valid, 3, 1, KS_TAIL);
        }
        Frames read =
                Frames.of(wav().chunk("fmt ", fmt).chunk("data", new byte[48]).bytes());
        StreamFormat format = read.info().format();
        assertThat(format.sample()).isEqualTo(gives);
        assertThat(format.validBits()).isEqualTo(Math.min(valid, gives.maxValidBits()));
        assertThat(read.info().exact()).isEqualTo(container <= 4);
        assertThat(read.info().notes()).isEmpty();
    }

    @Test
    void aBlockAlignThatLiesIsIgnoredAndSaidSo() throws IOException {
        for (byte[] fmt : List.of(fmt(1, 2, 44_100, 1, 16), fmt(1, 2, 44_100, 500, 16), fmt(1, 2, 44_100, 5, 16))) {
            Frames read =
                    Frames.of(wav().chunk("fmt ", fmt).chunk("data", SAMPLES).bytes());
            assertThat(read.bytes()).isEqualTo(SAMPLES);
            assertThat(read.info().frames()).isEqualTo(3);
            assertThat(read.info().notes()).singleElement().asString().contains("block align");
        }
        Frames floats = Frames.of(wav().chunk("fmt ", fmt(3, 1, 44_100, 8, 32))
                .chunk("data", SAMPLES)
                .bytes());
        assertThat(floats.info().frames()).isEqualTo(3);
        assertThat(floats.info().notes()).singleElement().asString().contains("block align of 8 bytes");
    }

    @Test
    void aMaskNamesThePlacesOfTheChannels() throws IOException {
        assertThat(layout(3, 0x0B)).isEqualTo(layoutOf(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.LOW_FREQUENCY));
        assertThat(layout(6, 0x60F).positions()).endsWith(Channel.SIDE_LEFT, Channel.SIDE_RIGHT);
        assertThat(layout(4, 0)).isEqualTo(ChannelLayout.discrete(4));
        assertThat(layout(1, 0x4)).isEqualTo(ChannelLayout.MONO);
        assertThat(layout(2, 0x1))
                .isEqualTo(layoutOf(Channel.FRONT_LEFT, Channel.DISCRETE))
                .isNotEqualTo(ChannelLayout.STEREO);
    }

    private static ChannelLayout layoutOf(Channel... channels) {
        return ChannelLayout.of(channels);
    }

    private static ChannelLayout layout(int channels, int mask) throws IOException {
        byte[] fmt = extensible(fmt(0xFFFE, channels, 48_000, 2 * channels, 16), 16, mask, 1, KS_TAIL);
        return Frames.of(wav().chunk("fmt ", fmt).chunk("data", new byte[0]).bytes())
                .info()
                .format()
                .layout();
    }

    @Test
    void ambisonicsHaveNoLoudspeakers() throws IOException {
        byte[] fmt = extensible(fmt(0xFFFE, 4, 48_000, 8, 16), 16, 0x33, 1, AMBISONIC_TAIL);
        Frames read =
                Frames.of(wav().chunk("fmt ", fmt).chunk("data", new byte[16]).bytes());
        assertThat(read.info().format().layout()).isEqualTo(ChannelLayout.discrete(4));
        assertThat(read.info().notes()).containsExactly("the channels are Ambisonic B-format, not loudspeakers");
        assertRefused(
                wav().chunk("fmt ", extensible(fmt(0xFFFE, 4, 48_000, 8, 16), 16, 0, 1, 0x1234L))
                        .chunk("data", SAMPLES)
                        .bytes(),
                Kind.UNSUPPORTED,
                "the sub-format 00000001-0000-0010-0000000000001234 is not known");
    }

    @Test
    void tagsComeFromInfoListsAndFromId3WhereTheseAreSilent() throws IOException {
        byte[] list = latin("INFOINAM\4\0\0\0Song");
        byte[] file = wav().chunk("fmt ", STEREO_16)
                .chunk("data", SAMPLES)
                .chunk("id3 ", id3(id3Frame("TIT2", "Other"), id3Frame("TPE1", "Band")))
                .chunk("LIST", list)
                .chunk("LIST", latin("adtlnote"))
                .bytes();
        assertThat(Frames.of(file).info().tags())
                .containsEntry("TITLE", List.of("Song"))
                .containsEntry("ARTIST", List.of("Band"));
    }

    static byte[] id3Frame(String id, String text) {
        return ByteBuffer.allocate(11 + text.length())
                .put(latin(id))
                .putInt(text.length() + 1)
                .putShort((short) 0)
                .put((byte) 0)
                .put(latin(text))
                .array();
    }

    /// ID3 version 2.3 with short frames.
    static byte[] id3(byte[]... frames) {
        int length = Arrays.stream(frames).mapToInt(frame -> frame.length).sum();
        ByteBuffer tag = ByteBuffer.allocate(10 + length).put(latin("ID3\3\0\0\0\0\0"));
        tag.put((byte) length);
        Arrays.stream(frames).forEach(tag::put);
        return tag.array();
    }

    @Test
    void textThatIsNotUtf8IsWindows1252() throws IOException {
        byte[] list = latin("INFOINAM\5\0\0\0Caf\u00e9\0\0IART\4\0\0\0\u00c3\u00a9\0\0");
        byte[] file = wav().chunk("fmt ", STEREO_16)
                .chunk("LIST", list)
                .chunk("data", SAMPLES)
                .bytes();
        assertThat(Frames.of(file).info().tags())
                .containsEntry("TITLE", List.of("Caf\u00e9"))
                .containsEntry("ARTIST", List.of("\u00e9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ac3", "eac3"})
    void burstsThatFfmpegPackedAreNoticed(String codec) throws Exception {
        Tool.require("ffmpeg");
        byte[] encoded = Tool.run(
                List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.3", "-c:a", codec, "-f", codec, "-"));
        byte[] bursts = Tool.run(
                encoded, List.of("ffmpeg", "-v", "error", "-f", codec, "-i", "-", "-c", "copy", "-f", "spdif", "-"));
        byte[] file = wav().chunk("fmt ", STEREO_16).chunk("data", bursts).bytes();
        for (Frames read : List.of(Frames.of(file), Frames.streamed(file))) {
            assertThat(read.bytes()).isEqualTo(bursts);
            assertThat(read.info().notes())
                    .singleElement()
                    .asString()
                    .contains("IEC 61937 bursts (" + (codec.equals("ac3") ? "AC-3" : "E-AC-3") + ")");
        }
    }

    @Test
    void bw64AndRf64TakeTheirSizesFromDs64() throws IOException {
        for (String id : List.of("RF64", "BW64")) {
            byte[] ds64 = ByteBuffer.allocate(28 + 12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(999)
                    .putLong(8)
                    .putLong(2)
                    .putInt(1)
                    .put(latin("axml"))
                    .putLong(6)
                    .array();
            byte[] file = new ChunkWriter(id, "WAVE", ByteOrder.LITTLE_ENDIAN)
                    .chunk("ds64", ds64)
                    .sized("axml", -1, latin("<xml/>"))
                    .chunk("fmt ", STEREO_16)
                    .sized("data", -1, SAMPLES)
                    .bytes(-1);
            Frames read = Frames.of(file);
            assertThat(read.bytes()).isEqualTo(Arrays.copyOf(SAMPLES, 8));
            assertThat(read.info().container()).isEqualTo("WAV (" + id + ")");
        }
    }

    @Test
    void aWave64ChunkSmallerThanItsHeaderIsRefused() throws Exception {
        Tool.require("ffmpeg");
        byte[] file = Tool.run(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.01", "-f", "w64", "-"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(56, 23);
        assertRefused(file, Kind.CORRUPT, "less than its header");
    }

    @Test
    void theOddSampleIsReadByFfmpegAsByUs() throws Exception {
        Path odd = Path.of(System.getProperty("nightjar.root"), "testdata", "odd.wav");
        Frames read = Frames.of(odd);
        assertThat(read.info().format())
                .isEqualTo(StreamFormat.of(
                                44_100,
                                layoutOf(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.LOW_FREQUENCY),
                                SampleFormat.S24)
                        .withValidBits(20));
        assertThat(read.info().frames()).isEqualTo(1501);
        assertThat(read.info().tags()).containsEntry("TITLE", List.of("Odd one"));
        assertThat(read.info().notes()).singleElement().asString().contains("to the end of the input");
        assertThat(Frames.streamed(Files.readAllBytes(odd)).bytes()).isEqualTo(read.bytes());
        Tool.require("ffmpeg");
        assertThat(Tool.run(List.of(
                        "ffmpeg", "-v", "error", "-i", odd.toString(), "-f", "s24le", "-c:a", "pcm_s24le", "-")))
                .isEqualTo(read.bytes());
    }

    private static void assertRefused(byte[] file, Kind kind, String words) {
        assertThatThrownBy(() -> Frames.of(file))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }
}
