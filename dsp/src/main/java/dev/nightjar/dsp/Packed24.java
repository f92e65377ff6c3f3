package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Packs left-aligned samples into three bytes each, and back. A pair of samples is six bytes of an eight byte word:
/// words are first moved one by one, and then spread or packed by a loop that the compiler vectorises. Belongs to one
/// thread at a time; allocates only when built.
final class Packed24 {
    static final int BYTES = 3;
    private static final int PAIR = 2 * BYTES;
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final long FIRST = 0xffff_ff00L;
    private static final long SECOND = 0xffff_ff00_0000_0000L;

    private final boolean bigEndian;
    private final long[] words = new long[Container.BLOCK / 2];
    /// Left-aligned samples of four bytes.
    private final byte[] wide = new byte[Integer.BYTES * Container.BLOCK];
    /// The six bytes of a pair are accessed as eight, so there are two more than the samples have.
    private final MemorySegment scratch = Arena.ofAuto().allocate(BYTES * Container.BLOCK + 2, Long.BYTES);

    Packed24(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /// At most [Container#BLOCK] samples.
    void loadInts(MemorySegment in, long offset, int[] out, int first, int count, int mask) {
        load(in, offset, count);
        for (int i = 0; i < count; i++) {
            out[first + i] = (int) INTS.get(wide, 4 * i) & mask;
        }
    }

    /// At most [Container#BLOCK] samples.
    void loadFloats(MemorySegment in, long offset, float[] out, int first, int count, int mask) {
        load(in, offset, count);
        for (int i = 0; i < count; i++) {
            out[first + i] = ((int) INTS.get(wide, 4 * i) & mask) * Scaling.TO_FLOAT;
        }
    }

    /// At most [Container#BLOCK] samples.
    void storeInts(int[] in, int first, MemorySegment out, long offset, int count) {
        for (int i = 0; i < count; i++) {
            INTS.set(wide, 4 * i, in[first + i]);
        }
        store(out, offset, count);
    }

    /// At most [Container#BLOCK] samples, rounded to so many bits as [Scaling#toInts] does beyond its easy ones.
    void storeFloats(float[] in, int first, MemorySegment out, long offset, int count, int bits) {
        float scale = Scaling.scale(bits);
        double align = Scaling.align(bits);
        int mask = Scaling.mask(bits);
        for (int i = 0; i < count; i++) {
            INTS.set(wide, 4 * i, Scaling.toInt(in[first + i], scale, align, mask));
        }
        store(out, offset, count);
    }

    private void load(MemorySegment in, long offset, int count) {
        int direct = OffHeap.holds(in) ? direct(count) : 0;
        int pairs = (count + 1) / 2;
        if (direct > 0) {
            OffHeap.take(in, offset, PAIR, words, 0, direct);
        }
        int done = PAIR * direct;
        MemorySegment.copy(in, offset + done, scratch, 0, BYTES * count - done);
        OffHeap.take(scratch, 0, PAIR, words, direct, pairs - direct);
        if (bigEndian) {
            spreadBig(words, wide, pairs);
        } else {
            spread(words, wide, pairs);
        }
    }

    private void store(MemorySegment out, long offset, int count) {
        int direct = OffHeap.holds(out) ? direct(count) : 0;
        int pairs = (count + 1) / 2;
        if (bigEndian) {
            packBig(wide, words, pairs);
        } else {
            pack(wide, words, pairs);
        }
        if (direct > 0) {
            OffHeap.put(words, 0, out, offset, PAIR, direct);
        }
        OffHeap.put(words, direct, scratch, 0, PAIR, pairs - direct);
        int done = PAIR * direct;
        MemorySegment.copy(scratch, 0, out, offset + done, BYTES * count - done);
    }

    /// The pairs whose words of eight bytes end within so many samples.
    private static int direct(int count) {
        return Math.max(0, (BYTES * count - 2) / PAIR);
    }

    private static void spread(long[] words, byte[] wide, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long word = words[i];
            LONGS.set(wide, 8 * i, ((word & 0xff_ffff) << 8) | ((word << 16) & SECOND));
        }
    }

    private static void spreadBig(long[] words, byte[] wide, int pairs) {
        for (int i = 0; i < pairs; i++) {
            long word = Long.reverseBytes(words[i]);
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
            words[i] = Long.reverseBytes(((pair & FIRST) << 32) | ((pair & SECOND) >>> 24));
        }
    }
}
