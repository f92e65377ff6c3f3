package dev.nightjar.contract;

import com.sun.management.ThreadMXBean;
import dev.nightjar.Audio;
import dev.nightjar.RawTurn;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.spi.AudioClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that the audio thread allocates in a window of many turns, until a window is clean: the compiler
/// itself now and then puts bytes on the account of the thread it interrupts. Where turns run on the thread that moves
/// time, what this allocates without them, while the host calls nobody, is taken off.
final class AudioThreadBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WINDOWS = 40;
    private static final Duration TOO_LONG = Duration.ofMillis(30);
    private static final long SETTLED_NANOS = Duration.ofMillis(200).toNanos();
    private static final Pattern CONTROL = Pattern.compile("nightjar-(control|rebuild|stream)");

    /// The way a program uses the stream.
    enum Use {
        RAW,
        FLOAT,
        WRITER,
        READER,
        XRUNS,
        REBUILT;

        /// Where the test moves time, the events of xruns are made on the same thread and cannot be told apart.
        boolean appliesTo(HostTable table) {
            return switch (this) {
                case READER -> table.abilities().contains(Ability.CAPTURE);
                case XRUNS -> !table.isDeterministic();
                case REBUILT -> table.troubles().contains(Trouble.ERROR);
                default -> true;
            };
        }
    }

    private final ContractHost host;
    private final AudioClock clock;
    private final Duration window;
    private final int spin;
    private volatile @Nullable Thread thread;
    private volatile boolean late;

    private AudioThreadBytes(ContractHost host) {
        this.host = host;
        this.clock = host.driver().clock();
        this.window = Duration.ofMillis(host.table().isDeterministic() ? 1_500 : 400);
        this.spin = host.table().formats().rate() / 50;
    }

    /// Runs a stream in one way.
    ///
    /// @return the bytes of the last window; 0 is right
    static long lastWindow(ContractHost host, Use use) throws Exception {
        try (Audio audio = Audio.of(host.driver())) {
            return new AudioThreadBytes(host).run(audio, use);
        }
    }

    private long run(Audio audio, Use use) throws Exception {
        Place place = use == Use.READER ? Place.CAPTURE : Place.RENDER;
        HostTable.Formats formats = host.table().formats();
        StreamSpec spec = StreamSpec.of(formats.rate(), ChannelLayout.ofCount(formats.channels()))
                .latencyFrames(spin / 4);
        try (Stream stream = host.open(audio, place, spec)) {
            begin(stream, use);
            clock.await(
                    () -> thread != null,
                    clock.nanoTime() + Duration.ofSeconds(10).toNanos());
            if (use == Use.REBUILT) {
                rebuild(stream);
            }
            long bytes = 1;
            for (int i = 0; i < WINDOWS && bytes != 0; i++) {
                bytes = window(place);
            }
            return bytes;
        }
    }

    private void begin(Stream stream, Use use) throws Exception {
        switch (use) {
            case RAW, REBUILT -> stream.startRaw(this::note);
            case XRUNS ->
                stream.startRaw(turn -> {
                    note(turn);
                    if (late) {
                        host.spend(TOO_LONG);
                    }
                    late = !late;
                });
            case FLOAT ->
                stream.start(turn -> {
                    note(turn.raw());
                    turn.output().channel(0)[0] = 0.25f;
                });
            case WRITER -> findThread(stream, stream.writer(stream.maxFrames() * 4)::start);
            case READER -> findThread(stream, stream.reader(stream.maxFrames() * 4)::start);
        }
    }

    /// The adapters do not tell their thread: it is the one that there was not before, or else the one that moves
    /// time.
    private void findThread(Stream stream, Cases.Action start) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        start.run();
        clock.await(
                () -> stream.position() > 0,
                clock.nanoTime() + Duration.ofSeconds(10).toNanos());
        thread = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !before.contains(each)
                        && !CONTROL.matcher(each.getName()).matches())
                .findFirst()
                .orElse(Thread.currentThread());
    }

    private void note(RawTurn turn) {
        if (turn.frames() > 0) {
            thread = Thread.currentThread();
        }
    }

    private void rebuild(Stream stream) throws Exception {
        host.cause(Trouble.ERROR, Place.RENDER, Duration.ZERO);
        long giveUp = clock.nanoTime() + Duration.ofSeconds(10).toNanos();
        clock.await(() -> stream.state() == StreamState.REBUILDING, giveUp);
        thread = null;
        clock.await(() -> thread != null, giveUp);
    }

    private long window(Place place) throws Exception {
        Thread measured = thread;
        if (measured == null) {
            throw new AssertionError("no turn has run");
        }
        long running = bytesOf(measured);
        if (measured != Thread.currentThread()) {
            return running;
        }
        host.cause(Trouble.STALL, place, window);
        long stalled = bytesOf(measured);
        clock.await(() -> false, clock.nanoTime() + SETTLED_NANOS);
        return Math.max(0, running - stalled);
    }

    private long bytesOf(Thread measured) {
        long before = THREADS.getThreadAllocatedBytes(measured.threadId());
        long until = clock.nanoTime() + window.toNanos();
        clock.await(() -> false, until);
        return THREADS.getThreadAllocatedBytes(measured.threadId()) - before;
    }
}
