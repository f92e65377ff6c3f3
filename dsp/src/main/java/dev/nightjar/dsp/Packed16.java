package dev.nightjar.dsp;

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
    private final int[] pairs = new int[Container.BLOCK / 2];

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
        int whole = count / 2;
        pack(wide, pairs, whole);
        MemorySegment.copy(pairs, 0, out, IntegerContainer.INT, offset, whole);
        if (whole * 2 < count) {
            int last = (int) INTS.get(wide, 4 * (count - 1));
            out.set(IntegerContainer.SHORT, offset + 2L * (count - 1), (short) (last >> 16));
        }
    }

    private static void pack(byte[] wide, int[] pairs, int count) {
        for (int i = 0; i < count; i++) {
            long two = (long) LONGS.get(wide, 8 * i);
            pairs[i] = (int) (((two >>> 16) & 0xffff) | ((two >>> 32) & 0xffff_0000L));
        }
    }
}
