package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.RawStream.PlayedPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* The states of a stream and what a program may ask of it. One lock guards them; it is held while the driver is told to start, hold, stop or close and
while a turn that is inside comes out, for at most 2 s, but never while frames play out, and never while listeners run or a driver's watch is closed: those
may call the stream from a thread that somebody else waits for. A turn never takes it: what it asks is noted, and found by [Upkeep]. */
final class Transport {
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Counters counters = new Counters();
    private final StreamEvents events;
    private final AudioClock clock;
    private final Host host;
    private final Recovery recovery;
    private final Upkeep upkeep;
    private final AtomicBoolean tidied = new AtomicBoolean();
    private volatile StreamState state = StreamState.OPEN;
    private volatile @Nullable TurnGate gate;
    private volatile @Nullable AudioException failure;
    private final Wishes wishes = new Wishes();
    private volatile @Nullable RawProcessor processor;

    Transport(Endpoint endpoint, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        this.host = new Host(endpoint, capture, spec);
        this.clock = host.clock();
        this.events = new StreamEvents(clock);
        this.recovery = new Recovery(this, host, new Rebuild(endpoint, spec, clock));
        this.upkeep = new Upkeep(this, host, recovery);
        recovery.follow();
    }

    /// `[control-thread]`
    void start(RawProcessor newProcessor) throws AudioException {
        if (isInside()) {
            throw new IllegalStateException("a stream is not started from within its turn");
        }
        lock.lock();
        try {
            settle();
            requireNotClosed("start");
            if (state != StreamState.OPEN && state != StreamState.STOPPED) {
                throw new IllegalStateException("a stream is started when it is open or stopped, state=" + state);
            }
            TurnGate before = gate;
            boolean reopened = recovery.reopen(before, position());
            processor = newProcessor;
            TurnGate next = new TurnGate(clock, counters, events.ring(), newProcessor, position());
            if (before != null && !reopened) {
                next.gap(before.untoldGap());
            }
            gate = next;
            wishes.takeFlush();
            host.start(next);
            state = StreamState.RUNNING;
            upkeep.begin();
        } finally {
            unlock();
        }
    }

    void pause() throws AudioException {
        if (ask(StreamState.PAUSED)) {
            return;
        }
        lock.lock();
        try {
            settle();
            hold();
        } finally {
            unlock();
        }
    }

    /// Pauses.
    void hold() throws AudioException {
        TurnGate through = gate;
        if (state == StreamState.REBUILDING) {
            recovery.hold(true);
        } else if (state == StreamState.RUNNING && through != null && leave(through)) {
            try {
                counters.add(StreamCounter.GAP_FRAMES, host.pause(through));
                state = StreamState.PAUSED;
            } catch (AudioException e) {
                through.lost(e);
                throw e;
            }
        }
    }

    void resume() throws AudioException {
        if (ask(StreamState.RUNNING)) {
            return;
        }
        lock.lock();
        try {
            settle();
            goOn();
        } finally {
            unlock();
        }
    }

    private void goOn() throws AudioException {
        TurnGate through = gate;
        recovery.hold(false);
        if (state == StreamState.PAUSED && through != null) {
            state = StreamState.RUNNING;
            upkeep.forgiveSilence();
            try {
                host.resume(through);
            } catch (AudioException e) {
                through.lost(e);
                throw e;
            }
        }
    }

    long flush() {
        if (isInside()) {
            wishes.askToFlush();
            return 0;
        }
        lock.lock();
        try {
            boolean runs = state == StreamState.RUNNING || state == StreamState.DRAINING;
            TurnGate through = gate;
            if (runs && through != null) {
                // A turn that waits for frames would keep the driver from halting its loop.
                if (!leave(through)) {
                    return 0;
                }
                through.reopen();
            }
            return runs || state == StreamState.PAUSED ? host.flush() : 0;
        } finally {
            unlock();
        }
    }

    void stop() {
        if (ask(StreamState.STOPPED)) {
            return;
        }
        lock.lock();
        try {
            stopHost(StreamState.STOPPED);
            if (wishes.takeState() == StreamState.CLOSED) {
                shutDown();
            }
        } finally {
            unlock();
        }
    }

    boolean drain() {
        if (ask(StreamState.DRAINING)) {
            return false;
        }
        lock.lock();
        try {
            settle();
            goOn();
            if (state == StreamState.REBUILDING) {
                giveUpDrain();
            }
            TurnGate through = gate;
            if (through == null || (state != StreamState.RUNNING && state != StreamState.DRAINING)) {
                return drained();
            }
            through.requestEnd();
            state = StreamState.DRAINING;
        } catch (AudioException e) {
            giveUpDrain();
            return false;
        } finally {
            unlock();
        }
        clock.await(
                () -> state != StreamState.DRAINING, clock.nanoTime() + host.drainNanos() + 2 * Stream.PATIENCE_NANOS);
        return drained();
    }

    /// What was rendered is lost: there is nothing to wait for.
    void giveUpDrain() {
        stopHost(StreamState.STOPPED);
        tell(StreamEvent.Kind.DRAINED, 0, null);
    }

    void close() {
        if (ask(StreamState.CLOSED)) {
            return;
        }
        lock.lock();
        try {
            wishes.takeState();
            shutDown();
        } finally {
            unlock();
        }
    }

    private void shutDown() {
        if (state != StreamState.CLOSED) {
            try {
                stopHost(StreamState.CLOSED);
            } finally {
                state = StreamState.CLOSED;
                host.close();
            }
        }
    }

    /// Gives the lock back. What is left to do for a closed stream runs foreign code and is done without it.
    void unlock() {
        lock.unlock();
        if (state == StreamState.CLOSED && !lock.isHeldByCurrentThread() && tidied.compareAndSet(false, true)) {
            upkeep.end();
            recovery.close();
            events.close();
        }
    }

    PlayedPosition played() {
        if (isInside()) {
            return new PlayedPosition(position(), clock.nanoTime());
        }
        lock.lock();
        try {
            return state == StreamState.REBUILDING || host.isClosed()
                    ? new PlayedPosition(position(), clock.nanoTime())
                    : host.played();
        } finally {
            unlock();
        }
    }

    boolean await(Duration time) {
        long nanos = (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
        return clock.await(() -> state.isOver(), clock.nanoTime() + nanos);
    }

    /// Waits until a condition of the program's side holds. `[control-thread]`
    void await(BooleanSupplier condition) {
        while (!clock.await(condition, clock.nanoTime() + STEP_NANOS)) {
            Thread.onSpinWait();
        }
    }

    Host host() {
        return host;
    }

    StreamState state() {
        return state;
    }

    /// Is in another state from now on. Under the lock.
    void become(StreamState next) {
        state = next;
    }

    void lock() {
        lock.lock();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    @Nullable
    TurnGate gate() {
        return gate;
    }

    /// Whether a turn has asked for something.
    boolean isAsked() {
        return !wishes.isEmpty();
    }

    /// Does what turns have asked for.
    void grant() throws AudioException {
        if (wishes.takeFlush()) {
            flush();
        }
        settle();
    }

    @Nullable
    AudioException failure() {
        return failure;
    }

    @Nullable
    RawProcessor processor() {
        return processor;
    }

    Counters counters() {
        return counters;
    }

    StreamEvents events() {
        return events;
    }

    @AudioThread
    boolean isLeaving() {
        TurnGate through = gate;
        return through != null && through.isLeaving();
    }

    long position() {
        TurnGate through = gate;
        return through == null ? 0 : through.position();
    }

    /// Whether the last drain ended by position: all that was rendered was played.
    boolean drained() {
        TurnGate through = gate;
        return through != null && through.drained();
    }

    private boolean isInside() {
        TurnGate through = gate;
        return through != null && through.isInside();
    }

    /// Within a turn: leaves it to a control thread. `[any-thread]`
    private boolean ask(StreamState wanted) {
        TurnGate through = gate;
        if (through == null || !through.isInside()) {
            return false;
        }
        wishes.ask(wanted, through);
        return true;
    }

    /// Carries out what a turn has asked for. A turn that asked to pause and then to go on may have been sent back
    /// meanwhile, which looks like an end to the driver: only a pause carried out brings it back.
    void settle() throws AudioException {
        StreamState wanted = wishes.takeState();
        if (wanted == null) {
            return;
        }
        switch (wanted) {
            case CLOSED -> shutDown();
            case STOPPED -> stopHost(StreamState.STOPPED);
            case PAUSED -> hold();
            case RUNNING -> {
                hold();
                goOn();
            }
            default -> state = state == StreamState.RUNNING ? StreamState.DRAINING : state;
        }
    }

    private void requireNotClosed(String operation) throws AudioException {
        AudioException cause = failure;
        if (state == StreamState.FAILED && cause != null) {
            throw cause;
        }
        if (state == StreamState.CLOSED) {
            throw AudioException.of(Failure.CLOSED, operation + " " + host.endpoint(), "the stream was closed");
        }
    }

    /// Leaves the turn. When the program stays inside, the stream fails.
    boolean leave(TurnGate through) {
        if (host.leave(through)) {
            return true;
        }
        fail(AudioException.of(
                Failure.PROCESSOR_FAILED,
                "leave the turn on " + host.endpoint(),
                "the program's callback has not returned for 2 s; what it touches was leaked"));
        return false;
    }

    void stopHost(StreamState then) {
        TurnGate through = gate;
        boolean running = state == StreamState.RUNNING || state == StreamState.PAUSED || state == StreamState.DRAINING;
        if (running && through != null && leave(through)) {
            host.stop(through);
        }
        boolean stays = then == StreamState.STOPPED
                && (state == StreamState.OPEN || state == StreamState.FAILED || state == StreamState.CLOSED);
        state = stays ? state : then;
        recovery.cancel();
        events.collect();
    }

    void fail(AudioException cause) {
        failure = cause;
        state = StreamState.FAILED;
        tell(StreamEvent.Kind.FAILED, 0, cause);
    }

    void tell(StreamEvent.Kind kind, long value, @Nullable AudioException cause) {
        events.tell(kind, position(), value, cause);
    }
}
