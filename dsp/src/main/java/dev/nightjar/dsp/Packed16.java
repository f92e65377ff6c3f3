package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Rounds values to 16 bits, little-endian, as [Scaling#toInts] does. The compiler vectorises no loop from `int` to
/// `short`, so the top halves of two left-aligned samples are packed from one `long`. Belongs to one thread at a time;
/// allocates only when built.
final class Packed16 {
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final byte[] wide = new byte[Integer.BYTES * Container.BLOCK];
    private final MemorySegment scratch = Arena.ofAuto().allocate(Short.BYTES * Container.BLOCK, Long.BYTES);

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /// At most [Container#BLOCK] samples.
    void storeFloats(float[] in, int first, MemorySegment out, long offset, int count) {
        float rounder = Scaling.rounder(Short.SIZE);
        for (int i = 0; i < count; i++) {
            float rounded = (in[first + i] + rounder) - rounder;
            INTS.set(wide, 4 * i, (int) (rounded * Scaling.FULL_SCALE));
        }
        int pairs = count / 2;
        if (OffHeap.holds(out)) {
            pack(wide, out, offset, pairs);
        } else {
            pack(wide, scratch, 0, pairs);
            MemorySegment.copy(scratch, 0, out, offset, 4L * pairs);
        }
        if (pairs * 2 < count) {
            int last = (int) INTS.get(wide, 4 * (count - 1));
            out.set(IntegerContainer.SHORT, offset + 2L * (count - 1), (short) (last >> 16));
        }
    }

    /// To memory of [OffHeap].
    private static void pack(byte[] wide, MemorySegment out, long offset, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long two = (long) LONGS.get(wide, 8 * i);
            int both = (int) (((two >>> 16) & 0xffff) | ((two >>> 32) & 0xffff_0000L));
            out.set(IntegerContainer.INT, offset + 4L * i, both);
        }
    }
}
