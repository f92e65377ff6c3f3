package dev.nightjar.codec.mp3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.codec.oracle.Formats;
import dev.nightjar.codec.oracle.Hostile;
import dev.nightjar.codec.oracle.Pcm;
import dev.nightjar.codec.oracle.Tools;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp3ReaderTest {
    private static final double SECONDS = 3.3;

    @TempDir
    private static Path dir;

    private final MediaFormat format = new Mp3Format();

    private static byte[] lame(int rate, String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "lame";
        command[1] = "--quiet";
        System.arraycopy(options, 0, command, 2, options.length);
        command[command.length - 1] = Tools.music(dir, rate, 2, SECONDS).toString();
        return Tools.make(dir.resolve("made.mp3"), command);
    }

    private static byte[] ffmpeg(int rate, String name, String... options) {
        String[] command = new String[options.length + 6];
        System.arraycopy(new String[] {"ffmpeg", "-v", "error", "-y", "-i"}, 0, command, 0, 5);
        command[5] = Tools.music(dir, rate, 2, SECONDS).toString();
        System.arraycopy(options, 0, command, 6, options.length);
        return Tools.make(dir.resolve(name), command);
    }

    private Pcm decode(byte[] file) throws IOException {
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            return Pcm.read(reader);
        }
    }

    private Pcm oracle(byte[] file, int channels) throws IOException {
        Path path = dir.resolve("oracle.mp3");
        Files.write(path, file);
        return Pcm.ffmpeg(path, channels);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(Formats.found()).hasAtLeastOneElementOfType(Mp3Format.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            48000 | -b 320
            44100 | -b 128
            44100 | -V 2
            44100 | -V 0 -m s
            44100 | -b 160 -m f
            44100 | -p -b 128
            44100 | -b 64 -m m
            32000 | -b 96 -m j
            24000 | -V 4
            22050 | -b 64
            16000 | -V 4
            12000 | -b 40
            11025 | -V 4
            8000  | -b 32
            """)
    void decodesWhatLameMadeToTheFramesThatWentIn(int rate, String options) throws IOException {
        byte[] file = lame(rate, (options + " --resample " + rate / 1000.0).split(" ", -1));
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            Pcm decoded = Pcm.read(reader);
            assertThat(reader.info().format().rate()).isEqualTo(rate);
            assertThat(reader.info().frames())
                    .isEqualTo(Math.round(SECONDS * rate))
                    .isEqualTo(decoded.frames());
            Pcm expected = oracle(file, decoded.channels());
            assertThat(decoded.frames()).isEqualTo(expected.frames());
            assertThat(decoded.rmsDifference(expected)).isLessThan(-130);
            assertThat(decoded.maxDifference(expected)).isLessThan(1e-5);
        }
    }

    @Test
    void isAlignedWithTheOriginal() throws IOException {
        Pcm decoded = decode(lame(44_100, "-b", "320"));
        Pcm original = Pcm.ffmpeg(Tools.music(dir, 44_100, 2, SECONDS), 2);
        float[] late = Arrays.copyOfRange(original.samples(), 2, original.samples().length);
        assertThat(decoded.rmsDifference(original))
                .isLessThan(-35)
                .isLessThan(decoded.rmsDifference(new Pcm(late, 2)) - 3);
    }

    @ParameterizedTest
    @CsvSource({"libmp3lame,-q:a 3", "libmp3lame,-b:a 192k", "libshine,-b:a 128k"})
    void decodesWhatFfmpegMade(String encoder, String quality) throws IOException {
        byte[] file = ffmpeg(44_100, "made.mp3", ("-c:a " + encoder + " " + quality).split(" ", -1));
        Pcm decoded = decode(file);
        Pcm expected = oracle(file, 2);
        assertThat(decoded.frames()).isEqualTo(expected.frames());
        assertThat(decoded.rmsDifference(expected)).isLessThan(-130);
    }

    @Test
    void countsTheFramesOfAFileThatDoesNotSayThem() throws IOException {
        byte[] file = ffmpeg(44_100, "made.mp3", "-c:a", "libmp3lame", "-b:a", "192k", "-write_xing", "0");
        Pcm expected = oracle(file, 2);
        try (MediaReader reader = format.open(ByteInput.file(file));
                MediaReader pipe = format.open(ByteInput.pipe(file))) {
            assertThat(reader.info().frames()).isEqualTo(expected.frames());
            assertThat(pipe.info().frames()).isEqualTo(-1);
            assertThat(Pcm.read(pipe).frames()).isEqualTo(expected.frames());
        }
    }

    @ParameterizedTest
    @CsvSource({"2,mp2", "1,mp2", "2,libtwolame"})
    void decodesLayerTwo(int channels, String encoder) throws IOException {
        byte[] file = ffmpeg(48_000, "made.mp2", "-c:a", encoder, "-b:a", "128k", "-ac", Integer.toString(channels));
        Pcm decoded = decode(file);
        Pcm expected = Pcm.ffmpeg(dir.resolve("made.mp2"), channels);
        assertThat(decoded.frames()).isEqualTo(expected.frames());
        assertThat(decoded.rmsDifference(expected)).isLessThan(-95);
    }

    @Test
    void refusesLayerTwoAtLowRates() {
        byte[] file = ffmpeg(24_000, "made.mp2", "-c:a", "libtwolame", "-b:a", "64k");
        assertThatThrownBy(() -> decode(file))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED))
                .hasMessageContaining("MPEG-2 layer 2");
    }

    @Test
    void refusesTheFreeFormat() {
        byte[] file = lame(44_100, "--freeformat", "-b", "400");
        assertThat(format.matches(Arrays.copyOf(file, MediaFormat.HEAD_BYTES))).isPositive();
        assertThatThrownBy(() -> decode(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("free format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-b 128", "-V 9", "-b 8 -m m --resample 16", "-b 320"})
    void seeksToTheExactFrame(String options) throws IOException {
        byte[] file = lame(44_100, options.split(" ", -1));
        Pcm whole = decode(file);
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            Random random = new Random(7);
            for (int i = 0; i < 60; i++) {
                int frame = i == 0 ? whole.frames() - 1 : i == 1 ? 0 : random.nextInt(whole.frames());
                assertThat(whole.firstDifference(reader, frame, 3000))
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
    void readsAPipeLikeAFile() throws IOException {
        byte[] file = lame(44_100, "-V", "4", "--id3v2-only", "--tt", "Über");
        try (MediaReader pipe = format.open(ByteInput.pipe(file))) {
            assertThat(pipe.canSeek()).isFalse();
            assertThat(pipe.info().tags()).containsEntry("TITLE", List.of("Über"));
            assertThat(Pcm.read(pipe).samples()).isEqualTo(decode(file).samples());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--id3v2-only",
                "--id3v1-only",
                "--add-id3v2 --pad-id3v2-size 100000",
                "--id3v2-latin1",
                "--id3v2-utf16"
            })
    void readsTagsAndLeavesThemOutOfTheSound(String options) throws IOException {
        byte[] plain = lame(44_100, "-b", "128");
        String[] tags = {"--tt", "A title", "--ta", "Somebody", "--tl", "An album", "--tn", "7", "--ty", "1999"};
        String[] more = (options + " -b 128").split(" ", -1);
        String[] all = Arrays.copyOf(tags, tags.length + more.length);
        System.arraycopy(more, 0, all, tags.length, more.length);
        byte[] file = lame(44_100, all);
        assertThat(format.matches(Arrays.copyOf(file, Math.min(file.length, MediaFormat.HEAD_BYTES))))
                .isGreaterThanOrEqualTo(50);
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().tags())
                    .containsEntry("TITLE", List.of("A title"))
                    .containsEntry("ARTIST", List.of("Somebody"))
                    .containsEntry("ALBUM", List.of("An album"))
                    .containsEntry("TRACKNUMBER", List.of("7"))
                    .containsEntry("DATE", List.of("1999"));
            assertThat(Pcm.read(reader).samples()).isEqualTo(decode(plain).samples());
        }
    }

    @Test
    void saysThatTheFileIsCutOff() throws IOException {
        byte[] file = lame(44_100, "-b", "128");
        Pcm whole = decode(file);
        byte[] cut = Arrays.copyOf(file, file.length * 2 / 3);
        try (MediaReader reader = format.open(ByteInput.file(cut))) {
            assertThat(reader.info().notes()).hasSize(1);
            byte[] portion = new byte[8 * 1000];
            long frames = 0;
            try {
                for (int read; (read = reader.read(portion, 0, 1000)) > 0; ) {
                    frames += read;
                }
                assertThat(frames)
                        .as("the end is not to be taken for the whole")
                        .isNegative();
            } catch (MediaException e) {
                assertThat(e.kind()).isEqualTo(MediaException.Kind.TRUNCATED);
            }
            assertThat(frames)
                    .isBetween(whole.frames() * 6L / 10, whole.frames() * 7L / 10)
                    .isEqualTo(reader.info().frames());
            assertThat(reader.read(portion, 0, 1000)).isEqualTo(-1);
        }
    }

    @Test
    void refusesAStreamThatChangesItsRate() throws IOException {
        byte[] first = lame(44_100, "-b", "128", "-t");
        byte[] second = lame(48_000, "-b", "128", "-t");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThatThrownBy(() -> decode(both))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED))
                .hasMessageContaining("44100 Hz")
                .hasMessageContaining("48000 Hz");
    }

    @Test
    void stepsOverJunkBetweenFramesAndGoesOn() throws IOException {
        byte[] file = lame(44_100, "-b", "128", "-t");
        byte[] broken = new byte[file.length + 3000];
        int at = file.length / 2;
        System.arraycopy(file, 0, broken, 0, at);
        System.arraycopy(file, at, broken, at + 3000, file.length - at);
        Pcm whole = decode(file);
        Pcm damaged = decode(broken);
        assertThat(damaged.frames()).isBetween(whole.frames() - 2 * 1152, whole.frames());
    }

    @Test
    void survivesDamage() throws IOException {
        byte[] file = lame(44_100, "-V", "5", "--add-id3v2", "--tt", "Title", "--tc", "A comment");
        Hostile.truncate(format, file, 300);
        Hostile.damage(format, file, 150);
        byte[] noise = new byte[50_000];
        new Random(3).nextBytes(noise);
        assertThat(Hostile.drain(format, noise)).isPositive();
        assertThat(Hostile.drain(format, new byte[0])).isPositive();
    }

    @Test
    void isNotDeceivedByATagThatClaimsMoreThanThereIs() {
        byte[] bomb = {
            'I', 'D', '3', 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, 'T', 'I', 'T', '2', 0x7F, 0x7F, 0x7F, 0x7F, 0, 0, 3, 'x'
        };
        assertThatThrownBy(() -> format.open(ByteInput.pipe(bomb))).isInstanceOf(MediaException.class);
        assertThatThrownBy(() -> format.open(ByteInput.file(bomb))).isInstanceOf(MediaException.class);
    }

    @Test
    void leavesTheInputToTheCallerUntilItIsOpen() throws IOException {
        ByteInput bad = ByteInput.file(new byte[100]);
        assertThatThrownBy(() -> format.open(bad)).isInstanceOf(MediaException.class);
        assertThat(bad.isClosed()).isFalse();
        ByteInput good = ByteInput.file(lame(44_100, "-b", "128"));
        format.open(good).close();
        assertThat(good.isClosed()).isTrue();
    }
}
