package dev.nightjar.codec.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.codec.oracle.Formats;
import dev.nightjar.codec.oracle.Hostile;
import dev.nightjar.codec.oracle.Pages;
import dev.nightjar.codec.oracle.Pcm;
import dev.nightjar.codec.oracle.Tools;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

class OpusReaderTest {
    private static final double SECONDS = 3.3;
    private static final int RATE = 48_000;
    private static final int FRAMES = (int) Math.round(SECONDS * RATE);
    /// Pages of headers that opusenc and FFmpeg write.
    private static final int HEADER_PAGES = 2;
    /// Where `OpusHead` has its output gain and its mapping family.
    private static final int GAIN = 16;

    private static final int FAMILY = 18;

    @TempDir
    private static Path dir;

    private final MediaFormat format = new OpusFormat();

    private static byte[] opusenc(int rate, int channels, String... options) {
        List<String> command = new ArrayList<>(List.of("opusenc", "--quiet"));
        command.addAll(List.of(options));
        command.add(Tools.music(dir, rate, channels, SECONDS).toString());
        return Tools.make(dir.resolve("made.opus"), command.toArray(String[]::new));
    }

    private static byte[] ffmpeg(int channels, String... options) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-i"));
        command.add(Tools.music(dir, RATE, channels, SECONDS).toString());
        command.addAll(List.of("-c:a", "libopus"));
        command.addAll(List.of(options));
        return Tools.make(dir.resolve("made.opus"), command.toArray(String[]::new));
    }

    private Pcm decode(byte[] file) throws IOException {
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            return Pcm.read(reader);
        }
    }

    /// What libopus decodes a file to, in floats.
    private static Pcm libopus(byte[] file, int channels) throws IOException {
        Path path = dir.resolve("oracle.opus");
        Files.write(path, file);
        return Pcm.ofFloats(
                Tools.run(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-c:a",
                        "libopus",
                        "-request_sample_fmt",
                        "flt",
                        "-i",
                        path.toString(),
                        "-f",
                        "f32le",
                        "-"),
                channels);
    }

    private static byte[] withHead(byte[] file, int offset, int... bytes) {
        List<byte[]> pages = Pages.split(file);
        byte[] head = pages.getFirst();
        for (int i = 0; i < bytes.length; i++) {
            head[Pages.body(head) + offset + i] = (byte) bytes[i];
        }
        Pages.seal(head);
        return Pages.join(pages);
    }

    private void assertSound(byte[] file, int channels, double snr) throws IOException {
        Pcm expected = libopus(file, channels);
        Pcm decoded = decode(file);
        assertThat(decoded.frames()).isEqualTo(expected.frames());
        assertThat(expected.level() - decoded.rmsDifference(expected)).isGreaterThan(snr);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(Formats.found()).hasAtLeastOneElementOfType(OpusFormat.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 65  | --bitrate 256
            2 | 65  | --bitrate 96
            2 | 65  | --bitrate 96 --framesize 2.5
            2 | 65  | --bitrate 64 --framesize 60
            2 | 65  | --hard-cbr --bitrate 128
            2 | 65  | --bitrate 32
            1 | 65  | --bitrate 96
            1 | 40  | --bitrate 24 --speech
            1 | 120 | --bitrate 12 --speech
            1 | 120 | --bitrate 6 --speech --framesize 40
            """)
    void decodesWhatOpusencMadeAsNearToLibopusAsFixedPointIs(int channels, double snr, String options)
            throws IOException {
        byte[] file = opusenc(RATE, channels, options.split(" ", -1));
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().format().rate()).isEqualTo(RATE);
            assertThat(reader.info().format().validBits()).isEqualTo(16);
            assertThat(reader.info().exact()).isFalse();
            assertThat(reader.info().frames()).isEqualTo(FRAMES);
        }
        assertSound(file, channels, snr);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void putsTheChannelsIntoTheOrderOfTheLayout(int channels) throws IOException {
        byte[] file = ffmpeg(channels, "-b:a", channels * 64 + "k", "-mapping_family", "1");
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().format().layout()).isEqualTo(ChannelLayout.ofCount(channels));
        }
        assertSound(file, channels, 65);
    }

    @Test
    void takesChannelsWithoutPlacesAsDiscrete() throws IOException {
        byte[] file = ffmpeg(3, "-b:a", "256k", "-mapping_family", "255");
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().format().layout()).isEqualTo(ChannelLayout.discrete(3));
            Pcm original = Pcm.ffmpeg(Tools.music(dir, RATE, 3, SECONDS), 3);
            Pcm decoded = Pcm.read(reader);
            assertThat(original.level() - decoded.rmsDifference(original)).isGreaterThan(10);
        }
    }

    @Test
    void isAlignedWithTheOriginal() throws IOException {
        Pcm decoded = decode(opusenc(RATE, 2, "--bitrate", "256"));
        Pcm original = Pcm.ffmpeg(Tools.music(dir, RATE, 2, SECONDS), 2);
        float[] late = Arrays.copyOfRange(original.samples(), 2, original.samples().length);
        assertThat(decoded.rmsDifference(original)).isLessThan(decoded.rmsDifference(new Pcm(late, 2)) - 3);
    }

    @Test
    void comesAt48KilohertzWhateverWentIn() throws IOException {
        byte[] file = opusenc(44_100, 2, "--bitrate", "128");
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            assertThat(reader.info().format().rate()).isEqualTo(RATE);
            assertThat(reader.info().frames()).isEqualTo(FRAMES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-6, 12})
    void appliesTheOutputGainWithoutClipping(int decibels) throws IOException {
        byte[] file = opusenc(RATE, 2, "--bitrate", "128");
        Pcm plain = decode(file);
        try (MediaReader reader = format.open(ByteInput.file(withHead(file, GAIN, 0, decibels)))) {
            assertThat(reader.info().format().validBits()).isEqualTo(24);
            Pcm changed = Pcm.read(reader);
            assertThat(changed.level() - plain.level()).isBetween(decibels - 0.001, decibels + 0.001);
        }
    }

    @Test
    void refusesAmbisonicsAndFamiliesThatAreNotYetDefined() {
        byte[] file = ffmpeg(4, "-b:a", "256k", "-mapping_family", "1");
        for (int family : new int[] {2, 3, 77}) {
            assertThatThrownBy(() -> decode(withHead(file, FAMILY, family)))
                    .isInstanceOfSatisfying(
                            MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED))
                    .hasMessageContaining("mapping family " + family);
        }
    }

    @Test
    void refusesAHeadThatMapsWhatIsNotThere() {
        byte[] file = ffmpeg(4, "-b:a", "256k", "-mapping_family", "1");
        assertThatThrownBy(() -> decode(withHead(file, FAMILY + 3, 9)))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> decode(withHead(file, FAMILY + 1, 0))).isInstanceOf(MediaException.class);
    }

    @ParameterizedTest
    @CsvSource({"--bitrate 128, -150", "--bitrate 16 --speech, -55", "--bitrate 96 --framesize 2.5, -150"})
    void seeksToTheExactFrameWithWhatReadingUpToItGives(String options, double worst) throws IOException {
        byte[] file = opusenc(RATE, 2, options.split(" ", -1));
        Pcm whole = decode(file);
        try (MediaReader reader = format.open(ByteInput.file(file))) {
            Random random = new Random(7);
            for (int i = 0; i < 60; i++) {
                int frame = i == 0 ? 0 : i == 1 ? whole.frames() - 1 : random.nextInt(whole.frames());
                reader.seek(frame);
                assertThat(reader.position()).isEqualTo(frame);
                Pcm got = Pcm.read(reader, 4000);
                assertThat(reader.position()).isEqualTo(frame + got.frames());
                Pcm expected = whole.part(frame, got.frames());
                assertThat(got.rmsDifference(expected)).as("seek to %d", frame).isLessThan(worst);
            }
            reader.seek(whole.frames());
            assertThat(reader.read(new byte[64], 0, 8)).isEqualTo(-1);
        }
    }

    @Test
    void readsAPipeLikeAFile() throws IOException {
        byte[] file = opusenc(RATE, 2, "--title", "Über", "--artist", "One", "--artist", "Two");
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
        byte[] file = opusenc(RATE, 2, "--max-delay", "200");
        Pcm whole = decode(file);
        List<byte[]> pages = Pages.split(file);
        int start = (int) Pages.granule(pages.get(HEADER_PAGES + 4));
        pages.subList(HEADER_PAGES, HEADER_PAGES + 5).clear();
        try (MediaReader reader = format.open(ByteInput.file(Pages.renumber(pages)))) {
            Pcm rest = Pcm.read(reader);
            assertThat(rest.frames()).isEqualTo(whole.frames() - start);
            assertThat(reader.info().frames()).isEqualTo(rest.frames());
            int converged = 20_000;
            assertThat(rest.part(converged, 40_000).rmsDifference(whole.part(start + converged, 40_000)))
                    .isLessThan(-60);
        }
    }

    @Test
    void readsAChainAsOneAndSeeksInIt() throws IOException {
        byte[] first = Pages.withSerial(opusenc(RATE, 2, "--bitrate", "64", "--title", "First"), 1);
        byte[] second = Pages.withSerial(opusenc(44_100, 2, "--bitrate", "128", "--title", "Second"), 2);
        byte[] chain = Pages.join(List.of(first, second));
        Pcm expected = Pcm.joined(decode(first), decode(second));
        try (MediaReader reader = format.open(ByteInput.file(chain));
                MediaReader pipe = format.open(ByteInput.pipe(chain))) {
            assertThat(reader.info().frames()).isEqualTo(expected.frames());
            assertThat(Pcm.read(reader).samples()).isEqualTo(expected.samples());
            assertThat(reader.info().tags()).containsEntry("TITLE", List.of("Second"));
            assertThat(Pcm.read(pipe).samples()).isEqualTo(expected.samples());
            reader.seek(1000);
            assertThat(reader.info().tags()).containsEntry("TITLE", List.of("First"));
            int frame = FRAMES - 2000;
            reader.seek(frame);
            assertThat(Pcm.read(reader, 9000).rmsDifference(expected.part(frame, 9000)))
                    .isLessThan(-60);
        }
    }

    @Test
    void saysThatAFileGoesOnInAnotherFormat() throws IOException {
        byte[] opus = Pages.withSerial(opusenc(RATE, 2), 1);
        Path music = Tools.music(dir, RATE, 2, 0.5);
        byte[] vorbis =
                Pages.withSerial(Tools.make(dir.resolve("other.ogg"), "oggenc", "-Q", music.toString(), "-o"), 2);
        try (MediaReader reader = format.open(ByteInput.file(Pages.join(List.of(opus, vorbis))))) {
            assertThat(reader.info().frames()).isEqualTo(FRAMES);
            assertThatThrownBy(() -> Pcm.read(reader))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining("another format");
            assertThat(reader.position()).isEqualTo(FRAMES);
            assertThat(reader.read(new byte[8], 0, 1)).isEqualTo(-1);
        }
        try (MediaReader reader = format.open(ByteInput.file(Pages.join(List.of(vorbis, opus))))) {
            assertThat(Pcm.read(reader).samples()).isEqualTo(decode(opus).samples());
        }
    }

    @Test
    void goesOnBehindALostPageWithoutLosingItsPlace() throws IOException {
        byte[] file = opusenc(RATE, 2, "--bitrate", "128", "--max-delay", "100");
        Pcm whole = decode(file);
        List<byte[]> pages = Pages.split(file);
        byte[] damaged = pages.get(HEADER_PAGES + 10);
        damaged[damaged.length / 2] ^= 4;
        long length = Pages.granule(damaged) - Pages.granule(pages.get(HEADER_PAGES + 9));
        try (MediaReader reader = format.open(ByteInput.pipe(Pages.join(pages)))) {
            Pcm before = whole.compareUpToDamage(reader);
            Pcm rest = Pcm.read(reader);
            assertThat(reader.position()).isEqualTo(FRAMES);
            assertThat(before.frames() + rest.frames())
                    .isBetween((int) (FRAMES - length - 960), (int) (FRAMES - length));
            int converged = 20_000;
            int at = FRAMES - rest.frames() + converged;
            assertThat(rest.part(converged, 40_000).rmsDifference(whole.part(at, 40_000)))
                    .isLessThan(-60);
        }
    }

    @Test
    void saysThatTheFileIsCutOff() throws IOException {
        byte[] file = opusenc(RATE, 2, "--max-delay", "100");
        Pcm whole = decode(file);
        byte[] cut = Arrays.copyOf(file, file.length * 2 / 3);
        try (MediaReader reader = format.open(ByteInput.file(cut))) {
            Pcm before = whole.compareUpToDamage(reader);
            assertThat(before.frames())
                    .isEqualTo(Math.toIntExact(reader.info().frames()))
                    .isBetween(FRAMES / 2, FRAMES * 3 / 4);
            assertThat(reader.read(new byte[8], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void survivesDamageInSilence() throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            byte[] file = opusenc(RATE, 2, "--bitrate", "32", "--max-delay", "100");
            Hostile.truncate(format, file, 40);
            Hostile.damage(format, file, 30);
            Hostile.damagePackets(format, file, 40);
            byte[] many = ffmpeg(6, "-t", "0.6", "-b:a", "128k", "-mapping_family", "1");
            Hostile.damagePackets(format, many, 60);
            assertThat(Hostile.drain(format, new byte[0])).isPositive();
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
