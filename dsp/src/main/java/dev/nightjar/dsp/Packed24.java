package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Packs left-aligned samples into three bytes each, and back. A pair of samples is six bytes of an eight byte word:
/// words are first moved one by one, and then spread or packed by a loop that the compiler vectorises. Stores go to
/// arrays and from there to memory in bulk, because a loop that stores to segments is slow once a program has used
/// segments of several kinds. Belongs to one thread at a time; allocates only when built.
final class Packed24 {
    static final int BYTES = 3;
    private static final VarHandle INTS = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS_BIG = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long FIRST = 0xffff_ff00L;
    private static final long SECOND = 0xffff_ff00_0000_0000L;

    private final boolean bigEndian;
    /// The six bytes of a pair are accessed as eight, so there are two more than the samples have.
    private final byte[] packed = new byte[3 * Container.BLOCK + 2];
    private final long[] words = new long[Container.BLOCK / 2];
    /// Left-aligned samples of four bytes.
    private final byte[] wide = new byte[4 * Container.BLOCK];
    private final MemorySegment wideMemory = MemorySegment.ofArray(wide);

    Packed24(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    /// At most [Container#BLOCK] samples.
    void loadInts(MemorySegment in, long offset, int[] out, int first, int count, int mask) {
        spread(in, offset, count);
        for (int i = 0; i < count; i++) {
            out[first + i] = (int) INTS.get(wide, 4 * i) & mask;
        }
    }

    /// At most [Container#BLOCK] samples.
    void loadFloats(MemorySegment in, long offset, float[] out, int first, int count, int mask) {
        spread(in, offset, count);
        for (int i = 0; i < count; i++) {
            out[first + i] = ((int) INTS.get(wide, 4 * i) & mask) * Scaling.TO_FLOAT;
        }
    }

    /// At most [Container#BLOCK] samples.
    void storeInts(int[] in, int first, MemorySegment out, long offset, int count) {
        MemorySegment.copy(in, first, wideMemory, IntegerContainer.INT, 0, count);
        int pairs = (count + 1) / 2;
        if (bigEndian) {
            packBig(wide, words, pairs);
            for (int i = 0; i < pairs; i++) {
                LONGS_BIG.set(packed, 6 * i, words[i]);
            }
        } else {
            pack(wide, words, pairs);
            for (int i = 0; i < pairs; i++) {
                LONGS.set(packed, 6 * i, words[i]);
            }
        }
        MemorySegment.copy(packed, 0, out, ValueLayout.JAVA_BYTE, offset, 3 * count);
    }

    private void spread(MemorySegment in, long offset, int count) {
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, offset, packed, 0, 3 * count);
        int pairs = (count + 1) / 2;
        if (bigEndian) {
            for (int i = 0; i < pairs; i++) {
                words[i] = (long) LONGS_BIG.get(packed, 6 * i);
            }
            spreadBig(words, wide, pairs);
        } else {
            for (int i = 0; i < pairs; i++) {
                words[i] = (long) LONGS.get(packed, 6 * i);
            }
            spread(words, wide, pairs);
        }
    }

    private static void spread(long[] words, byte[] wide, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long word = words[i];
            LONGS.set(wide, 8 * i, ((word & 0xff_ffff) << 8) | ((word << 16) & SECOND));
        }
    }

    private static void spreadBig(long[] words, byte[] wide, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long word = words[i];
            LONGS.set(wide, 8 * i, ((word >>> 32) & FIRST) | ((word << 24) & SECOND));
        }
    }

    private static void pack(byte[] wide, long[] words, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long pair = (long) LONGS.get(wide, 8 * i);
            words[i] = ((pair >>> 8) & 0xff_ffff) | ((pair & SECOND) >>> 16);
        }
    }

    private static void packBig(byte[] wide, long[] words, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long pair = (long) LONGS.get(wide, 8 * i);
            words[i] = ((pair & FIRST) << 32) | ((pair & SECOND) >>> 24);
        }
    }
}
