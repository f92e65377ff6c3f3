package dev.nightjar.media.pcm;

import static dev.nightjar.media.pcm.ChunkWriter.comm;
import static dev.nightjar.media.pcm.ChunkWriter.form;
import static dev.nightjar.media.pcm.ChunkWriter.latin;
import static dev.nightjar.media.pcm.ChunkWriter.ssnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.Frames;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AiffFormatTest {
    private static final byte[] STEREO = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] SWAPPED = {2, 1, 4, 3, 6, 5, 8, 7};
    private static final byte[] COMM = comm(2, 2, 16, 44_100, null);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "NONE, 16, S16, 16, 01 02 03 04, 02 01 04 03",
        "twos, 16, S16, 16, 01 02 03 04, 02 01 04 03",
        "NONE, 12, S16, 12, 12 30 ff f0, 30 12 f0 ff",
        "NONE, 5, S8, 5, f8 08, f8 08",
        "NONE, 20, S24, 20, 12 34 50, 50 34 12",
        "sowt, 16, S16, 16, 01 02 03 04, 01 02 03 04",
        "sowt, 24, S24, 24, 01 02 03, 01 02 03",
        "in24, 24, S24, 24, 01 02 03, 03 02 01",
        "in24, 16, S24, 24, 01 02 03, 03 02 01",
        "42ni, 24, S24, 24, 01 02 03, 01 02 03",
        "in32, 32, S32, 32, 01 02 03 04, 04 03 02 01",
        "23ni, 32, S32, 32, 01 02 03 04, 01 02 03 04",
        "FL32, 32, F32, 24, 3f 80 00 00, 00 00 80 3f",
        "fl32, 32, F32, 24, bf 80 00 00, 00 00 80 bf",
        "FL64, 64, F64, 53, 3f f0 00 00 00 00 00 00, 00 00 00 00 00 00 f0 3f",
        "fl64, 64, F64, 53, bf f0 00 00 00 00 00 00, 00 00 00 00 00 00 f0 bf",
        "raw , 8, U8, 8, 80 ff, 80 ff",
        "ulaw, 16, S16, 16, 80 ff, 7c 7d 00 00",
        "ALAW, 8, S16, 16, aa d5, 00 7e 08 00"
    })
    void everyCodingComesOutLittleEndian(
            String compression, int bits, SampleFormat gives, int valid, String stored, String frames)
            throws IOException {
        byte[] samples = hex(stored);
        byte[] expected = hex(frames);
        byte[] file = form("AIFC")
                .chunk("FVER", hex("a2 80 51 40"))
                .chunk("COMM", comm(1, expected.length / gives.bytes(), bits, 48_000, "%-4s".formatted(compression)))
                .chunk("SSND", ssnd(0, samples))
                .bytes();
        for (Frames read : List.of(Frames.of(file), Frames.streamed(file))) {
            assertThat(read.bytes()).isEqualTo(expected);
            assertThat(read.info().format().sample()).isEqualTo(gives);
            assertThat(read.info().format().validBits()).isEqualTo(valid);
            assertThat(read.info().format().rate()).isEqualTo(48_000);
            assertThat(read.info().notes()).isEmpty();
        }
    }

    private static byte[] hex(String bytes) {
        return HexFormat.ofDelimiter(" ").parseHex(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 11025",
        "2, 44100",
        "1, 192000",
        "1, 12288000",
        "1, 1",
    })
    void theRateIsAnExtendedFloat(int channels, int rate) throws IOException {
        byte[] file =
                form("AIFF").chunk("COMM", comm(channels, 0, 16, rate, null)).bytes();
        assertThat(Frames.of(file).info().format().rate()).isEqualTo(rate);
        assertThat(Frames.of(file).bytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400b fa00 0000 0000 0000, 8000",
        "400b f9ff 8000 0000 0000, 8000",
        "400e ac44 0000 0000 0001, 44100",
    })
    void aRateThatIsNotWholeIsRounded(String extended, int rate) throws IOException {
        byte[] comm = COMM.clone();
        System.arraycopy(hex(extended.replace(" ", "").replaceAll("(..)(?!$)", "$1 ")), 0, comm, 8, 10);
        byte[] file =
                form("AIFF").chunk("COMM", comm).chunk("SSND", ssnd(0, STEREO)).bytes();
        assertThat(Frames.of(file).info().format().rate()).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "0000 0000 0000 0000 0000, CORRUPT",
        "c00e ac44 0000 0000 0000, CORRUPT",
        "7fff 8000 0000 0000 0000, CORRUPT",
        "7fff c000 0000 0000 0000, CORRUPT",
        "7ffe ffff ffff ffff ffff, CORRUPT",
        "4018 bebc 2000 0000 0000, UNSUPPORTED"
    })
    void aRateThatCannotBeIsRefused(String extended, Kind kind) {
        byte[] comm = COMM.clone();
        System.arraycopy(hex(extended.replace(" ", "").replaceAll("(..)(?!$)", "$1 ")), 0, comm, 8, 10);
        byte[] file =
                form("AIFF").chunk("COMM", comm).chunk("SSND", ssnd(0, STEREO)).bytes();
        assertRefused(() -> Frames.of(file), kind, "frames a second");
    }

    @Test
    void chunksMayComeInAnyOrderInAFileButNotInAStream() throws IOException {
        byte[] file = form("AIFF")
                .chunk("NAME", latin("Odd"))
                .chunk("SSND", ssnd(0, STEREO))
                .chunk("COMM", COMM)
                .bytes();
        assertThat(Frames.of(file).bytes()).isEqualTo(SWAPPED);
        assertRefused(
                () -> Frames.streamed(file),
                Kind.UNSUPPORTED,
                "the samples at byte 32 come before the COMM chunk that describes them");
    }

    @Test
    void theSamplesBeginBehindTheOffsetOfTheirChunk() throws IOException {
        byte[] file =
                form("AIFF").chunk("COMM", COMM).chunk("SSND", ssnd(7, STEREO)).bytes();
        assertThat(Frames.of(file).bytes()).isEqualTo(SWAPPED);
        assertThat(Frames.streamed(file).bytes()).isEqualTo(SWAPPED);
        byte[] beyond = form("AIFF")
                .chunk("COMM", COMM)
                .chunk("SSND", ByteBuffer.allocate(16).putInt(9).array())
                .bytes();
        assertRefused(() -> Frames.of(beyond), Kind.CORRUPT, "9 bytes into the SSND chunk, which has only 8");
    }

    @Test
    void framesThatCommAndSsndCountDifferentlyAreSaidSo() throws IOException {
        byte[] padded = form("AIFF")
                .chunk("COMM", comm(2, 1, 16, 44_100, null))
                .chunk("SSND", ssnd(0, STEREO))
                .bytes();
        assertThat(Frames.of(padded).bytes()).isEqualTo(Arrays.copyOf(SWAPPED, 4));
        assertThat(Frames.of(padded).info().notes())
                .containsExactly("the SSND chunk has room for 2 frames, of which the COMM chunk says 1 are used");
        for (int said : new int[] {0, 3, -1}) {
            byte[] file = form("AIFF")
                    .chunk("COMM", comm(2, said, 16, 44_100, null))
                    .chunk("SSND", ssnd(0, STEREO))
                    .bytes();
            assertThat(Frames.of(file).bytes()).isEqualTo(SWAPPED);
            assertThat(Frames.streamed(file).bytes()).isEqualTo(SWAPPED);
            assertThat(Frames.of(file).info().notes())
                    .singleElement()
                    .asString()
                    .contains("the SSND chunk has 2");
        }
    }

    @Test
    void oddChunksArePassedWithTheirPaddingAndWithout() throws IOException {
        byte[] three = {5, 6, 7};
        byte[] comm = comm(1, 3, 8, 8000, null);
        byte[] padded = form("AIFF")
                .chunk("ANNO", latin("odd"))
                .chunk("COMM", comm)
                .chunk("SSND", ssnd(0, three))
                .chunk("AUTH", latin("Me"))
                .bytes();
        byte[] careless = form("AIFF")
                .unpadded("ANNO", latin("odd"))
                .chunk("COMM", comm)
                .unpadded("SSND", ssnd(0, three))
                .chunk("AUTH", latin("Me"))
                .bytes();
        for (byte[] file : List.of(padded, careless)) {
            assertThat(Frames.of(file).bytes()).isEqualTo(three);
            assertThat(Frames.of(file).info().tags())
                    .containsEntry("COMMENT", List.of("odd"))
                    .containsEntry("ARTIST", List.of("Me"));
            assertThat(Frames.of(file).info().notes()).isEmpty();
            assertThat(Frames.streamed(file).bytes()).isEqualTo(three);
        }
    }

    @Test
    void tagsAreThoseOfTheTextChunksAndOfId3() throws IOException {
        byte[] file = form("AIFF")
                .chunk("NAME", latin("Song"))
                .chunk("AUTH", latin("One"))
                .chunk("AUTH", latin("Two"))
                .chunk("(c) ", latin("1991 Me"))
                .chunk("COMM", COMM)
                .chunk("SSND", ssnd(0, STEREO))
                .chunk(
                        "ID3 ",
                        WavFormatTest.id3(
                                WavFormatTest.id3Frame("TIT2", "Other"), WavFormatTest.id3Frame("TALB", "Album")))
                .bytes();
        assertThat(Frames.of(file).info().tags())
                .containsEntry("TITLE", List.of("Song"))
                .containsEntry("ARTIST", List.of("One", "Two"))
                .containsEntry("COPYRIGHT", List.of("1991 Me"))
                .containsEntry("ALBUM", List.of("Album"));
    }

    @Test
    void tagsThatFfmpegWroteAreRead() throws Exception {
        Tool.require("ffmpeg");
        Path file = folder.resolve("x.aiff");
        Tool.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "sine=d=0.01",
                "-metadata",
                "title=Title \u00e9",
                "-metadata",
                "artist=Artist",
                "-metadata",
                "album=Album",
                "-write_id3v2",
                "1",
                file.toString()));
        assertThat(Frames.of(file).info().tags())
                .containsEntry("TITLE", List.of("Title \u00e9"))
                .containsEntry("ARTIST", List.of("Artist"))
                .containsEntry("ALBUM", List.of("Album"));
    }

    @Test
    void aFileThatWasCutGivesWhatIsThere() throws IOException {
        byte[] whole = form("AIFF")
                .chunk("COMM", comm(2, 2, 16, 44_100, null))
                .chunk("SSND", ssnd(0, STEREO))
                .bytes();
        Path file = Files.write(folder.resolve("cut.aiff"), Arrays.copyOf(whole, whole.length - 3));
        try (MediaReader reader = Media.open(file)) {
            assertThat(reader.info().notes()).hasSize(2);
            byte[] frames = new byte[400];
            assertThat(reader.read(frames, 0, 100)).isEqualTo(1);
            assertThat(frames).startsWith(Arrays.copyOf(SWAPPED, 4));
            assertThatThrownBy(() -> reader.read(frames, 0, 100))
                    .hasMessage("the file ends after 1 frames; its header claims 3 bytes more");
            assertThat(reader.read(frames, 0, 100)).isEqualTo(-1);
        }
    }

    @Test
    void aFileThatLacksAChunkSaysWhich() {
        assertRefused(
                () -> Frames.of(form("AIFF").chunk("SSND", ssnd(0, STEREO)).bytes()),
                Kind.TRUNCATED,
                "the file has no COMM chunk");
        assertRefused(
                () -> Frames.of(form("AIFF").chunk("COMM", COMM).bytes()),
                Kind.TRUNCATED,
                "the file has no SSND chunk for its 2 frames");
        assertRefused(
                () -> Frames.of(
                        form("AIFF").raw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).bytes()),
                Kind.CORRUPT,
                "the file has no COMM chunk; the bytes at 12 are not a chunk");
        assertRefused(
                () -> Frames.of(form("AIFC").chunk("COMM", COMM).bytes()),
                Kind.CORRUPT,
                "the COMM chunk has 18 bytes, at least 22 are needed");
        assertRefused(
                () -> Frames.of(form("8SVX").chunk("VHDR", COMM).bytes()), Kind.UNRECOGNISED, "not an audio file");
    }

    @ParameterizedTest
    @CsvSource({
        "ima4, 16, IMA ADPCM",
        "MAC3, 8, MACE 3:1",
        "QDM2, 16, QDesign Music",
        "GSM , 16, GSM 6.10",
        "zzzz, 16, 'zzzz'",
        "raw , 16, offset binary samples",
        "NONE, 33, 33 bits",
        "NONE, 0, 0 bits"
    })
    void whatIsNotDecodedIsRefusedByName(String compression, int bits, String name) {
        byte[] file = form("AIFC")
                .chunk("COMM", comm(1, 4, bits, 8000, "%-4s".formatted(compression)))
                .chunk("SSND", ssnd(0, STEREO))
                .bytes();
        assertThatThrownBy(() -> Frames.of(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono", "stereo", "3.0", "quad", "4.0", "5.0", "5.1", "6.1(back)", "7.1(wide)"})
    void theLayoutsThatFfmpegWritesAreUnderstood(String layout) throws Exception {
        Tool.require("ffmpeg");
        int channels = switch (layout) {
            case "mono" -> 1;
            case "stereo" -> 2;
            case "quad" -> 4;
            default -> layout.charAt(0) - '0' + (layout.charAt(2) - '0');
        };
        byte[] noise = RealFilesTest.samples(SampleFormat.S16, channels);
        for (String type : List.of("aiff", "caf", "wav")) {
            Path file = folder.resolve(type + "." + type);
            Tool.run(
                    noise,
                    List.of(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-f",
                            "s16le",
                            "-ac",
                            "" + channels,
                            "-channel_layout",
                            layout,
                            "-i",
                            "-",
                            file.toString()));
        }
        Frames wav = Frames.of(folder.resolve("wav.wav"));
        assertThat(Frames.of(folder.resolve("caf.caf")).info().format().layout())
                .isEqualTo(wav.info().format().layout());
        Frames aiff = Frames.of(folder.resolve("aiff.aiff"));
        assertThat(aiff.info().format().layout()).isEqualTo(wav.info().format().layout());
        assertThat(aiff.bytes()).isEqualTo(wav.bytes());
    }

    @Test
    void aLayoutByTagBitmapOrDescriptionPlacesTheChannels() throws IOException {
        assertThat(layout(6, 123 << 16 | 6, 0)).hasToString("FL+FC+FR+BL+BR+LFE");
        assertThat(layout(8, 128 << 16 | 8, 0)).hasToString("FL+FR+FC+LFE+SL+SR+BL+BR");
        assertThat(layout(3, 1 << 16, 0x0B)).hasToString("FL+FR+LFE");
        assertThat(layout(2, 147 << 16 | 2, 0)).isEqualTo(ChannelLayout.discrete(2));
        assertThat(layout(3, 0, 0, 3, 1, 2)).hasToString("FC+FL+FR");
        assertThat(layout(4, 0, 0, 1, 1, 42, 999)).hasToString("FL+-+FC+-");
        assertThat(layout(2, 300 << 16 | 2, 0)).isEqualTo(ChannelLayout.discrete(2));
    }

    private static ChannelLayout layout(int channels, int tag, int bitmap, int... labels) throws IOException {
        ByteBuffer chan = ByteBuffer.allocate(12 + 20 * labels.length);
        chan.putInt(tag).putInt(bitmap).putInt(labels.length);
        for (int label : labels) {
            chan.putInt(label).put(new byte[16]);
        }
        byte[] file = form("AIFF")
                .chunk("CHAN", chan.array())
                .chunk("COMM", comm(channels, 0, 16, 44_100, null))
                .bytes();
        return Frames.of(file).info().format().layout();
    }

    private static void assertRefused(ThrowingCallable reading, Kind kind, String words) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }
}
