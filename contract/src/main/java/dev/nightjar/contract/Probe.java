package dev.nightjar.contract;

import dev.nightjar.Audio;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.spi.AudioClock;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What runs in a virtual machine of its own: see [Fork].
final class Probe {
    /// The marks of [#trace], which a trace of system calls shows.
    static final Path MARK = Path.of("/proc/thread-self");

    /// After this long nothing that was to look after a stream is planned any more.
    private static final long CHECKED_NANOS = Duration.ofMillis(20).toNanos();

    private static final Duration SOON = Duration.ofSeconds(60);

    /// What is looked at.
    enum Kind {
        /// Prints the bytes that each use of a stream allocates on the audio thread, as `RAW=0`.
        BYTES,
        /// Makes a system call in the first and the last of so many turns.
        TRACE,
        /// Opens and closes so many streams; prints threads, descriptors and resident KiB after a tenth and in the
        /// end.
        CYCLES
    }

    private Probe() {}

    /// Looks at one thing and prints what there is.
    ///
    /// @param arguments the class of the contract, the kind, how many
    public static void main(String[] arguments) throws Exception {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        DriverContract contract = (DriverContract) constructor.newInstance();
        int count = Integer.parseInt(arguments[2]);
        switch (Kind.valueOf(arguments[1])) {
            case BYTES -> bytes(contract);
            case TRACE -> trace(contract, count);
            case CYCLES -> cycles(contract, count);
        }
        System.exit(0);
    }

    private static void bytes(DriverContract contract) throws Exception {
        for (AudioThreadBytes.Use use : AudioThreadBytes.Use.values()) {
            try (ContractHost host = contract.newHost()) {
                if (use.appliesTo(host.table())) {
                    System.out.println(use + "=" + AudioThreadBytes.lastWindow(host, use));
                }
            }
        }
    }

    private static StreamSpec spec(ContractHost host) {
        HostTable.Formats formats = host.table().formats();
        return StreamSpec.of(formats.rate(), ChannelLayout.ofCount(formats.channels()))
                .latencyFrames(Cases.LATENCY_FRAMES);
    }

    private static void trace(DriverContract contract, int turns) throws Exception {
        try (ContractHost host = contract.newHost();
                Audio audio = Audio.of(host.driver());
                Stream stream = host.open(audio, Place.RENDER, spec(host))) {
            int[] turn = {0};
            stream.startRaw(_ -> {
                if (turn[0] == turns / 10 || turn[0] == turns) {
                    Files.readSymbolicLink(MARK);
                }
                turn[0]++;
            });
            AudioClock clock = host.driver().clock();
            clock.await(() -> turn[0] > turns, clock.nanoTime() + SOON.toNanos());
        }
    }

    private static void cycles(DriverContract contract, int count) throws Exception {
        try (ContractHost host = contract.newHost();
                Audio audio = Audio.of(host.driver())) {
            AudioClock clock = host.driver().clock();
            for (int i = 1; i <= count; i++) {
                try (Stream stream = host.open(audio, Place.RENDER, spec(host))) {
                    stream.startRaw(_ -> {});
                    clock.await(() -> stream.position() > 0, clock.nanoTime() + SOON.toNanos());
                }
                clock.await(() -> false, clock.nanoTime() + CHECKED_NANOS);
                if (i % 50 == 0) {
                    collect();
                }
                if (i == count / 10 || i == count) {
                    collect();
                    System.out.println(threads() + " " + descriptors() + " " + residentKibibytes());
                }
            }
        }
    }

    /// Frees the native memory that only waits for the collector; what is left then is a leak.
    private static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
    }

    /// The threads that live, but for the one that runs tasks of the clock and ends by itself.
    static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().equals("nightjar-control"))
                .count();
    }

    /// The open file descriptors, or 0 where the system does not tell.
    static int descriptors() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var open = Files.list(folder)) {
            return (int) open.count();
        }
    }

    private static long residentKibibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of("VmRSS: 0 kB");
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }
}
