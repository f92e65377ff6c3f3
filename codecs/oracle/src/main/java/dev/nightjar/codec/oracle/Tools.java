package dev.nightjar.codec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// Programs that make and decode files.
public final class Tools {
    private static final Map<String, String> PACKAGES =
            Map.of("oggenc", "vorbis-tools", "oggdec", "vorbis-tools", "opusenc", "opus-tools");

    /// What FFmpeg calls the usual layouts.
    private static final List<String> LAYOUTS = List.of("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1");

    private Tools() {}

    /// Runs a program; skips the test, saying what to install, if the machine does not have it.
    ///
    /// @return what the program wrote to its standard output
    public static byte[] run(String... command) {
        String program = command[0];
        if (Arrays.stream(System.getenv("PATH").split(":", -1))
                .noneMatch(dir -> Files.isExecutable(Path.of(dir, program)))) {
            Assumptions.abort("needs " + program + ": apt-get install " + PACKAGES.getOrDefault(program, program));
        }
        try {
            Path errors = Files.createTempFile("nightjar-tool", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                byte[] out = process.getInputStream().readAllBytes();
                int code = process.waitFor();
                assertThat(code)
                        .as(() -> String.join(" ", command) + ": " + text(errors))
                        .isZero();
                return out;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Runs a program that writes one file, given as its last argument.
    public static byte[] make(Path file, String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.add(file.toString());
        run(whole.toArray(String[]::new));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A WAV file with 16 bit: noise, a tone and a sweep that starts and stops, another mix in each
    /// channel.
    public static Path music(Path dir, int rate, int channels, double seconds) {
        Path file = dir.resolve("music-" + rate + "-" + channels + "-" + seconds + ".wav");
        if (Files.exists(file)) {
            return file;
        }
        StringBuilder mix = new StringBuilder();
        for (int channel = 0; channel < channels; channel++) {
            int tone = 220 + 110 * channel;
            mix.append(channel == 0 ? "" : "|")
                    .append("0.1*(random(%d)-0.5)+0.2*sin(2*PI*%d*t)".formatted(channel, tone))
                    .append("+0.3*sin(2*PI*t*(100+%d*t))*gt(mod(t\\,0.5)\\,0.25)".formatted(200 + 50 * channel));
        }
        make(
                file,
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs=" + mix + ":c=" + LAYOUTS.get(channels - 1) + ":s=" + rate + ":d=" + seconds,
                "-c:a",
                "pcm_s16le");
        return file;
    }
}
