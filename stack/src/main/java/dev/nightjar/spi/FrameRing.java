package dev.nightjar.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Frames on their way between two threads: one writes, one reads, nobody waits. Allocates only in the
/// constructor.
///
/// Both ends count frames from 0 on and never wrap; the bytes of frame `n` are at `n mod capacity`.
public final class FrameRing {
    private static final VarHandle WRITTEN;
    private static final VarHandle READ;
    private static final VarHandle FLUSHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WRITTEN = lookup.findVarHandle(FrameRing.class, "written", long.class);
            READ = lookup.findVarHandle(FrameRing.class, "read", long.class);
            FLUSHED = lookup.findVarHandle(FrameRing.class, "flushed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MemorySegment bytes;
    private final int frameBytes;
    private final int capacity;

    @SuppressWarnings("unused") // through WRITTEN
    private long written;

    @SuppressWarnings("unused") // through READ
    private long read;

    @SuppressWarnings("unused") // through FLUSHED
    private long flushed;

    /// @param frameBytes the size of a frame, 1 or more
    /// @param capacityFrames how many it holds, 1 or more
    public FrameRing(int frameBytes, int capacityFrames) {
        if (frameBytes < 1 || capacityFrames < 1) {
            throw new IllegalArgumentException(
                    "a ring holds frames, frameBytes=" + frameBytes + ", capacityFrames=" + capacityFrames);
        }
        this.frameBytes = frameBytes;
        this.capacity = capacityFrames;
        this.bytes = Arena.ofAuto().allocate((long) frameBytes * capacityFrames, 64);
    }

    /// How many frames it holds.
    @AnyThread
    public int capacity() {
        return capacity;
    }

    /// How many frames can be read now.
    @AnyThread
    public int readable() {
        long from = Math.max((long) READ.getAcquire(this), (long) FLUSHED.getAcquire(this));
        return Math.clamp((long) WRITTEN.getAcquire(this) - from, 0, capacity);
    }

    /// How many frames can be written now. Flushed frames make room when the reader comes by.
    @AnyThread
    public int writable() {
        return Math.clamp(capacity - ((long) WRITTEN.getAcquire(this) - (long) READ.getAcquire(this)), 0, capacity);
    }

    /// How many frames were ever written.
    @AnyThread
    public long framesWritten() {
        return (long) WRITTEN.getAcquire(this);
    }

    /// How many frames were ever read or flushed; flushed ones count when the reader comes by.
    @AnyThread
    public long framesRead() {
        return (long) READ.getAcquire(this);
    }

    /// Writes as many frames as there is room for. Called by one thread at a time.
    ///
    /// @return how many were written
    @AudioThread
    public int write(MemorySegment from, long offset, int frames) {
        int count = Math.min(frames, writable());
        long at = (long) WRITTEN.getOpaque(this);
        int start = (int) (at % capacity);
        int first = Math.min(count, capacity - start);
        MemorySegment.copy(from, offset, bytes, (long) start * frameBytes, (long) first * frameBytes);
        MemorySegment.copy(from, offset + (long) first * frameBytes, bytes, 0, (long) (count - first) * frameBytes);
        WRITTEN.setRelease(this, at + count);
        return count;
    }

    /// Reads as many frames as there are. Called by one thread at a time.
    ///
    /// @return how many were read
    @AudioThread
    public int read(MemorySegment into, long offset, int frames) {
        long at = Math.max((long) READ.getOpaque(this), (long) FLUSHED.getAcquire(this));
        int count = (int) Math.min(frames, (long) WRITTEN.getAcquire(this) - at);
        int start = (int) (at % capacity);
        int first = Math.min(count, capacity - start);
        MemorySegment.copy(bytes, (long) start * frameBytes, into, offset, (long) first * frameBytes);
        MemorySegment.copy(bytes, 0, into, offset + (long) first * frameBytes, (long) (count - first) * frameBytes);
        READ.setRelease(this, at + count);
        return count;
    }

    /// Discards what was written so far; done by the reader at its next read. A read that is under way still gets
    /// its frames, and they are counted as discarded.
    ///
    /// @return how many frames will not be read
    @AnyThread
    public int flush() {
        long to = (long) WRITTEN.getAcquire(this);
        long from;
        long before;
        do {
            from = (long) READ.getAcquire(this);
            before = (long) FLUSHED.getAcquire(this);
        } while (before < to && !FLUSHED.compareAndSet(this, before, to));
        return (int) Math.max(0, to - Math.max(from, before));
    }
}
