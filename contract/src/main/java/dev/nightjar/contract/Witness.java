package dev.nightjar.contract;

import dev.nightjar.RawProcessor;
import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.StreamShape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A processor that renders recognisable frames, looks at everything a turn says and remembers it. Allocates only in
/// [#prepare]. Read from other threads only while no turn runs, but for the counts.
final class Witness implements RawProcessor {
    private static final int CAPACITY = 1 << 13;

    /// What a case does in a turn.
    @FunctionalInterface
    interface Act {
        void in(RawTurn turn, int index) throws Exception;
    }

    /// What was seen of a turn. Instants of a side that is not there are [RawTurn#NO_TIME].
    record Seen(
            int index,
            int frames,
            int counted,
            long position,
            long outputNanos,
            long inputNanos,
            long gap,
            boolean xrun,
            long enteredNanos,
            int generation) {
        long next() {
            return position + counted;
        }
    }

    final List<StreamShape> shapes = new CopyOnWriteArrayList<>();
    final List<Thread> preparers = new CopyOnWriteArrayList<>();
    /// What was wrong with a turn; empty if all was as it has to be.
    final List<String> wrongs = new CopyOnWriteArrayList<>();

    private final AudioClock clock;
    private final long[] frames = new long[CAPACITY];
    private final long[] counted = new long[CAPACITY];
    private final long[] positions = new long[CAPACITY];
    private final long[] outputNanos = new long[CAPACITY];
    private final long[] inputNanos = new long[CAPACITY];
    private final long[] gaps = new long[CAPACITY];
    private final long[] xruns = new long[CAPACITY];
    private final long[] entered = new long[CAPACITY];
    private final long[] generations = new long[CAPACITY];
    private volatile int count;
    private volatile boolean inside;
    private volatile @Nullable Thread thread;
    volatile boolean renders = true;
    volatile Act act = (_, _) -> {};
    private @Nullable Signal output;
    private @Nullable Signal input;

    Witness(AudioClock clock) {
        this.clock = clock;
    }

    Witness doing(Act what) {
        act = what;
        return this;
    }

    Witness silent() {
        renders = false;
        return this;
    }

    @Override
    public void prepare(StreamShape shape) {
        wrongIf(inside, "prepare ran while a turn was inside");
        preparers.add(Thread.currentThread());
        output = shape.output()
                .map(format -> new Signal(format, shape.maxFrames()))
                .orElse(null);
        input = shape.input()
                .map(format -> new Signal(format, shape.maxFrames()))
                .orElse(null);
        shapes.add(shape);
    }

    @Override
    public void process(RawTurn turn) throws Exception {
        wrongIf(inside, "two turns of one stream ran at once");
        inside = true;
        int index = count;
        try {
            note(turn, index & CAPACITY - 1);
            check(turn);
            if (turn.hasOutput() && renders && output != null) {
                output.write(turn.output(), 0, turn.frames(), turn.output().position());
            }
            act.in(turn, index);
            counted[index & CAPACITY - 1] = turn.counted();
        } finally {
            inside = false;
            count = index + 1;
        }
    }

    private void note(RawTurn turn, int slot) {
        entered[slot] = clock.nanoTime();
        thread = Thread.currentThread();
        RawTurn.Side side = turn.hasOutput() ? turn.output() : turn.input();
        frames[slot] = turn.frames();
        positions[slot] = side.position();
        outputNanos[slot] = turn.hasOutput() ? turn.output().timeNanos() : RawTurn.NO_TIME;
        inputNanos[slot] = turn.hasInput() ? turn.input().timeNanos() : RawTurn.NO_TIME;
        gaps[slot] = side.gapFrames();
        xruns[slot] = side.xrun() ? 1 : 0;
        generations[slot] = shapes.size();
    }

    /// What holds for every turn of every driver.
    private void check(RawTurn turn) {
        StreamShape shape = shapes.getLast();
        wrongIf(turn.frames() < 1 || turn.frames() > shape.maxFrames(), "a turn was not of 1 to maxFrames frames");
        wrongIf(turn.hasOutput() != shape.output().isPresent(), "a turn had other sides than the shape");
        wrongIf(turn.hasInput() != shape.input().isPresent(), "a turn had other sides than the shape");
        if (turn.hasOutput() && output != null) {
            wrongIf(!turn.output().format().equals(shape.output().get()), "the output had not the shape's format");
            wrongIf(!output.isSilent(turn.output(), 0, turn.frames()), "the output was not silent when a turn began");
            checkRoom(turn.output(), turn.frames());
        }
        if (turn.hasInput()) {
            wrongIf(!turn.input().format().equals(shape.input().get()), "the input had not the shape's format");
            checkRoom(turn.input(), turn.frames());
        }
        if (turn.hasInput() && turn.hasOutput()) {
            wrongIf(turn.input().position() != turn.output().position(), "both sides had not one position");
        }
    }

    private void checkRoom(RawTurn.Side side, int count) {
        int last = side.format().channels() - 1;
        for (int channel = 0; channel <= last; channel++) {
            long end = side.offset(channel)
                    + (count - 1L) * side.format().strideBytes()
                    + side.format().sample().bytes();
            wrongIf(end > side.segment(channel).byteSize(), "a turn reached beyond its memory");
        }
    }

    private void wrongIf(boolean is, String what) {
        if (is && wrongs.size() < 10) {
            wrongs.add(what + ", turn " + count);
        }
    }

    /// How many turns ended.
    int count() {
        return count;
    }

    /// Whether a turn is inside.
    boolean isInside() {
        return inside;
    }

    /// The thread of the last turn.
    Thread thread() {
        Thread last = thread;
        if (last == null) {
            throw new AssertionError("no turn has run");
        }
        return last;
    }

    Signal output() {
        if (output == null) {
            throw new AssertionError("there is no output");
        }
        return output;
    }

    Signal input() {
        if (input == null) {
            throw new AssertionError("there is no input");
        }
        return input;
    }

    /// The turns that are remembered, from this one on.
    List<Seen> turns(int from) {
        int end = count;
        List<Seen> turns = new ArrayList<>();
        for (int index = Math.max(from, end - CAPACITY + 1); index < end; index++) {
            int slot = index & CAPACITY - 1;
            turns.add(new Seen(
                    index,
                    (int) frames[slot],
                    (int) counted[slot],
                    positions[slot],
                    outputNanos[slot],
                    inputNanos[slot],
                    gaps[slot],
                    xruns[slot] == 1,
                    entered[slot],
                    (int) generations[slot]));
        }
        return turns;
    }

    List<Seen> turns() {
        return turns(0);
    }

    Seen turn(int index) {
        return turns(index).getFirst();
    }
}
