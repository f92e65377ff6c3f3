package dev.nightjar;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.RawStream.PlayedPosition;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An open path to an endpoint, or to a render and a capture endpoint at once.
///
/// Every method may be called from any thread. Called from within a turn or its `prepare`, [#stop], [#drain],
/// [#pause] and [#close] only ask: no further turn runs the program, and the rest happens on a control thread
/// soon afterwards.
public final class Stream implements AutoCloseable {
    /// How long a callback may take to return before its stream is given up and what it touches is leaked.
    static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long CHECK_NANOS = Duration.ofMillis(10).toNanos();
    private static final int EVENTS = 256;
    private static final List<StreamEvent.Kind> KINDS = List.of(StreamEvent.Kind.values());
    private static final AtomicLong LEAKED = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final EventRing events = new EventRing(EVENTS);
    private final long[] event = new long[4];
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

    private Stream(Endpoint endpoint, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        this.home = endpoint;
        this.endpoint = endpoint;
        this.capture = capture;
        this.spec = spec;
        this.clock = endpoint.driver().clock();
        this.raw = endpoint.openFirst(spec, capture, 0);
        this.shape = raw.shape();
        this.rebuild = new Rebuild(endpoint, spec);
    }

    static Stream open(Endpoint endpoint, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        return new Stream(endpoint, capture, spec);
    }

    /// Starts turns of float frames. Returns when the host has been told to run; the first turns may have run by
    /// then.
    ///
    /// @throws IllegalStateException if the stream is neither open nor stopped
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - FORMAT_UNSUPPORTED when the endpoint carries DSD or an encoded format, which has no float frames
    /// - CLOSED when the stream was closed
    /// - DRIVER_FAILED for what else the host may say
    public void start(Processor newProcessor) throws AudioException {
        startRaw(new FloatAdapter(newProcessor, spec, shape));
    }

    /// Starts turns of native frames: [#outputFormat()] and [#inputFormat()] say what they are.
    ///
    /// @throws IllegalStateException if the stream is neither open nor stopped
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - CLOSED when the stream was closed
    /// - DRIVER_FAILED for what else the host may say
    public void startRaw(RawProcessor newProcessor) throws AudioException {
        lock.lock();
        try {
            requireNotClosed("start");
            if (state != StreamState.OPEN && state != StreamState.STOPPED) {
                throw new IllegalStateException("a stream is started when it is open or stopped, state=" + state);
            }
            processor = newProcessor;
            TurnGate next = new TurnGate(clock, counters, events, newProcessor, position());
            gate = next;
            requested = null;
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

    /// A blocking writer: frames are pushed instead of asked for. The stream starts when the writer's buffer is
    /// full, or with [StreamWriter#start].
    ///
    /// @param bufferFrames how much the writer holds, at least two turns; less is raised to that
    /// @throws IllegalStateException if the stream has no output or was started
    public StreamWriter writer(int bufferFrames) {
        StreamFormat format = outputFormat()
                .orElseThrow(() -> new IllegalStateException("a stream that only captures has no writer"));
        return new StreamWriter(this, format, Math.max(bufferFrames, 2 * maxFrames()), counters);
    }

    /// A blocking reader: frames are fetched instead of delivered. The stream starts with the first read, or with
    /// [StreamReader#start].
    ///
    /// @param bufferFrames how much the reader holds, at least two turns; less is raised to that
    /// @throws IllegalStateException if the stream has no input or was started
    public StreamReader reader(int bufferFrames) {
        StreamFormat format =
                inputFormat().orElseThrow(() -> new IllegalStateException("a stream that only renders has no reader"));
        return new StreamReader(this, format, Math.max(bufferFrames, 2 * maxFrames()), counters);
    }

    /// Holds the stream; its position stays. Returns when no turn is inside. Does nothing if it is not running.
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away
    public void pause() throws AudioException {
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

    /// Goes on after [#pause]. Does nothing if it is not paused.
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away
    public void resume() throws AudioException {
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

    /// Discards what is buffered in the host, running or paused.
    ///
    /// @return how many rendered frames will not be heard
    public long flush() {
        lock.lock();
        try {
            return state == StreamState.RUNNING || state == StreamState.PAUSED || state == StreamState.DRAINING
                    ? raw.flush()
                    : 0;
        } finally {
            lock.unlock();
        }
    }

    /// Stops at once and discards what is buffered. Returns when no turn is inside and none will come. May be
    /// started again.
    public void stop() {
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

    /// Lets what was rendered play to its end, then stops. The program's callback is not asked for more. Ends by
    /// the device's position, or after buffer, latency and one second. A stream that only captures stops at once.
    ///
    /// @return whether the position says that all was played
    public boolean drain() {
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
        clock.await(() -> state != StreamState.DRAINING, clock.nanoTime() + drainNanos() + 2 * PATIENCE_NANOS);
        return drained();
    }

    /// Waits until the stream is stopped, drained, failed or closed.
    ///
    /// @return whether it is, within the time
    public boolean await(Duration time) {
        return clock.await(() -> state.isOver(), clock.nanoTime() + time.toNanos());
    }

    /// Stops and frees everything. Any number of times, from any thread. Returns when no turn is inside and none
    /// will come, or after 2 s when the program's callback does not return: then what it touches is leaked and
    /// counted in [#leaked()].
    @Override
    public void close() {
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
            tellEvents();
        } finally {
            lock.unlock();
        }
    }

    /// The endpoint that the stream is on now.
    public Endpoint endpoint() {
        return endpoint;
    }

    public StreamSpec spec() {
        return spec;
    }

    public StreamState state() {
        return state;
    }

    /// Why it failed, if it did.
    public Optional<AudioException> failure() {
        return Optional.ofNullable(failure);
    }

    /// What the host granted, of this generation.
    public StreamShape shape() {
        return shape;
    }

    /// The native format of what is rendered.
    public Optional<StreamFormat> outputFormat() {
        return shape.output();
    }

    /// The native format of what is captured.
    public Optional<StreamFormat> inputFormat() {
        return shape.input();
    }

    /// The most frames of one turn in this generation.
    public int maxFrames() {
        return shape.maxFrames();
    }

    /// Period, buffer and latencies, as granted and reported.
    public Latency latency() {
        return shape.latency();
    }

    /// What happens to a sample on its way, from the callback to the converter or back. Whole once the stream was
    /// started.
    public SignalPath path() {
        SignalPath own = processor instanceof FloatAdapter adapter ? adapter.path() : SignalPath.EMPTY;
        return own.then(shape.path());
    }

    /// The position after the last turn: frames since the stream began, those that were lost included.
    public long position() {
        TurnGate through = gate;
        return through == null ? 0 : through.position();
    }

    /// The frame that is at the converter.
    public PlayedPosition played() {
        lock.lock();
        try {
            return state == StreamState.REBUILDING || rawClosed
                    ? new PlayedPosition(position(), clock.nanoTime())
                    : raw.played();
        } finally {
            lock.unlock();
        }
    }

    public StreamCounters counters() {
        return counters.snapshot();
    }

    /// Tells of events from now on, on a control thread, in their order.
    public Driver.Watch onEvent(Consumer<StreamEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Whether the last drain ended by position: all that was rendered was played.
    boolean drained() {
        TurnGate through = gate;
        return through != null && through.drained();
    }

    /// How many streams of this process were given up with what their callbacks touch, because those did not
    /// return.
    public static long leaked() {
        return LEAKED.get();
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
        return clock.await(through::isEmpty, clock.nanoTime() + PATIENCE_NANOS);
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
            tellEvents();
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
        if (insideNanos > PATIENCE_NANOS && shape.paced()) {
            if (stalls.firstTime()) {
                tell(StreamEvent.Kind.STALLED, insideNanos, null);
            }
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
        tellEvents();
        deliver(new StreamEvent(kind, clock.nanoTime(), position(), value, Optional.ofNullable(cause)));
    }

    private void tellEvents() {
        while (events.poll(event)) {
            StreamEvent.Kind kind = KINDS.get((int) event[0]);
            deliver(new StreamEvent(kind, event[1], event[2], event[3], Optional.empty()));
        }
    }

    private void deliver(StreamEvent told) {
        for (Consumer<StreamEvent> listener : listeners) {
            try {
                listener.accept(told);
            } catch (RuntimeException e) {
                System.getLogger("dev.nightjar").log(System.Logger.Level.WARNING, "a stream's listener threw", e);
            }
        }
    }
}
