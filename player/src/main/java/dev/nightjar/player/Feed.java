package dev.nightjar.player;

import dev.nightjar.RawProcessor;
import dev.nightjar.RawTurn;
import dev.nightjar.Stream;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.FrameRing;
import dev.nightjar.spi.Packing;
import dev.nightjar.spi.StreamShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The turn's end of a line. Where a paced stream finds no frame it renders silence and counts it; an unpaced one
/// waits.
final class Feed implements RawProcessor {
    private static final long POLL_NANOS = 500_000;

    private final Stream stream;
    private final AtomicLong starved = new AtomicLong();
    private final AtomicLong rendered = new AtomicLong();
    private final FrameRing rehearsed;
    private volatile Line line;
    private volatile boolean finished;
    private volatile boolean holding = true;
    private volatile boolean misshapen;
    private volatile @Nullable Fade fade;
    private @Nullable Packing packing;
    private boolean paced = true;

    Feed(Stream stream, Line line) {
        this.stream = stream;
        this.line = line;
        this.rehearsed = new FrameRing(line.format.frameBytes(), 1);
    }

    @Override
    public void prepare(StreamShape shape) {
        StreamFormat granted = shape.output().orElseThrow();
        paced = shape.paced();
        packing = new Packing(granted, shape.maxFrames());
        misshapen = !granted.equals(line.format);
    }

    @Override
    public void rehearse(RawTurn turn) {
        if (packing != null && !misshapen) {
            MemorySegment frame = Arena.ofAuto().allocate(line.format.frameBytes(), 8);
            rehearsed.write(frame, 0, 1);
            packing.read(rehearsed, turn.output(), 0, 1);
        }
    }

    /// Another line for the stream's new format.
    void line(Line next) {
        holding = true;
        line = next;
        misshapen = false;
    }

    /// Renders silence that nobody counts, until [#release].
    void hold() {
        holding = true;
    }

    void release() {
        holding = false;
    }

    boolean isHolding() {
        return holding;
    }

    /// Nothing more will be written: what is in the line is the rest.
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    /// Takes back [#finish] and [#fade]; the stream is stopped.
    void reopen() {
        finished = false;
        fade = null;
    }

    /// Ends the stream with this fade.
    void fade(Fade last) {
        fade = last;
    }

    /// Whether the stream has another format than the line.
    boolean isMisshapen() {
        return misshapen;
    }

    /// How many frames of silence were rendered because the line was empty.
    long starved() {
        return starved.get();
    }

    /// How many frames of tracks were rendered.
    long rendered() {
        return rendered.get();
    }

    @Override
    @AudioThread
    public void process(RawTurn turn) {
        Line from = line;
        Fade last = fade;
        if (last != null && !last.isScaling()) {
            end(turn, last, turn.frames());
            return;
        }
        boolean rest = finished;
        int done = take(from, turn, 0);
        while (done < turn.frames() && !paced && !rest && fade == null && !stream.isLeaving()) {
            LockSupport.parkNanos(this, POLL_NANOS);
            rest = finished;
            done += take(from, turn, done);
        }
        last = fade;
        if (last != null) {
            end(turn, last, done);
        } else if (done < turn.frames()) {
            missing(from, turn, done, rest);
        }
    }

    @AudioThread
    private void missing(Line from, RawTurn turn, int done, boolean rest) {
        if (!paced || (rest && !holding)) {
            turn.end(done);
            return;
        }
        from.timeline.silent(turn.output().position() + done, from.ring.framesRead());
        if (!holding && !misshapen) {
            starved.getAndAdd(turn.frames() - done);
        }
    }

    @AudioThread
    private static void end(RawTurn turn, Fade last, int frames) {
        int audible = last.apply(turn.output(), frames);
        if (last.isOver() || frames < turn.frames()) {
            turn.end(audible);
        }
    }

    @AudioThread
    private int take(Line from, RawTurn turn, int done) {
        if (misshapen || packing == null) {
            return 0;
        } else if (holding) {
            from.passFlushed();
            return 0;
        }
        int count = packing.read(from.ring, turn.output(), done, turn.frames() - done);
        if (count > 0) {
            rendered.getAndAdd(count);
            from.timeline.rendered(turn.output().position() + done, from.ring.framesRead() - count, count);
        }
        return count;
    }
}
