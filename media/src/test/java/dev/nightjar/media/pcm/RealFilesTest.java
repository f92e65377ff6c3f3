package dev.nightjar.media.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.Frames;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.Tool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that ffmpeg and sox made, read back: the frames must be those that the tool was given, or that the tool
/// reads from its own file.
class RealFilesTest {
    private static final int FRAMES = 3001;

    /// ffmpeg pads an odd number of these, also into a pipe, where nothing tells the padding from a sample.
    private static final List<String> ONE_BYTE = List.of("pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw");

    @TempDir
    Path folder;

    /// @param codec what ffmpeg calls the coding in the file
    /// @param raw what ffmpeg calls the frames that we give
    record Ffmpeg(String container, String codec, String raw, SampleFormat gives, int channels, List<String> more) {
        @Override
        public String toString() {
            return container + " " + codec + " " + channels + " ch" + (more.isEmpty() ? "" : " " + more);
        }
    }

    static Stream<Ffmpeg> ffmpeg() {
        List<Ffmpeg> all = new ArrayList<>();
        for (int channels : new int[] {1, 3, 8}) {
            for (String container : List.of("wav", "rf64", "w64")) {
                List<String> more = container.equals("rf64") ? List.of("-rf64", "always") : List.of();
                all.add(new Ffmpeg(container, "pcm_u8", "u8", SampleFormat.U8, channels, more));
                all.add(new Ffmpeg(container, "pcm_s16le", "s16le", SampleFormat.S16, channels, more));
                all.add(new Ffmpeg(container, "pcm_s24le", "s24le", SampleFormat.S24, channels, more));
                all.add(new Ffmpeg(container, "pcm_s32le", "s32le", SampleFormat.S32, channels, more));
                all.add(new Ffmpeg(container, "pcm_f32le", "f32le", SampleFormat.F32, channels, more));
                all.add(new Ffmpeg(container, "pcm_f64le", "f64le", SampleFormat.F64, channels, more));
                all.add(new Ffmpeg(container, "pcm_alaw", "s16le", SampleFormat.S16, channels, more));
                all.add(new Ffmpeg(container, "pcm_mulaw", "s16le", SampleFormat.S16, channels, more));
            }
            for (String container : channels < 8 ? List.of("aiff", "au", "caf") : List.<String>of()) {
                all.add(new Ffmpeg(container, "pcm_s8", "s8", SampleFormat.S8, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_s16be", "s16le", SampleFormat.S16, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_s24be", "s24le", SampleFormat.S24, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_s32be", "s32le", SampleFormat.S32, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_f32be", "f32le", SampleFormat.F32, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_f64be", "f64le", SampleFormat.F64, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_alaw", "s16le", SampleFormat.S16, channels, List.of()));
                all.add(new Ffmpeg(container, "pcm_mulaw", "s16le", SampleFormat.S16, channels, List.of()));
            }
            all.add(new Ffmpeg("aiff", "pcm_u8", "u8", SampleFormat.U8, channels, List.of()));
            all.add(new Ffmpeg("aiff", "pcm_s16le", "s16le", SampleFormat.S16, channels, List.of()));
            all.add(new Ffmpeg("caf", "pcm_s16le", "s16le", SampleFormat.S16, channels, List.of()));
            all.add(new Ffmpeg("caf", "pcm_s24le", "s24le", SampleFormat.S24, channels, List.of()));
            all.add(new Ffmpeg("caf", "pcm_f64le", "f64le", SampleFormat.F64, channels, List.of()));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("ffmpeg")
    void readsWhatFfmpegWrote(Ffmpeg given) throws Exception {
        Tool.require("ffmpeg");
        String extension = given.container().equals("rf64") ? "wav" : given.container();
        Path file = folder.resolve("x." + extension);
        byte[] source = samples(given.gives(), given.channels());
        List<String> command = ffmpegFrom(given);
        command.addAll(List.of("-c:a", given.codec()));
        command.addAll(given.more());
        command.add(file.toString());
        Tool.run(source, command);

        byte[] expected = source;
        if (given.codec().contains("law")) {
            expected = asFfmpegReads(file, given.raw(), source.length);
        } else if (given.container().equals("w64") && !given.gives().isFloat()) {
            expected = asFfmpegReads(file, given.raw(), source.length + padding(source.length, given));
        }
        Frames read = Frames.of(file);
        assertThat(read.bytes()).isEqualTo(expected);
        assertThat(read.info().format().sample()).isEqualTo(given.gives());
        assertThat(read.info().format().rate()).isEqualTo(44_100);
        assertThat(read.info().format().channels()).isEqualTo(given.channels());
        assertThat(read.info().frames())
                .isEqualTo((long) expected.length / read.info().format().frameBytes());
        assertThat(expected).startsWith(given.codec().contains("law") ? expected : source);
        assertThat(Frames.streamed(Files.readAllBytes(file)).bytes()).isEqualTo(expected);
        assertSeeks(file, expected);
    }

    /// The first bytes of what ffmpeg decodes; it takes its own padding in W64 for samples.
    private static byte[] asFfmpegReads(Path file, String raw, int bytes) throws Exception {
        List<String> command =
                List.of("ffmpeg", "-v", "error", "-i", file.toString(), "-f", raw, "-c:a", "pcm_" + raw, "-");
        return Arrays.copyOf(Tool.run(command), bytes);
    }

    /// Without a fact chunk nothing tells that the last bytes are padding.
    private static int padding(int bytes, Ffmpeg given) {
        int frameBytes = given.channels() * given.gives().bytes();
        return (-bytes & 7) / frameBytes * frameBytes;
    }

    private static List<String> ffmpegFrom(Ffmpeg given) {
        return new ArrayList<>(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-f",
                given.raw(),
                "-ar",
                "44100",
                "-ac",
                "" + given.channels(),
                "-i",
                "-"));
    }

    @ParameterizedTest
    @MethodSource("ffmpeg")
    void readsWhatFfmpegWroteIntoAPipe(Ffmpeg given) throws Exception {
        Tool.require("ffmpeg");
        byte[] source = samples(given.gives(), given.channels());
        List<String> command = ffmpegFrom(given);
        command.addAll(List.of("-c:a", given.codec()));
        command.addAll(given.more());
        String container = given.container().equals("rf64") ? "wav" : given.container();
        command.addAll(List.of("-f", container, "-"));
        byte[] file = Tool.run(source, command);
        Frames read = Frames.streamed(file);
        int samples = source.length / given.gives().bytes();
        boolean padded = container.equals("aiff") && samples % 2 == 1 && ONE_BYTE.contains(given.codec());
        assertThat(read.bytes())
                .hasSize(source.length
                        + (padded && given.channels() == 1 ? given.gives().bytes() : 0));
        if (!given.codec().contains("law")) {
            assertThat(read.bytes()).startsWith(source);
        }
        assertThat(Frames.of(file).bytes()).isEqualTo(read.bytes());
    }

    /// @param encoding sox's options for the coding in the file
    /// @param gives what sox is given and we give
    record Sox(String type, String encoding, SampleFormat gives, int channels) {}

    static Stream<Sox> sox() {
        List<Sox> all = new ArrayList<>();
        for (int channels : new int[] {1, 3}) {
            for (String type : List.of("wav", "w64", "aiff", "aifc", "au", "caf")) {
                boolean offsetBinary = type.equals("wav") || type.equals("w64");
                all.add(new Sox(type, "-b 8", offsetBinary ? SampleFormat.U8 : SampleFormat.S8, channels));
                all.add(new Sox(type, "-b 16", SampleFormat.S16, channels));
                all.add(new Sox(type, "-b 24", SampleFormat.S24, channels));
                all.add(new Sox(type, "-b 32", SampleFormat.S32, channels));
                if (!type.equals("aiff")) {
                    all.add(new Sox(type, "-e float -b 32", SampleFormat.F32, channels));
                }
                if (!type.startsWith("aif")) {
                    all.add(new Sox(type, "-e a-law -b 8", SampleFormat.S16, channels));
                    all.add(new Sox(type, "-e mu-law -b 8", SampleFormat.S16, channels));
                }
            }
            all.add(new Sox("wav", "-B -b 16", SampleFormat.S16, channels));
            all.add(new Sox("wav", "-B -b 24", SampleFormat.S24, channels));
            all.add(new Sox("au", "-L -b 16", SampleFormat.S16, channels));
            all.add(new Sox("aifc", "-e float -b 64", SampleFormat.F64, channels));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("sox")
    void readsWhatSoxWrote(Sox given) throws Exception {
        Tool.require("sox");
        Path file = folder.resolve("x." + given.type());
        List<String> command = new ArrayList<>(List.of("sox", "-D"));
        command.addAll(soxRaw(given));
        command.add("-");
        command.addAll(List.of(given.encoding().split(" ")));
        command.add(file.toString());
        byte[] source = soxSamples(given);
        Tool.run(source, command);
        // sox 14.4 reads floats of these through libsndfile, which scales them to the peak.
        List<String> back = new ArrayList<>(List.of("sox", "-D", file.toString()));
        back.addAll(soxRaw(given));
        back.add("-");
        boolean rescaled = given.gives().isFloat()
                && (given.type().equals("caf") || given.type().equals("w64"));
        byte[] expected = rescaled ? source : Tool.run(back);

        Frames read = Frames.of(file);
        assertThat(read.info().format().sample()).isEqualTo(given.gives());
        assertThat(read.info().format().channels()).isEqualTo(given.channels());
        assertThat(read.bytes()).isEqualTo(expected);
        assertThat(read.info().notes()).isEmpty();
        assertThat(Frames.streamed(Files.readAllBytes(file)).bytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "aiff", "aifc", "au"})
    void readsToTheEndWhatSoxWroteIntoAPipe(String type) throws Exception {
        Tool.require("sox");
        byte[] source = samples(SampleFormat.S16, 3);
        List<String> command = new ArrayList<>(List.of("sox"));
        command.addAll(soxRaw(new Sox(type, "", SampleFormat.S16, 3)));
        command.addAll(List.of("-", "-t", type, "-"));
        byte[] file = Tool.run(source, command);
        for (Frames read : List.of(Frames.streamed(file), Frames.of(file))) {
            assertThat(read.bytes()).isEqualTo(source);
            assertThat(read.info().notes()).singleElement().asString().contains("to the end of the input");
        }
    }

    private static List<String> soxRaw(Sox given) {
        String encoding = given.gives().isFloat() ? "float" : given.gives() == SampleFormat.U8 ? "unsigned" : "signed";
        return List.of(("-t raw -L -r 44100 -c " + given.channels() + " -e " + encoding + " -b "
                        + given.gives().bits())
                .split(" "));
    }

    /// Whatever 32 bits of full scale hold exactly, because sox has no more in between.
    private static byte[] soxSamples(Sox given) {
        byte[] bytes = samples(given.gives(), given.channels());
        if (given.gives().isFloat()) {
            Random random = new Random(5);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                float value = random.nextInt(1 << 24) / (float) (1 << 23) - 1;
                if (given.gives() == SampleFormat.F32) {
                    buffer.putFloat(value);
                } else {
                    buffer.putDouble(value);
                }
            }
        }
        return bytes;
    }

    static void assertSeeks(Path file, byte[] expected) throws Exception {
        try (MediaReader reader = Media.open(file)) {
            int frameBytes = reader.info().format().frameBytes();
            byte[] piece = new byte[10 * frameBytes];
            Random random = new Random(7);
            for (int i = 0; i < 50; i++) {
                int frame = random.nextInt(expected.length / frameBytes - 10);
                reader.seek(frame);
                assertThat(reader.position()).isEqualTo(frame);
                int count = reader.read(piece, 0, 10);
                assertThat(reader.position()).isEqualTo(frame + count);
                assertThat(ByteBuffer.wrap(piece, 0, count * frameBytes))
                        .isEqualTo(ByteBuffer.wrap(expected, frame * frameBytes, count * frameBytes));
            }
            reader.seek(Long.MAX_VALUE);
            assertThat(reader.read(piece, 0, 10)).isEqualTo(-1);
            reader.seek(0);
            assertThat(Frames.rest(reader)).isEqualTo(expected);
        }
    }

    /// Noise over the whole range, with the extremes.
    static byte[] samples(SampleFormat format, int channels) {
        Random random = new Random(31L * format.label().hashCode() + channels);
        byte[] bytes = new byte[FRAMES * channels * format.bytes()];
        random.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FRAMES * channels && format.isFloat(); i++) {
            double value = i < 2 ? 2 * i - 1 : random.nextGaussian();
            if (format == SampleFormat.F32) {
                buffer.putFloat((float) value);
            } else {
                buffer.putDouble(value);
            }
        }
        return bytes;
    }
}
