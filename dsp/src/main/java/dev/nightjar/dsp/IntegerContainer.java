package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Integer samples of one to four bytes. On the array side they are left-aligned, see [Scaling]; bits of a container
/// that are not valid are ignored when loading and zero (or the sign, in a low-aligned container) when storing.
final class IntegerContainer extends Container {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;
    private final int validBits;
    /// How far the valid bits are from the top.
    private final int shift;
    private final int mask;
    private final boolean bigEndian;
    private final int flip;
    private final ValueLayout.OfShort shortLayout;
    private final ValueLayout.OfInt intLayout;
    private final @Nullable Quantizer quantizer;
    private final int[] ints = new int[BLOCK];
    private final short[] shorts;
    private final @Nullable Packed24 packed24;
    private final @Nullable Packed16 packed16;
    /// Where 16 or 32 bits of memory that is not of [OffHeap] are copied.
    private final MemorySegment scratch;
    private final double[] doubles;

    /// @param quantizer how floating values are rounded; null for the nearest, halves to even
    IntegerContainer(StreamFormat format, @Nullable Quantizer quantizer) {
        SampleFormat sample = format.sample();
        this.bytes = sample.bytes();
        this.validBits = format.validBits();
        this.quantizer = quantizer;
        this.doubles = new double[quantizer == null ? 0 : BLOCK];
        this.shift = sample.alignment() == SampleFormat.Alignment.LOW ? Integer.SIZE - validBits : 0;
        this.mask = -1 << (Integer.SIZE - validBits);
        this.bigEndian = sample.order() == ByteOrder.BIG_ENDIAN;
        this.shortLayout = SHORT.withOrder(sample.order());
        this.intLayout = INT.withOrder(sample.order());
        this.shorts = new short[bytes == Short.BYTES ? BLOCK : 0];
        this.packed24 = bytes == Packed24.BYTES ? new Packed24(sample.order()) : null;
        boolean whole16 = bytes == Short.BYTES && validBits == Short.SIZE && !bigEndian;
        this.packed16 = whole16 && quantizer == null ? new Packed16() : null;
        this.scratch = Arena.ofAuto().allocate((long) bytes * BLOCK, Long.BYTES);
        this.flip = sample.coding() == SampleFormat.Coding.UNSIGNED ? Integer.MIN_VALUE : 0;
    }

    /// At most [#BLOCK] samples.
    void loadInts(MemorySegment in, long offset, int[] out, int first, int count) {
        if (packed24 != null) {
            packed24.loadInts(in, offset, out, first, count, mask);
        } else if (bytes == Byte.BYTES) {
            load8(in, offset, out, first, count);
        } else if (bytes == Short.BYTES) {
            load16(in, offset, out, first, count);
        } else {
            load32(in, offset, out, first, count);
        }
    }

    /// At most [#BLOCK] samples.
    void storeInts(int[] in, int first, MemorySegment out, long offset, int count) {
        if (packed24 != null) {
            packed24.storeInts(in, first, out, offset, count);
        } else if (bytes == Byte.BYTES) {
            store8(in, first, out, offset, count);
        } else if (bytes == Short.BYTES) {
            store16(in, first, out, offset, count);
        } else {
            store32(in, first, out, offset, count);
        }
    }

    @Override
    void loadFloats(MemorySegment in, long offset, float[] out, int first, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            long at = offset + (long) done * bytes;
            if (packed24 != null) {
                packed24.loadFloats(in, at, out, first + done, n, mask);
            } else if (bytes == Byte.BYTES || validBits < bytes * Byte.SIZE) {
                loadInts(in, at, ints, 0, n);
                Scaling.toFloats(ints, out, first + done, n);
            } else if (OffHeap.holds(in) && !bigEndian) {
                scale(in, at, out, first + done, n);
            } else {
                fetch(in, at, n);
                scale(scratch, 0, out, first + done, n);
            }
        }
    }

    private void scale(MemorySegment in, long offset, float[] out, int first, int count) {
        if (bytes == Short.BYTES) {
            OffHeap.load16(in, offset, out, first, count);
        } else {
            OffHeap.load32(in, offset, out, first, count);
        }
    }

    /// Copies to little-endian scratch memory.
    private void fetch(MemorySegment in, long offset, int count) {
        if (bytes == Short.BYTES) {
            MemorySegment.copy(in, shortLayout, offset, scratch, SHORT, 0, count);
        } else {
            MemorySegment.copy(in, intLayout, offset, scratch, INT, 0, count);
        }
    }

    @Override
    void storeFloats(float[] in, int first, MemorySegment out, long offset, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            long at = offset + (long) done * bytes;
            if (packed16 != null) {
                packed16.storeFloats(in, first + done, out, at, n);
            } else if (packed24 != null && quantizer == null && validBits > Scaling.EASY_BITS) {
                packed24.storeFloats(in, first + done, out, at, n, validBits);
            } else if (quantizer == null && validBits == Integer.SIZE && !bigEndian && OffHeap.holds(out)) {
                OffHeap.store32(in, first + done, out, at, n);
            } else {
                toInts(in, first + done, n);
                storeInts(ints, 0, out, at, n);
            }
        }
    }

    @Override
    void loadDoubles(MemorySegment in, long offset, double[] out, int first, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            loadInts(in, offset + (long) done * bytes, ints, 0, n);
            Scaling.toDoubles(ints, out, first + done, n);
        }
    }

    @Override
    void storeDoubles(double[] in, int first, MemorySegment out, long offset, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            toInts(in, first + done, n);
            storeInts(ints, 0, out, offset + (long) done * bytes, n);
        }
    }

    private void toInts(float[] in, int first, int count) {
        if (quantizer == null) {
            Scaling.toInts(in, first, ints, count, validBits);
        } else {
            Scaling.widen(in, first, doubles, 0, count);
            quantizer.quantize(doubles, 0, ints, count);
        }
    }

    private void toInts(double[] in, int first, int count) {
        if (quantizer == null) {
            Scaling.toInts(in, first, ints, count, validBits);
        } else {
            quantizer.quantize(in, first, ints, count);
        }
    }

    private void load8(MemorySegment in, long offset, int[] out, int first, int count) {
        int keep = mask;
        int turn = flip;
        for (int i = 0; i < count; i++) {
            out[first + i] = ((in.get(BYTE, offset + i) << 24) ^ turn) & keep;
        }
    }

    private void store8(int[] in, int first, MemorySegment out, long offset, int count) {
        int turn = flip;
        for (int i = 0; i < count; i++) {
            out.set(BYTE, offset + i, (byte) ((in[first + i] ^ turn) >> 24));
        }
    }

    private void load16(MemorySegment in, long offset, int[] out, int first, int count) {
        MemorySegment.copy(in, shortLayout, offset, shorts, 0, count);
        int keep = mask;
        for (int i = 0; i < count; i++) {
            out[first + i] = (shorts[i] << 16) & keep;
        }
    }

    private void store16(int[] in, int first, MemorySegment out, long offset, int count) {
        for (int i = 0; i < count; i++) {
            shorts[i] = (short) (in[first + i] >> 16);
        }
        MemorySegment.copy(shorts, 0, out, shortLayout, offset, count);
    }

    private void load32(MemorySegment in, long offset, int[] out, int first, int count) {
        MemorySegment.copy(in, intLayout, offset, out, first, count);
        int keep = mask;
        int up = shift;
        if (keep == -1) {
            return;
        }
        for (int i = first; i < first + count; i++) {
            out[i] = (out[i] << up) & keep;
        }
    }

    private void store32(int[] in, int first, MemorySegment out, long offset, int count) {
        int down = shift;
        if (down == 0) {
            MemorySegment.copy(in, first, out, intLayout, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            ints[i] = in[first + i] >> down;
        }
        MemorySegment.copy(ints, 0, out, intLayout, offset, count);
    }
}
