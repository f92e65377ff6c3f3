package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The inside of a cable: the frames on their way, by their index on a time line that all streams on the cable
/// share. One stream renders, any number capture. What was not rendered is silence.
final class Wire {
    private static final int MIN_FRAMES = 1 << 15;

    private volatile @Nullable StreamFormat format;
    private MemorySegment bytes = MemorySegment.NULL;
    private long capacity;
    private long epoch;
    private volatile boolean rendering;
    private volatile long from;
    private volatile long to;

    /// The format of the frames on the wire, once a stream has settled it.
    synchronized @Nullable StreamFormat format() {
        return format;
    }

    /// Settles format and time line for the first stream on the cable; the others are of the same format.
    /// `[control-thread]`
    synchronized void settle(StreamFormat first, int periodFrames, long now) {
        if (format == null) {
            format = first;
            capacity = Math.max(MIN_FRAMES, 4L * periodFrames);
            bytes = Arena.ofAuto().allocate(capacity * first.frameBytes(), 64);
            epoch = now;
            rendering = false;
            from = 0;
            to = 0;
        }
    }

    /// The last stream left: the next one settles anew. `[control-thread]`
    synchronized void release() {
        format = null;
        bytes = MemorySegment.NULL;
    }

    /// The index that passes the cable at an instant. `[audio-thread]`
    @AudioThread
    long indexAt(long nanos, double framesPerNano) {
        return Math.round((nanos - epoch) * framesPerNano);
    }

    /// A stream begins to render; the frames within these indexes are there already. `[audio-thread]`
    @AudioThread
    void begin(long firstIndex, long nextIndex) {
        from = firstIndex;
        to = nextIndex;
        rendering = true;
    }

    /// Puts frames where they pass later. `[audio-thread]`
    @AudioThread
    void move(long fromIndex, long toIndex, int frames) {
        StreamFormat of = format;
        if (of == null) {
            return;
        }
        long stride = of.strideBytes();
        int planes = of.isPlanar() ? of.channels() : 1;
        for (int frame = frames - 1; frame >= 0; frame--) {
            long source = Math.floorMod(fromIndex + frame, capacity);
            long target = Math.floorMod(toIndex + frame, capacity);
            for (int plane = 0; plane < planes; plane++) {
                long base = plane * capacity;
                MemorySegment.copy(bytes, (base + source) * stride, bytes, (base + target) * stride, stride);
            }
        }
    }

    /// It renders no more; what is on the wire stays for those who capture. `[control-thread]`
    void end() {
        rendering = false;
    }

    /// Whether frames up to this index are there, or will not come. `[audio-thread]`
    @AudioThread
    boolean isReadyTo(long index) {
        return !rendering || to >= index;
    }

    @AudioThread
    void write(RawTurn.Side side, long index, int frames) {
        copy(side, index, frames, true);
        to = index + frames;
    }

    /// Silence for frames that were never rendered. `[audio-thread]`
    @AudioThread
    void skip(long index, long frames) {
        from = index + frames;
        to = index + frames;
    }

    /// Fills what there is; the rest of the side is left as it is. `[audio-thread]`
    @AudioThread
    void read(RawTurn.Side side, long index, int frames) {
        long first = Math.max(index, Math.max(from, to - capacity));
        long last = Math.min(index + frames, to);
        if (first < last) {
            copyPart(side, (int) (first - index), first, (int) (last - first), false);
        }
    }

    @AudioThread
    private void copy(RawTurn.Side side, long index, int frames, boolean in) {
        copyPart(side, 0, index, frames, in);
    }

    @AudioThread
    private void copyPart(RawTurn.Side side, int firstFrame, long index, int frames, boolean in) {
        StreamFormat of = side.format();
        int planes = of.isPlanar() ? of.channels() : 1;
        long stride = of.strideBytes();
        int done = 0;
        while (done < frames) {
            long slot = Math.floorMod(index + done, capacity);
            int step = (int) Math.min(frames - done, capacity - slot);
            for (int plane = 0; plane < planes; plane++) {
                MemorySegment segment = side.segment(plane);
                long at = side.offset(plane) + (firstFrame + done) * stride;
                long onWire = (plane * capacity + slot) * stride;
                MemorySegment.copy(
                        in ? segment : bytes, in ? at : onWire, in ? bytes : segment, in ? onWire : at, step * stride);
            }
            done += step;
        }
    }
}
