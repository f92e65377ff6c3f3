package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.HostEvent;
import dev.nightjar.spi.RawClient;
import dev.nightjar.spi.Silence;
import dev.nightjar.spi.StreamShape;
import dev.nightjar.spi.TurnBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a driver calls: it lets turns through to the program while it is open, and keeps what they leave behind.
/// The audio thread and control threads meet here and nowhere else.
@SuppressWarnings("EnumOrdinal") // an index within this run, never stored
final class TurnGate implements RawClient {
    private static final int REHEARSALS = 10;
    private static final long REHEARSAL_NANOS = 10_000_000;

    /// What is constant within a generation.
    private record Generation(StreamShape shape, @Nullable Silence silence) {
        @AudioThread
        void silence(TurnBuffer turn, int fromFrame) {
            if (silence != null) {
                silence.fill(turn.output(), fromFrame, turn.frames() - fromFrame);
            }
        }
    }

    private enum Door {
        /// Turns run the program.
        OPEN,
        /// Turns are sent back, the driver is being told.
        SHUTTING,
        /// The driver was told; a turn is a defect of its.
        SHUT
    }

    private final Counters counters;
    private final EventRing events;
    private final AudioClock clock;
    private final RawProcessor processor;
    private final AtomicReference<@Nullable AudioException> lost = new AtomicReference<>();
    private volatile Door door = Door.SHUT;
    private volatile @Nullable Thread inside;
    private volatile @Nullable Thread preparing;
    private volatile @Nullable Generation generation;
    private volatile @Nullable Generation latest;
    private volatile boolean wasOpen;
    private volatile @Nullable Throwable fault;
    private volatile boolean isDefect;
    private volatile boolean endRequested;
    private volatile boolean ended;
    private volatile long position;
    private volatile long entered;
    private volatile long begun;
    private volatile long pendingGap;
    private volatile boolean drained;
    private volatile boolean suspended;

    /// @param firstPosition where the stream is before its first turn
    TurnGate(AudioClock clock, Counters counters, EventRing events, RawProcessor processor, long firstPosition) {
        this.clock = clock;
        this.counters = counters;
        this.events = events;
        this.processor = processor;
        this.position = firstPosition;
        this.begun = clock.nanoTime();
    }

    @Override
    public void prepare(StreamShape shape) {
        generation = null;
        if (!clock.await(this::isEmpty, clock.nanoTime() + Stream.PATIENCE_NANOS)) {
            fault = new IllegalStateException("a turn has not returned for 2 s while the host changes its shape");
            return;
        }
        counters.add(StreamCounter.GENERATIONS, 1);
        preparing = Thread.currentThread();
        try {
            processor.prepare(shape);
            Silence silence = shape.output()
                    .map(format -> new Silence(format, shape.maxFrames()))
                    .orElse(null);
            Generation next = new Generation(shape, silence);
            rehearse(next);
            latest = next;
            generation = next;
        } catch (Throwable t) {
            fault = t;
        } finally {
            preparing = null;
        }
    }

    /// Runs the code of a turn, but for the program's, so that classes and handles are linked before the host
    /// calls: cold, the first turns took 4 to 35 ms, rehearsed less than 1 ms.
    private void rehearse(Generation next) throws Exception {
        TurnBuffer turn = TurnBuffer.scratch(next.shape());
        long until = System.nanoTime() + REHEARSAL_NANOS;
        for (int i = 0; i < REHEARSALS && System.nanoTime() < until; i++) {
            turn.begin(turn.frames());
            next.silence(turn, 0);
            processor.rehearse(turn);
            first(turn).gapFrames();
        }
    }

    @Override
    @AudioThread
    public int turn(TurnBuffer turn) {
        entered = clock.nanoTime();
        inside = Thread.currentThread();
        try {
            Door now = door;
            Generation current = generation;
            if (now == Door.SHUT) {
                counters.add(StreamCounter.STRAY_TURNS, wasOpen ? 1 : 0);
                return 0;
            } else if (now == Door.SHUTTING || current == null) {
                return refuse(turn, now == Door.OPEN && fault == null);
            }
            return run(current, turn);
        } catch (Throwable t) {
            defect(t);
            return 0;
        } finally {
            inside = null;
        }
    }

    @AudioThread
    private int refuse(TurnBuffer turn, boolean goesOn) {
        long untold = pendingGap;
        pendingGap = untold + first(turn).gapFrames();
        Generation last = latest;
        if (last != null) {
            last.silence(turn, 0);
        }
        return goesOn ? turn.frames() : 0;
    }

    @AudioThread
    private int run(Generation current, TurnBuffer turn) {
        int frames = turn.frames();
        if (ended) {
            current.silence(turn, 0);
            return 0;
        }
        begun = entered;
        mark(turn, entered);
        current.silence(turn, 0);
        int counted = process(turn);
        if (counted < frames) {
            ended = ended || door == Door.OPEN;
            current.silence(turn, counted);
        }
        position = first(turn).position() + counted;
        counters.add(StreamCounter.TURNS, 1);
        counters.add(StreamCounter.FRAMES, counted);
        counters.max(StreamCounter.WORST_TURN_NANOS, clock.nanoTime() - entered);
        return counted;
    }

    @AudioThread
    private int process(TurnBuffer turn) {
        if (endRequested) {
            return 0;
        }
        try {
            processor.process(turn);
            return endRequested && !turn.hasOutput() ? 0 : turn.counted();
        } catch (Throwable t) {
            fault = t;
            return 0;
        }
    }

    /// Counts and reports what the marks of a turn say.
    @AudioThread
    private void mark(TurnBuffer turn, long now) {
        RawTurn.Side side = first(turn);
        long gap = side.gapFrames();
        boolean xrun = side.xrun();
        if (turn.hasOutput() && turn.hasInput()) {
            gap = Math.max(gap, turn.input().gapFrames());
            xrun |= turn.input().xrun();
        }
        long rebuilt = pendingGap;
        if (rebuilt > 0) {
            pendingGap = 0;
            gap += rebuilt;
            turn.markGap(gap);
        }
        if (gap > 0) {
            counters.add(StreamCounter.GAP_FRAMES, gap);
        }
        if (xrun) {
            counters.add(StreamCounter.XRUNS, 1);
            tell(StreamEvent.Kind.XRUN, now, side.position(), gap);
        }
        if (turn.hasInput() && turn.input().filled()) {
            counters.add(StreamCounter.FILLED_FRAMES, turn.frames());
        }
    }

    @AudioThread
    private static RawTurn.Side first(TurnBuffer turn) {
        return turn.hasOutput() ? turn.output() : turn.input();
    }

    @AudioThread
    private void tell(StreamEvent.Kind kind, long nanos, long at, long value) {
        if (!events.offer(kind.ordinal(), nanos, at, value)) {
            counters.add(StreamCounter.EVENTS_DROPPED, 1);
        }
    }

    @Override
    public void lost(AudioException cause) {
        lost.compareAndSet(null, cause);
    }

    @Override
    @AudioThread
    public void happened(HostEvent kind, long value) {
        StreamEvent.Kind told = switch (kind) {
            case XRUN -> StreamEvent.Kind.XRUN;
            case LATENCY_CHANGED -> StreamEvent.Kind.LATENCY_CHANGED;
            case SUSPENDED -> StreamEvent.Kind.SUSPENDED;
            case RESUMED -> StreamEvent.Kind.RESUMED;
            case MOVED -> StreamEvent.Kind.MOVED;
        };
        if (kind == HostEvent.SUSPENDED || kind == HostEvent.RESUMED) {
            suspended = kind == HostEvent.SUSPENDED;
        }
        if (kind == HostEvent.XRUN) {
            counters.add(StreamCounter.XRUNS, 1);
            counters.add(StreamCounter.GAP_FRAMES, value);
        }
        tell(told, clock.nanoTime(), position, value);
    }

    void open() {
        lost.set(null);
        suspended = false;
        wasOpen = true;
        door = Door.OPEN;
    }

    /// Lets turns in again after the host was held.
    void reopen() {
        door = Door.OPEN;
    }

    /// Lets no further turn in; one that is inside may still be.
    void shut() {
        door = Door.SHUTTING;
    }

    /// The driver has been told to stop: from now on a turn is a defect.
    void shutFirmly() {
        door = Door.SHUT;
    }

    /// The next turn that runs is the stream's first after so many lost frames.
    void gap(long frames) {
        pendingGap = frames;
    }

    /// The frames that were lost before turns that did not run: the driver's position is beyond them.
    long untoldGap() {
        return pendingGap;
    }

    void requestEnd() {
        endRequested = true;
    }

    /// Whether the calling thread is in the program's callback, or in its `prepare`.
    boolean isInside() {
        Thread self = Thread.currentThread();
        return inside == self || preparing == self;
    }

    boolean isEmpty() {
        Thread thread = inside;
        return thread == null || thread == Thread.currentThread();
    }

    /// Whether a turn that waits should return.
    @AudioThread
    boolean isLeaving() {
        return door != Door.OPEN || endRequested;
    }

    /// How long the turn that is inside has been there, 0 if none is.
    long insideNanos(long now) {
        return inside == null || door == Door.SHUT ? 0 : Math.max(0, now - entered);
    }

    /// Whether the host said that it runs no turns for a while.
    boolean suspended() {
        return suspended;
    }

    /// Notes whether all that was rendered was played.
    void drained(boolean all) {
        drained = all;
    }

    boolean drained() {
        return drained;
    }

    /// When the last turn began, or when the stream was started if there was none.
    long lastTurnNanos() {
        return begun;
    }

    boolean ended() {
        return ended;
    }

    long position() {
        return position;
    }

    /// Notes an exception that is not the program's: memory of the driver that cannot be touched, for example.
    @AudioThread
    void defect(Throwable thrown) {
        isDefect = true;
        fault = thrown;
    }

    @Nullable
    Throwable fault() {
        return fault;
    }

    /// Whether the fault is the driver's and not the program's.
    boolean isDefect() {
        return isDefect;
    }

    @Nullable
    AudioException lostCause() {
        return lost.get();
    }
}
