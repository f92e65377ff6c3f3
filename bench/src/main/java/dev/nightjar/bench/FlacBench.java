package dev.nightjar.bench;

import dev.nightjar.media.Media;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Decodes FLAC files beside `flac`, taking turns, and prints a line for each turn: the file, who decoded, seconds of
/// processor time and of the clock. Both check the MD5 and use one thread; `flac` is started for each turn, which takes
/// about 2 ms of it.
///
/// - `nightjar` reads to interleaved bytes in memory, warm: the first [#WARM_UP] turns are not printed.
/// - `flac-d` writes such bytes to `/dev/null`: the same work.
/// - `flac-t` makes no bytes but those of the MD5.
///
/// Arguments: turns, files.
public final class FlacBench {
    private static final int WARM_UP = 6;
    private static final int PIECE_FRAMES = 16_384;

    private FlacBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int turns = Integer.parseInt(arguments[0]);
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            for (int turn = -WARM_UP; turn < turns; turn++) {
                print(turn, file, "nightjar", nightjar(file));
                if (turn >= 0) {
                    print(turn, file, "flac-d", flac("-d -c --force-raw-format --endian=little --sign=signed", file));
                    print(turn, file, "flac-t", flac("-t", file));
                }
            }
        }
    }

    private record Seconds(double processor, double clock) {}

    private static void print(int turn, String file, String who, Seconds seconds) {
        if (turn >= 0) {
            System.out.printf(Locale.ROOT, "%s %s %.4f %.4f%n", file, who, seconds.processor, seconds.clock);
        }
    }

    private static Seconds nightjar(String file) throws IOException {
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long clock = System.nanoTime();
        try (MediaReader reader = Media.open(Path.of(file))) {
            byte[] piece = new byte[PIECE_FRAMES * reader.info().format().frameBytes()];
            long frames = 0;
            for (int count = 0; count >= 0; count = reader.read(piece, 0, PIECE_FRAMES)) {
                frames += count;
            }
            if (frames != reader.info().frames()) {
                throw new IllegalStateException("frames are missing, frames=" + frames);
            }
        }
        return new Seconds(
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e9,
                (System.nanoTime() - clock) / 1e9);
    }

    private static Seconds flac(String options, String file) throws IOException, InterruptedException {
        String script = "TIMEFORMAT='%3U %3S %3R'; time flac -s " + options + " \"$0\" >/dev/null";
        Process process = new ProcessBuilder("bash", "-c", script, file).start();
        String[] times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .trim()
                .split(" ");
        if (process.waitFor() != 0 || times.length != 3) {
            throw new UncheckedIOException(new IOException("flac " + options + " failed: " + String.join(" ", times)));
        }
        return new Seconds(Double.parseDouble(times[0]) + Double.parseDouble(times[1]), Double.parseDouble(times[2]));
    }
}
