package dev.nightjar.driver.virtual;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.RawClient;
import dev.nightjar.spi.Silence;
import dev.nightjar.spi.StreamShape;
import dev.nightjar.spi.TurnBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/* The time line. The converter passes one frame every 1/rate seconds, beginning with frame `base` at the instant `t0`. A turn moves one period. It is due
when the converter is `lead` frames before the turn's first frame:

  lead > 0    render: the device holds `lead` frames when a turn begins, and `lead` + one period after it
  lead = 0    duplex and cables: a turn gives the frames that the converter passes next, and gets those that it passed in the last period
  lead < 0    capture: one period lies between a frame and the turn that brings it

A turn that comes so late that frames passed the converter unrendered (or, capturing, that the device's two periods were full) is an xrun: whole
periods are left out of the positions, which so stay on the time line.

Memory has two halves that take turns, as hosts' buffers move: adapters that remember an offset fail here and not first on JACK. */
final class VirtualLoop implements Loop {
    private static final long RETRY_NANOS = 100_000;

    private final VirtualDevice device;
    private final FrameSink sink;
    private final FrameSource source;
    private final StreamShape shape;
    private final int period;
    private final int lead;
    private final TurnBuffer turn;
    private final @Nullable Silence inputSilence;
    private final MemorySegment memory;
    private final long outputBytes;
    private final long inputBytes;
    private volatile @Nullable RawClient client;
    private volatile boolean lost;
    private volatile boolean ended;
    private volatile long position;
    private long frame;
    private volatile boolean starting;
    private volatile long base;
    private volatile long t0;
    private volatile double nanosPerFrame;
    private double ppm;
    private int half;
    private long seed = 0x9E3779B97F4A7C15L;

    VirtualLoop(VirtualDevice device, FrameSink sink, FrameSource source, StreamShape shape, int lead, Arena arena) {
        this.device = device;
        this.sink = sink;
        this.source = source;
        this.shape = shape;
        this.period = shape.periodFrames();
        this.lead = lead;
        this.turn = new TurnBuffer(shape);
        this.inputSilence =
                shape.input().map(format -> new Silence(format, period)).orElse(null);
        this.outputBytes = shape.output().map(this::sideBytes).orElse(0L);
        this.inputBytes = shape.input().map(this::sideBytes).orElse(0L);
        this.memory = arena.allocate(2 * (outputBytes + inputBytes), 64);
    }

    private long sideBytes(StreamFormat format) {
        return (long) format.frameBytes() * period;
    }

    /// Sets the converter going with its next frame as soon as the loop runs, as a device starts when its buffer has
    /// been filled: a thread that comes up slowly is no xrun. `[control-thread]`
    void begin(@Nullable RawClient newClient, long nextFrame) {
        client = newClient;
        ended = false;
        ppm = device.ppm();
        nanosPerFrame = 1e9 / (shape.rate() * (1 + ppm * 1e-6));
        moveTo(Math.max(frame, nextFrame));
        base = nextFrame;
        starting = true;
    }

    @AudioThread
    private void startConverter(long now) {
        t0 = now;
        double framesPerNano = shape.rate() * 1e-9;
        sink.begin(base, now, framesPerNano);
        source.begin(base, now, framesPerNano);
        starting = false;
    }

    /// No further turn: the endpoint is lost. `[any-thread]`
    void lose() {
        lost = true;
    }

    /// The position of the next turn's first frame.
    long position() {
        return position;
    }

    @AudioThread
    void moveTo(long next) {
        frame = next;
        position = next;
    }

    /// The frame that passes the converter, not beyond what was rendered.
    long converter(long now) {
        return Math.min(position, clock(now));
    }

    private long clock(long now) {
        return starting ? base : base + (long) Math.floor((now - t0) / nanosPerFrame + 1e-6);
    }

    private long instant(long frame) {
        return t0 + Math.round((frame - base) * nanosPerFrame);
    }

    @Override
    @AudioThread
    public long step(long now) {
        RawClient to = client;
        if (lost || ended || to == null) {
            return STOP;
        }
        if (starting) {
            startConverter(now);
            if (shape.paced() && instant(frame - lead) > now) {
                return instant(frame - lead);
            }
        }
        if (!shape.paced()) {
            if (!sink.hasRoom(period)) {
                return now + RETRY_NANOS;
            }
            return movePeriod(to, now, 0) ? now : STOP;
        }
        if (device.isStalled(now)) {
            return now + Math.round(period * nanosPerFrame);
        }
        followDrift(now);
        if (!source.isReady(frame, period) && clock(now) < frame - lead + period) {
            return now + RETRY_NANOS;
        }
        long gap = missedFrames(now);
        if (gap > 0) {
            sink.skip(frame, gap);
            moveTo(frame + gap);
        }
        return movePeriod(to, now, gap) ? next(now) : STOP;
    }

    /// How many frames, in whole periods, have passed that no turn has moved.
    @AudioThread
    private long missedFrames(long now) {
        long slack = Math.max(0, period - lead);
        long late = clock(now) - (frame + slack);
        return late <= 0 ? 0 : (late + period - 1) / period * period;
    }

    @AudioThread
    private long next(long now) {
        long due = instant(frame - lead);
        long jitter = device.jitter(now);
        if (jitter > 0) {
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            due += Math.floorMod(seed, jitter);
        }
        return due + device.takeLateness();
    }

    @AudioThread
    private void followDrift(long now) {
        double drift = device.ppm();
        if (drift != ppm) {
            base = clock(now);
            t0 = now;
            ppm = drift;
            nanosPerFrame = 1e9 / (shape.rate() * (1 + drift * 1e-6));
        }
    }

    /// Runs the turns of one period.
    ///
    /// @return whether the stream goes on
    @AudioThread
    private boolean movePeriod(RawClient to, long now, long gap) {
        int most = device.mostFrames(now, period);
        int left = period;
        long missing = gap;
        while (left > 0) {
            int frames = Math.min(left, most);
            prepareTurn(frames, missing);
            int counted = to.turn(turn);
            if (turn.hasOutput()) {
                sink.take(turn.output(), counted);
            }
            moveTo(frame + counted);
            left -= frames;
            missing = 0;
            if (counted < frames) {
                ended = true;
                return false;
            }
        }
        return true;
    }

    @AudioThread
    private void prepareTurn(int frames, long gap) {
        turn.begin(frames);
        half ^= 1;
        if (turn.hasOutput()) {
            TurnBuffer.SideBuffer output = turn.output();
            place(output, half * (outputBytes + inputBytes));
            mark(output, frame, gap);
        }
        if (turn.hasInput()) {
            TurnBuffer.SideBuffer input = turn.input();
            place(input, half * (outputBytes + inputBytes) + outputBytes);
            mark(input, frame - period - lead, gap);
            if (inputSilence != null) {
                inputSilence.fill(input, 0, frames);
            }
            source.give(input, frames);
        }
    }

    @AudioThread
    private void place(TurnBuffer.SideBuffer side, long offset) {
        StreamFormat format = side.format();
        if (!format.isPlanar()) {
            side.at(memory, offset);
            return;
        }
        for (int channel = 0; channel < format.channels(); channel++) {
            side.at(
                    channel,
                    memory,
                    offset + (long) channel * period * format.sample().bytes());
        }
    }

    /// Sets position, instant and marks of a side.
    ///
    /// @param atConverter the frame of the time line that the side's first frame is
    @AudioThread
    private void mark(TurnBuffer.SideBuffer side, long atConverter, long gap) {
        side.position(frame);
        if (shape.paced()) {
            side.time(instant(atConverter), 0);
        }
        if (gap > 0) {
            side.markXrun();
            side.markGap(gap);
        }
    }
}
