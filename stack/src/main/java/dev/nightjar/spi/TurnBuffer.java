package dev.nightjar.spi;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The turn that a driver fills in again and again. Allocates only in the constructor.
///
/// A driver whose host gives an address per turn keeps one segment over the memory that all of them are in, and
/// sets the offset: slicing would allocate.
public final class TurnBuffer implements RawTurn {
    private final @Nullable SideBuffer output;
    private final @Nullable SideBuffer input;
    private int frames;
    private int end = Integer.MAX_VALUE;

    /// @param shape gives the sides and their formats
    public TurnBuffer(StreamShape shape) {
        this(shape.output(), shape.input());
    }

    private TurnBuffer(Optional<StreamFormat> output, Optional<StreamFormat> input) {
        this.output = output.map(SideBuffer::new).orElse(null);
        this.input = input.map(SideBuffer::new).orElse(null);
    }

    /// A turn of `maxFrames` in memory of its own, for code that is to run before there is a host.
    public static TurnBuffer scratch(StreamShape shape) {
        TurnBuffer turn = new TurnBuffer(shape);
        turn.frames = shape.maxFrames();
        Stream.of(turn.output, turn.input).filter(Objects::nonNull).forEach(side -> side.allocate(shape.maxFrames()));
        return turn;
    }

    /// Begins a turn of so many frames without marks. `[audio-thread]`
    @AudioThread
    public void begin(int turnFrames) {
        frames = turnFrames;
        end = Integer.MAX_VALUE;
        if (output != null) {
            output.begin();
        }
        if (input != null) {
            input.begin();
        }
    }

    /// Marks, on both sides, frames that are missing right before this turn.
    @AudioThread
    public void markGap(long missingFrames) {
        if (output != null) {
            output.markGap(missingFrames);
        }
        if (input != null) {
            input.markGap(missingFrames);
        }
    }

    @Override
    @AudioThread
    public int counted() {
        return Math.min(frames, end);
    }

    @Override
    @AudioThread
    public int frames() {
        return frames;
    }

    @Override
    @AudioThread
    public void end(int afterFrames) {
        end = Math.max(0, Math.min(end, afterFrames));
    }

    @Override
    @AudioThread
    public boolean hasOutput() {
        return output != null;
    }

    @Override
    @AudioThread
    public boolean hasInput() {
        return input != null;
    }

    @Override
    @AudioThread
    public SideBuffer output() {
        if (output == null) {
            throw new IllegalStateException("this stream has no output");
        }
        return output;
    }

    @Override
    @AudioThread
    public SideBuffer input() {
        if (input == null) {
            throw new IllegalStateException("this stream has no input");
        }
        return input;
    }

    /// One side of the turn, with what a driver sets.
    public static final class SideBuffer implements RawTurn.Side {
        private final StreamFormat format;
        private final MemorySegment[] segments;
        private final long[] offsets;
        private long position;
        private long time = RawTurn.NO_TIME;
        private long uncertainty;
        private long gapFrames;
        private boolean xrun;
        private boolean filled;

        private SideBuffer(StreamFormat format) {
            this.format = format;
            this.segments = new MemorySegment[format.channels()];
            this.offsets = new long[format.channels()];
            Arrays.fill(segments, MemorySegment.NULL);
        }

        private void allocate(int maxFrames) {
            Arena arena = Arena.ofAuto();
            if (!format.isPlanar()) {
                at(arena.allocate((long) maxFrames * format.frameBytes(), 8), 0);
                return;
            }
            for (int channel = 0; channel < segments.length; channel++) {
                at(channel, arena.allocate((long) maxFrames * format.sample().bytes(), 8), 0);
            }
        }

        @AudioThread
        private void begin() {
            time = RawTurn.NO_TIME;
            uncertainty = 0;
            gapFrames = 0;
            xrun = false;
            filled = false;
        }

        /// Where the frames of an interleaved side begin.
        @AudioThread
        public void at(MemorySegment segment, long offset) {
            for (int channel = 0; channel < segments.length; channel++) {
                at(channel, segment, offset + (long) channel * format.sample().bytes());
            }
        }

        /// Where the samples of one channel begin.
        @AudioThread
        public void at(int channel, MemorySegment segment, long offset) {
            segments[channel] = segment;
            offsets[channel] = offset;
        }

        /// The position of the first frame.
        @AudioThread
        public void position(long framePosition) {
            position = framePosition;
        }

        /// When the first frame passes the converter, with half the width of the interval that holds the true
        /// instant.
        @AudioThread
        public void time(long nanos, long uncertaintyNanos) {
            time = nanos;
            uncertainty = uncertaintyNanos;
        }

        /// Marks a turn that came too late.
        @AudioThread
        public void markXrun() {
            xrun = true;
        }

        /// Marks frames that are missing right before this turn, which [#position] has left out.
        @AudioThread
        public void markGap(long missingFrames) {
            gapFrames = missingFrames;
        }

        /// Marks frames that the driver made up because the host delivered none.
        @AudioThread
        public void markFilled() {
            filled = true;
        }

        @Override
        @AudioThread
        public StreamFormat format() {
            return format;
        }

        @Override
        @AudioThread
        public MemorySegment segment(int channel) {
            return segments[channel];
        }

        @Override
        @AudioThread
        public long offset(int channel) {
            return offsets[channel];
        }

        @Override
        @AudioThread
        public long position() {
            return position;
        }

        @Override
        @AudioThread
        public long timeNanos() {
            return time;
        }

        @Override
        @AudioThread
        public long uncertaintyNanos() {
            return uncertainty;
        }

        @Override
        @AudioThread
        public long gapFrames() {
            return gapFrames;
        }

        @Override
        @AudioThread
        public boolean xrun() {
            return xrun;
        }

        @Override
        @AudioThread
        public boolean filled() {
            return filled;
        }
    }
}
