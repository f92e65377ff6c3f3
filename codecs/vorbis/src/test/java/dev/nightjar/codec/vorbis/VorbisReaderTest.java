package dev.nightjar.codec.vorbis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.codec.oracle.Formats;
import dev.nightjar.codec.oracle.Hostile;
import dev.nightjar.codec.oracle.Pages;
import dev.nightjar.codec.oracle.Pcm;
import dev.nightjar.codec.oracle.Tools;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.FileMediaInput;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VorbisReaderTest {
    private static final double SECONDS = 3.3;
    /// Pages of headers that oggenc and FFmpeg write.
    private static final int HEADER_PAGES = 2;

    @TempDir
    private static Path dir;

    private final MediaFormat format = new VorbisFormat();

    private static byte[] oggenc(int rate, int channels, String... options) {
        List<String> command = new ArrayList<>(List.of("oggenc", "-Q"));
        command.addAll(List.of(options));
        command.addAll(List.of(Tools.music(dir, rate, channels, SECONDS).toString(), "-o"));
        return Tools.make(dir.resolve("made.ogg"), command.toArray(String[]::new));
    }

    private static byte[] ffmpeg(int rate, int channels, String... options) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-i"));
        command.add(Tools.music(dir, rate, channels, SECONDS).toString());
        command.addAll(List.of(options));
        return Tools.make(dir.resolve("made.ogg"), command.toArray(String[]::new));
    }

    private Pcm decode(byte[] file) throws IOException {
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            return Pcm.read(reader);
        }
    }

    private static Pcm oracle(byte[] file, int channels) throws IOException {
        Path path = dir.resolve("oracle.ogg");
        Files.write(path, file);
        return Pcm.ffmpeg(path, channels);
    }

    private static byte[] join(byte[]... files) {
        return Pages.join(List.of(files));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(Formats.found()).hasAtLeastOneElementOfType(VorbisFormat.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            44100 | 2 | -q 10
            44100 | 2 | -q -1
            48000 | 1 | -q 5
            96000 | 2 | -q 6
            32000 | 2 | -q 3
            22050 | 2 | -q 3
            16000 | 1 | -q 0
            8000  | 1 | -q 8
            44100 | 2 | --managed -b 128 -m 96 -M 160
            """)
    void decodesWhatOggencMadeToTheFramesThatWentIn(int rate, int channels, String options) throws IOException {
        byte[] file = oggenc(rate, channels, options.split(" ", -1));
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            Pcm decoded = Pcm.read(reader);
            assertThat(reader.info().format().rate()).isEqualTo(rate);
            assertThat(reader.info().exact()).isFalse();
            assertThat(decoded.frames()).isEqualTo(Math.round(SECONDS * rate));
            assertThat(reader.info().frames()).isEqualTo(decoded.frames());
            Pcm expected = oracle(file, channels);
            assertThat(decoded.frames()).isEqualTo(expected.frames());
            assertThat(decoded.maxDifference(expected)).isLessThan(1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void putsTheChannelsIntoTheOrderOfTheLayout(int channels) throws IOException {
        byte[] file = ffmpeg(44_100, channels, "-c:a", "libvorbis", "-q:a", "4");
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().format().layout()).isEqualTo(ChannelLayout.ofCount(channels));
            Pcm expected = oracle(file, channels);
            Pcm decoded = Pcm.read(reader);
            assertThat(decoded.frames()).isEqualTo(expected.frames());
            assertThat(decoded.maxDifference(expected)).isLessThan(1e-6);
        }
    }

    /// FFmpeg 5.1 decodes what it encoded otherwise than libvorbis does.
    @Test
    void decodesWhatFfmpegsOwnEncoderMadeAsLibvorbisDoes() throws IOException {
        Path raw = dir.resolve("decoded.raw");
        byte[] file = ffmpeg(44_100, 2, "-c:a", "vorbis", "-strict", "-2", "-b:a", "160k");
        String made = dir.resolve("made.ogg").toString();
        byte[] expected = Tools.make(raw, "oggdec", "-Q", "-R", "-b", "16", made, "-o");
        Pcm decoded = decode(file);
        assertThat(decoded.frames() * 4).isEqualTo(expected.length);
        assertThat(decoded.maxDifference(Pcm.ofShorts(expected, 2))).isLessThan(1.01 / 32768);
    }

    @Test
    void isAlignedWithTheOriginal() throws IOException {
        Pcm decoded = decode(oggenc(44_100, 2, "-q", "9"));
        Pcm original = Pcm.ffmpeg(Tools.music(dir, 44_100, 2, SECONDS), 2);
        float[] late = Arrays.copyOfRange(original.samples(), 2, original.samples().length);
        assertThat(decoded.rmsDifference(original)).isLessThan(decoded.rmsDifference(new Pcm(late, 2)) - 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q -1", "-q 5", "-q 10"})
    void seeksToTheExactFrame(String options) throws IOException {
        byte[] file = oggenc(44_100, 2, options.split(" ", -1));
        Pcm whole = decode(file);
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            Random random = new Random(7);
            for (int i = 0; i < 100; i++) {
                int frame = i == 0 ? whole.frames() - 1 : i == 1 ? 0 : random.nextInt(whole.frames());
                assertThat(whole.firstDifference(reader, frame, 5000))
                        .as("seek to %d", frame)
                        .isEqualTo(-1);
            }
            reader.seek(whole.frames());
            assertThat(reader.read(new byte[64], 0, 8)).isEqualTo(-1);
            reader.seek(12_345);
            assertThat(reader.position()).isEqualTo(12_345);
        }
    }

    @Test
    void seeksInALongFileByReadingLittleOfIt() throws IOException {
        Path music = Tools.music(dir, 8000, 1, 600);
        byte[] file = Tools.make(dir.resolve("long.ogg"), "oggenc", "-Q", "-q", "10", music.toString(), "-o");
        CountedInput input = new CountedInput(FileMediaInput.open(dir.resolve("long.ogg")));
        try (MediaReader reader = format.open(input)) {
            input.read = 0;
            reader.seek(4_000_000);
            reader.read(new byte[4], 0, 1);
            assertThat(reader.position()).isEqualTo(4_000_001);
            assertThat(input.read).isLessThan(file.length / 4);
        }
    }

    @Test
    void readsAPipeLikeAFile() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "4", "-t", "Über", "-c", "ARTIST=One", "-c", "ARTIST=Two");
        try (MediaReader pipe = format.open(ByteInput.pipe(file))) {
            assertThat(pipe.canSeek()).isFalse();
            assertThat(pipe.info().frames()).isEqualTo(-1);
            assertThat(pipe.info().tags())
                    .containsEntry("TITLE", List.of("Über"))
                    .containsEntry("ARTIST", List.of("One", "Two"));
            assertThat(Pcm.read(pipe).samples()).isEqualTo(decode(file).samples());
        }
    }

    @Test
    void countsFromTheFirstFrameOfAStreamThatWasCutOutOfALongerOne() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "4");
        Pcm whole = decode(file);
        List<byte[]> pages = Pages.split(file);
        int start = (int) Pages.granule(pages.get(HEADER_PAGES + 4));
        pages.subList(HEADER_PAGES, HEADER_PAGES + 5).clear();
        byte[] cut = Pages.renumber(pages);
        try (MediaReader reader = format.open(ByteInput.file(cut))) {
            Pcm rest = Pcm.read(reader);
            assertThat(reader.info().frames()).isEqualTo(rest.frames());
            int lost = whole.frames() - rest.frames() - start;
            assertThat(lost).as("what the first packet leaves out").isBetween(0, 2048);
            float[] expected = Arrays.copyOfRange(whole.samples(), 2 * (start + lost), whole.samples().length);
            assertThat(rest.samples()).isEqualTo(expected);
            assertThat(rest.firstDifference(reader, 40_000, 5000)).isEqualTo(-1);
        }
    }

    @Test
    void cutsTheBeginningWhereTheFirstPageSaysSo() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "4");
        Pcm whole = decode(file);
        byte[] shifted = Pages.change(file, page -> {
            if (Pages.granule(page) > 0) {
                Pages.setGranule(page, Pages.granule(page) - 1000);
            }
        });
        try (MediaReader reader = format.open(ByteInput.file(shifted))) {
            Pcm rest = Pcm.read(reader);
            assertThat(reader.info().frames()).isEqualTo(whole.frames() - 1000);
            assertThat(rest.samples()).isEqualTo(Arrays.copyOfRange(whole.samples(), 2000, whole.samples().length));
            assertThat(rest.firstDifference(reader, 50_000, 5000)).isEqualTo(-1);
            assertThat(rest.firstDifference(reader, 10, 5000)).isEqualTo(-1);
        }
    }

    @Test
    void readsAChainAsOneAndSeeksInIt() throws IOException {
        byte[] first = Pages.withSerial(oggenc(44_100, 2, "-q", "4", "-t", "First"), 1);
        byte[] second = Pages.withSerial(oggenc(44_100, 2, "-q", "8", "-t", "Second"), 2);
        byte[] third = Pages.withSerial(first, 3);
        byte[] chain = join(first, second, third);
        Pcm expected = Pcm.joined(decode(first), decode(second), decode(third));
        try (MediaReader reader = format.open(ByteInput.file(chain));
                MediaReader pipe = format.open(ByteInput.pipe(chain))) {
            assertThat(reader.info().tags()).containsEntry("TITLE", List.of("First"));
            assertThat(reader.info().frames()).isEqualTo(expected.frames());
            assertThat(Pcm.read(reader).samples()).isEqualTo(expected.samples());
            assertThat(Pcm.read(pipe).samples()).isEqualTo(expected.samples());
            Random random = new Random(8);
            for (int i = 0; i < 30; i++) {
                int frame = random.nextInt(expected.frames());
                assertThat(expected.firstDifference(reader, frame, 9000))
                        .as("seek to %d", frame)
                        .isEqualTo(-1);
            }
            reader.seek(expected.frames() / 2);
            assertThat(reader.read(new byte[8], 0, 1)).isEqualTo(1);
            assertThat(reader.info().tags()).containsEntry("TITLE", List.of("Second"));
        }
    }

    @Test
    void endsWithAWordWhereAChainChangesItsRate() throws IOException {
        byte[] first = Pages.withSerial(oggenc(44_100, 2, "-q", "4"), 1);
        byte[] chain = join(first, Pages.withSerial(oggenc(48_000, 2, "-q", "4"), 2));
        try (MediaReader reader = format.open(ByteInput.file(chain))) {
            assertThat(reader.info().frames()).isEqualTo(decode(first).frames());
            assertThatThrownBy(() -> Pcm.read(reader))
                    .isInstanceOfSatisfying(
                            MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED))
                    .hasMessageContaining("44100 Hz")
                    .hasMessageContaining("48000 Hz");
            assertThat(reader.position()).isEqualTo(reader.info().frames());
            assertThat(reader.read(new byte[8], 0, 1)).isEqualTo(-1);
            assertThat(decode(first).firstDifference(reader, 1000, 5000)).isEqualTo(-1);
        }
    }

    @Test
    void goesOnBehindALostPageWithoutLosingItsPlace() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "6");
        Pcm whole = decode(file);
        List<byte[]> pages = Pages.split(file);
        byte[] damaged = pages.get(HEADER_PAGES + 5);
        damaged[damaged.length / 2] ^= 4;
        int lostFrom = (int) Pages.granule(pages.get(HEADER_PAGES + 4));
        int lostTo = (int) Pages.granule(damaged);
        for (ByteInput input : List.of(ByteInput.file(Pages.join(pages)), ByteInput.pipe(Pages.join(pages)))) {
            try (MediaReader reader = format.open(input)) {
                Pcm before = whole.compareUpToDamage(reader);
                assertThat(before.frames()).isBetween(lostFrom - 2048, lostFrom);
                long resumed = whole.compareToTheEnd(reader);
                assertThat(resumed).isBetween((long) lostTo, lostTo + 4096L);
            }
        }
    }

    @Test
    void saysThatTheFileIsCutOff() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "6");
        byte[] cut = Arrays.copyOf(file, file.length * 2 / 3);
        Pcm whole = decode(file);
        try (MediaReader reader = format.open(ByteInput.file(cut))) {
            Pcm before = whole.compareUpToDamage(reader);
            assertThat(before.frames())
                    .isEqualTo(Math.toIntExact(reader.info().frames()))
                    .isBetween(whole.frames() / 2, whole.frames() * 2 / 3);
            assertThat(reader.read(new byte[8], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void survivesDamage() throws IOException {
        byte[] file = oggenc(44_100, 2, "-q", "2", "-t", "Title");
        Hostile.truncate(format, file, 100);
        Hostile.damage(format, file, 40);
        assertThat(Hostile.drain(format, new byte[0])).isPositive();
    }

    @Test
    void survivesDamageThatTheChecksumsDoNotTell() throws IOException {
        Path music = Tools.music(dir, 44_100, 2, 0.7);
        byte[] file = Tools.make(dir.resolve("short.ogg"), "oggenc", "-Q", "-q", "4", music.toString(), "-o");
        Hostile.damagePackets(format, file, 300);
    }
}
