package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Events on their way from the threads of a host to a control thread: four longs each, one reader. Full, or
/// while another thread writes, it drops rather than waits. Allocates only in the constructor.
final class EventRing {
    private static final VarHandle TAIL;
    private static final VarHandle WRITING;
    static final int FIELDS = 4;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(EventRing.class, "tail", long.class);
            WRITING = lookup.findVarHandle(EventRing.class, "writing", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] slots;
    private final int mask;
    private volatile long head;

    @SuppressWarnings("unused") // through TAIL
    private long tail;

    @SuppressWarnings("unused") // through WRITING
    private int writing;

    /// @param capacity a power of two
    EventRing(int capacity) {
        slots = new long[capacity * FIELDS];
        mask = capacity - 1;
    }

    /// Adds an event.
    ///
    /// @return whether there was room
    @AudioThread
    boolean offer(int kind, long nanos, long position, long value) {
        if (!WRITING.compareAndSet(this, 0, 1)) {
            return false;
        }
        try {
            return write(kind, nanos, position, value);
        } finally {
            WRITING.setRelease(this, 0);
        }
    }

    @AudioThread
    private boolean write(int kind, long nanos, long position, long value) {
        long at = (long) TAIL.getOpaque(this);
        if (at - head > mask) {
            return false;
        }
        int slot = (int) (at & mask) * FIELDS;
        slots[slot] = kind;
        slots[slot + 1] = nanos;
        slots[slot + 2] = position;
        slots[slot + 3] = value;
        TAIL.setRelease(this, at + 1);
        return true;
    }

    /// Takes the oldest event.
    ///
    /// @param into four longs: kind, nanos, position, value
    /// @return whether there was one
    boolean poll(long[] into) {
        long at = head;
        if (at == (long) TAIL.getAcquire(this)) {
            return false;
        }
        System.arraycopy(slots, (int) (at & mask) * FIELDS, into, 0, FIELDS);
        head = at + 1;
        return true;
    }
}
