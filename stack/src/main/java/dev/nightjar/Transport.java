package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.RawStream.PlayedPosition;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/* The states of a stream. One lock guards them; it is held while the driver is told to start, hold, stop or close, never while somebody waits for time to
pass, and never while the program's listeners run. What the audio thread leaves behind (an end, a fault, a loss, a wish) is found by a check every 10 ms,
because waking a control thread from a turn would be a system call there. */
final class Transport {
    static final AtomicLong LEAKED = new AtomicLong();

    private static final long CHECK_NANOS = Duration.ofMillis(10).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Counters counters = new Counters();
    private final StreamEvents events;
    private final StreamSpec spec;
    private final @Nullable Endpoint capture;
    private final Endpoint home;
    private final AudioClock clock;
    private final Rebuild rebuild;
    private final Stalls stalls = new Stalls();
    private volatile Endpoint endpoint;
    private volatile RawStream raw;
    private volatile StreamShape shape;
    private volatile StreamState state = StreamState.OPEN;
    private volatile @Nullable TurnGate gate;
    private volatile @Nullable AudioException failure;
    private volatile @Nullable StreamState requested;
    private volatile @Nullable RawProcessor processor;
    private boolean rawClosed;
    private boolean held;
    private long endSeenAt;
    private int checkRound;

    Transport(Endpoint endpoint, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        this.home = endpoint;
        this.endpoint = endpoint;
        this.capture = capture;
        this.spec = spec;
        this.clock = endpoint.driver().clock();
        this.raw = endpoint.openFirst(spec, capture, 0);
        this.shape = raw.shape();
        this.rebuild = new Rebuild(endpoint, spec);
        this.events = new StreamEvents(clock);
    }

    /// `[control-thread]`
    void start(RawProcessor newProcessor) throws AudioException {
        lock.lock();
        try {
            requireNotClosed("start");
            if (state != StreamState.OPEN && state != StreamState.STOPPED) {
                throw new IllegalStateException("a stream is started when it is open or stopped, state=" + state);
            }
            if (rawClosed) {
                raw = endpoint.openFirst(spec, endpoint.equals(home) ? capture : null, position());
                rawClosed = false;
            }
            processor = newProcessor;
            TurnGate next = new TurnGate(clock, counters, events.ring(), newProcessor, position());
            gate = next;
            requested = null;
            endSeenAt = 0;
            startHost(next);
            state = StreamState.RUNNING;
            stalls.restart(clock.nanoTime());
            scheduleCheck(++checkRound);
            rebuild.follow(this::moveTo);
        } finally {
            lock.unlock();
        }
    }

    private void startHost(TurnGate through) throws AudioException {
        through.open();
        try {
            raw.start(through);
            shape = raw.shape();
        } catch (AudioException | RuntimeException | Error e) {
            through.shut();
            waitOutside(through);
            raw.stop();
            through.shutFirmly();
            throw e instanceof AudioException known
                    ? known
                    : AudioException.causedBy(Failure.DRIVER_FAILED, "start " + endpoint, e);
        }
    }

    void pause() throws AudioException {
        if (ask(StreamState.PAUSED)) {
            return;
        }
        lock.lock();
        try {
            if (state == StreamState.REBUILDING) {
                held = true;
            } else if (state == StreamState.RUNNING && leaveHost(through())) {
                raw.pause();
                through().shutFirmly();
                state = StreamState.PAUSED;
            }
        } finally {
            lock.unlock();
        }
    }

    void resume() throws AudioException {
        lock.lock();
        try {
            held = false;
            if (state == StreamState.PAUSED) {
                through().reopen();
                state = StreamState.RUNNING;
                stalls.restart(clock.nanoTime());
                raw.resume();
            }
        } finally {
            lock.unlock();
        }
    }

    long flush() {
        lock.lock();
        try {
            return state == StreamState.RUNNING || state == StreamState.PAUSED || state == StreamState.DRAINING
                    ? raw.flush()
                    : 0;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        if (ask(StreamState.STOPPED)) {
            return;
        }
        lock.lock();
        try {
            stopHost(StreamState.STOPPED);
        } finally {
            lock.unlock();
        }
    }

    boolean drain() {
        if (ask(StreamState.DRAINING)) {
            return false;
        }
        lock.lock();
        try {
            if (state == StreamState.PAUSED) {
                resume();
            }
            if (state != StreamState.RUNNING && state != StreamState.DRAINING) {
                return false;
            }
            through().requestEnd();
            state = StreamState.DRAINING;
        } catch (AudioException e) {
            fail(e);
            return false;
        } finally {
            lock.unlock();
        }
        clock.await(() -> state != StreamState.DRAINING, clock.nanoTime() + drainNanos() + 2 * Stream.PATIENCE_NANOS);
        return drained();
    }

    void close() {
        if (ask(StreamState.CLOSED)) {
            return;
        }
        lock.lock();
        try {
            if (state == StreamState.CLOSED) {
                return;
            }
            stopHost(StreamState.CLOSED);
            closeRaw();
            rebuild.close();
            requested = null;
            events.collect();
        } finally {
            lock.unlock();
        }
        events.close();
    }

    PlayedPosition played() {
        lock.lock();
        try {
            return state == StreamState.REBUILDING || rawClosed
                    ? new PlayedPosition(position(), clock.nanoTime())
                    : raw.played();
        } finally {
            lock.unlock();
        }
    }

    boolean await(Duration time) {
        return clock.await(() -> state.isOver(), clock.nanoTime() + time.toNanos());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    StreamState state() {
        return state;
    }

    @Nullable
    AudioException failure() {
        return failure;
    }

    StreamShape shape() {
        return shape;
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

    /// Within a turn: leaves it to a control thread. `[any-thread]`
    private boolean ask(StreamState wanted) {
        TurnGate through = gate;
        if (through == null || !through.isInside()) {
            return false;
        }
        if (requested != StreamState.CLOSED) {
            requested = wanted;
        }
        if (wanted == StreamState.DRAINING) {
            through.requestEnd();
        } else {
            through.shut();
        }
        return true;
    }

    private TurnGate through() {
        TurnGate through = gate;
        if (through == null) {
            throw new IllegalStateException("the stream was never started");
        }
        return through;
    }

    private void requireNotClosed(String operation) throws AudioException {
        AudioException cause = failure;
        if (state == StreamState.FAILED && cause != null) {
            throw cause;
        }
        if (state == StreamState.CLOSED) {
            throw AudioException.of(Failure.CLOSED, operation + " " + endpoint, "the stream was closed");
        }
    }

    private boolean waitOutside(TurnGate through) {
        return clock.await(through::isEmpty, clock.nanoTime() + Stream.PATIENCE_NANOS);
    }

    /// Shuts the gate and waits until nobody is inside. When somebody stays, the host is given up and the stream
    /// fails.
    private boolean leaveHost(TurnGate through) {
        through.shut();
        if (waitOutside(through)) {
            return true;
        }
        LEAKED.incrementAndGet();
        rawClosed = true;
        raw.abandon();
        fail(AudioException.of(
                Failure.PROCESSOR_FAILED,
                "leave the turn on " + endpoint,
                "the program's callback has not returned for 2 s; what it touches was leaked"));
        return false;
    }

    private void stopHost(StreamState then) {
        if (state == StreamState.CLOSED) {
            return;
        }
        TurnGate through = gate;
        boolean running = state == StreamState.RUNNING || state == StreamState.PAUSED || state == StreamState.DRAINING;
        if (running && through != null && leaveHost(through)) {
            raw.stop();
            through.shutFirmly();
        }
        if (state != StreamState.FAILED || then == StreamState.CLOSED) {
            state = state == StreamState.OPEN && then == StreamState.STOPPED ? StreamState.OPEN : then;
        }
        held = false;
        rebuild.cancel();
    }

    private void closeRaw() {
        if (!rawClosed) {
            rawClosed = true;
            raw.close();
        }
    }

    private void fail(AudioException cause) {
        failure = cause;
        state = StreamState.FAILED;
        tell(StreamEvent.Kind.FAILED, 0, cause);
    }

    private long drainNanos() {
        StreamShape granted = shape;
        long frames = granted.bufferFrames() + granted.reported().outputFrames().orElse(0);
        return Math.round(frames * 1e9 / granted.rate()) + Duration.ofSeconds(1).toNanos();
    }

    private void scheduleCheck(int round) {
        clock.after(CHECK_NANOS, () -> check(round));
    }

    /// What the audio thread left behind is worked off here, every 10 ms while the stream lives. Never waits for
    /// the lock: the thread serves all streams. `[control-thread]`
    private void check(int round) {
        if (!lock.tryLock()) {
            scheduleCheck(round);
            return;
        }
        try {
            TurnGate through = gate;
            events.collect();
            if (round != checkRound || through == null || state.isOver()) {
                return;
            }
            work(through);
            if (!state.isOver()) {
                scheduleCheck(round);
            }
        } catch (AudioException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void work(TurnGate through) throws AudioException {
        Throwable fault = through.fault();
        AudioException lost = through.lostCause();
        StreamState wanted = requested;
        if (wanted != null) {
            requested = null;
            carryOut(wanted);
        } else if (fault != null) {
            stopHost(StreamState.STOPPED);
            fail(AudioException.causedBy(Failure.PROCESSOR_FAILED, "process a turn on " + endpoint, fault));
        } else if (state == StreamState.REBUILDING) {
            return;
        } else if (lost != null) {
            tell(StreamEvent.Kind.LOST, 0, lost);
            lose(through);
            if (Rebuild.isHopeless(lost) && state == StreamState.REBUILDING) {
                rebuild.cancel();
                fail(lost);
            }
        } else if (through.ended()) {
            workOffDrain(through);
        } else if (state == StreamState.RUNNING) {
            watchStalls(through);
        }
    }

    private void carryOut(StreamState wanted) throws AudioException {
        switch (wanted) {
            case CLOSED -> close();
            case STOPPED -> stop();
            case PAUSED -> pause();
            default -> state = state == StreamState.RUNNING ? StreamState.DRAINING : state;
        }
    }

    private void workOffDrain(TurnGate through) {
        long now = clock.nanoTime();
        if (state == StreamState.RUNNING) {
            state = StreamState.DRAINING;
        }
        if (state != StreamState.DRAINING) {
            return;
        }
        endSeenAt = endSeenAt == 0 ? now : endSeenAt;
        boolean played = shape.output().isEmpty() || raw.played().frames() >= through.position();
        if (played || now - endSeenAt > drainNanos()) {
            endSeenAt = 0;
            through.drained(played);
            stopHost(StreamState.STOPPED);
            tell(StreamEvent.Kind.DRAINED, played ? 1 : 0, null);
        }
    }

    private void watchStalls(TurnGate through) {
        long now = clock.nanoTime();
        long insideNanos = through.insideNanos(now);
        if (insideNanos > Stream.PATIENCE_NANOS && shape.paced()) {
            if (stalls.firstTime()) {
                tell(StreamEvent.Kind.STALLED, insideNanos, null);
            }
        } else if (through.suspended()) {
            stalls.restart(now);
        } else if (shape.paced() && stalls.isSilent(counters.get(StreamCounter.TURNS), now, drainNanos())) {
            through.lost(AudioException.of(
                    Failure.DRIVER_STALLED, "run " + endpoint, "the host has not called for too long"));
        }
    }

    private void lose(TurnGate through) {
        boolean draining = state == StreamState.DRAINING;
        held = state == StreamState.PAUSED;
        if (!leaveHost(through)) {
            return;
        }
        raw.stop();
        through.shutFirmly();
        closeRaw();
        if (draining) {
            state = StreamState.STOPPED;
            tell(StreamEvent.Kind.DRAINED, 0, null);
            return;
        }
        state = StreamState.REBUILDING;
        rebuild.begin(this::attempt, through.lastTurnNanos(clock.nanoTime()));
    }

    /// The endpoint to be on is another one now: leaves the host and opens the other. `[control-thread]`
    private void moveTo() {
        lock.lock();
        try {
            TurnGate through = gate;
            if (through != null && (state == StreamState.RUNNING || state == StreamState.PAUSED)) {
                lose(through);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One try to open the endpoint anew. `[control-thread]`, a thread of its own: opening may take long.
    private void attempt() {
        TurnGate through = through();
        long outage = rebuild.outageNanos(clock.nanoTime());
        long gap = Math.round(outage * 1e-9 * shape.rate());
        Endpoint target = home;
        RawStream opened;
        try {
            target = rebuild.target();
            opened = target.openFirst(spec, target.equals(home) ? capture : null, through.position() + gap);
        } catch (AudioException e) {
            retryOrFail(e);
            return;
        } catch (RuntimeException e) {
            retryOrFail(AudioException.causedBy(Failure.DRIVER_FAILED, "open " + target, e));
            return;
        }
        lock.lock();
        try {
            if (state != StreamState.REBUILDING) {
                opened.close();
                return;
            }
            adopt(through, target, opened, gap, outage);
        } catch (AudioException e) {
            closeRaw();
            retryOrFail(e);
        } finally {
            lock.unlock();
        }
    }

    private void adopt(TurnGate through, Endpoint target, RawStream opened, long gap, long outage)
            throws AudioException {
        raw = opened;
        rawClosed = false;
        shape = opened.shape();
        through.gap(gap);
        startHost(through);
        boolean moved = !target.equals(endpoint);
        endpoint = target;
        state = StreamState.RUNNING;
        counters.add(StreamCounter.REBUILDS, 1);
        stalls.restart(clock.nanoTime());
        rebuild.done(target);
        tell(StreamEvent.Kind.REBUILT, outage, null);
        if (moved) {
            tell(StreamEvent.Kind.MOVED, 0, null);
        }
        if (held) {
            held = false;
            pause();
        }
    }

    private void retryOrFail(AudioException cause) {
        lock.lock();
        try {
            if (state == StreamState.REBUILDING && !rebuild.again(this::attempt, cause, clock.nanoTime())) {
                fail(cause);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(StreamEvent.Kind kind, long value, @Nullable AudioException cause) {
        events.tell(kind, position(), value, cause);
    }
}
