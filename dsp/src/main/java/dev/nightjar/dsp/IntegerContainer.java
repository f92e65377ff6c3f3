package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Integer samples of one to four bytes. On the array side they are left-aligned, see [Scaling]; bits of a container
/// that are not valid are ignored when loading and zero (or the sign, in a low-aligned container) when storing.
final class IntegerContainer extends Container {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_BIG = LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int TOP_24 = 0xffff_ff00;
    private static final long TOP_24_LONG = 0xffff_ff00L;
    private static final float TO_FLOAT = 0x1p-31f;

    private final int bytes;
    private final int validBits;
    /// How far the valid bits are from the top.
    private final int shift;
    private final int mask;
    private final boolean bigEndian;
    private final int flip;
    private final @Nullable Quantizer quantizer;
    private final int[] ints = new int[BLOCK];
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
        this.flip = sample.coding() == SampleFormat.Coding.UNSIGNED ? Integer.MIN_VALUE : 0;
    }

    void loadInts(MemorySegment in, long offset, int[] out, int first, int count) {
        switch (bytes) {
            case 1 -> load8(in, offset, out, first, count);
            case 2 -> load16(in, offset, out, first, count);
            case 3 -> load24(in, offset, out, first, count);
            default -> load32(in, offset, out, first, count);
        }
    }

    void storeInts(int[] in, int first, MemorySegment out, long offset, int count) {
        switch (bytes) {
            case 1 -> store8(in, first, out, offset, count);
            case 2 -> store16(in, first, out, offset, count);
            case 3 -> store24(in, first, out, offset, count);
            default -> store32(in, first, out, offset, count);
        }
    }

    @Override
    void loadFloats(MemorySegment in, long offset, float[] out, int first, int count) {
        if (isWhole(Short.BYTES)) {
            floats16(in, offset, out, first, count);
        } else if (bytes == Integer.BYTES && !bigEndian) {
            floats32(in, offset, out, first, count);
        } else {
            for (int done = 0; done < count; done += BLOCK) {
                int n = Math.min(BLOCK, count - done);
                loadInts(in, offset + (long) done * bytes, ints, 0, n);
                Scaling.toFloats(ints, out, first + done, n);
            }
        }
    }

    private static void floats16(MemorySegment in, long offset, float[] out, int first, int count) {
        for (int i = 0; i < count; i++) {
            out[first + i] = in.get(SHORT, offset + 2L * i) * 0x1p-15f;
        }
    }

    private void floats32(MemorySegment in, long offset, float[] out, int first, int count) {
        int keep = mask;
        int up = shift;
        for (int i = 0; i < count; i++) {
            out[first + i] = ((in.get(INT, offset + 4L * i) << up) & keep) * TO_FLOAT;
        }
    }

    @Override
    void storeFloats(float[] in, int first, MemorySegment out, long offset, int count) {
        if (isWhole(Short.BYTES) && quantizer == null) {
            shorts(in, first, out, offset, count);
        } else if (isWhole(Integer.BYTES) && quantizer == null) {
            ints(in, first, out, offset, count);
        } else {
            for (int done = 0; done < count; done += BLOCK) {
                int n = Math.min(BLOCK, count - done);
                toInts(in, first + done, n);
                storeInts(ints, 0, out, offset + (long) done * bytes, n);
            }
        }
    }

    /// Whether this is a little-endian container of so many bytes, all bits valid.
    private boolean isWhole(int size) {
        return bytes == size && validBits == Byte.SIZE * size && !bigEndian;
    }

    private static void shorts(float[] in, int first, MemorySegment out, long offset, int count) {
        for (int i = 0; i < count; i++) {
            float value = Scaling.rounded(in[first + i] * 0x1p15f);
            out.set(SHORT, offset + 2L * i, (short) (int) Math.min(Math.max(value, -0x1p15f), 0x1p15f - 1));
        }
    }

    private static void ints(float[] in, int first, MemorySegment out, long offset, int count) {
        for (int i = 0; i < count; i++) {
            out.set(INT, offset + 4L * i, (int) Math.rint(in[first + i] * 0x1p31));
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
        int keep = mask;
        boolean swap = bigEndian;
        for (int i = 0; i < count; i++) {
            short raw = in.get(SHORT, offset + 2L * i);
            out[first + i] = ((swap ? Short.reverseBytes(raw) : raw) << 16) & keep;
        }
    }

    private void store16(int[] in, int first, MemorySegment out, long offset, int count) {
        boolean swap = bigEndian;
        for (int i = 0; i < count; i++) {
            short sample = (short) (in[first + i] >> 16);
            out.set(SHORT, offset + 2L * i, swap ? Short.reverseBytes(sample) : sample);
        }
    }

    private void load24(MemorySegment in, long offset, int[] out, int first, int count) {
        int keep = mask;
        int pairs = pairs(count);
        if (bigEndian) {
            for (int i = 0; i < pairs; i++) {
                long raw = in.get(LONG_BIG, offset + 6L * i);
                out[first + 2 * i] = (int) (raw >> 32) & keep;
                out[first + 2 * i + 1] = (int) (raw >> 8) & keep;
            }
        } else {
            for (int i = 0; i < pairs; i++) {
                long raw = in.get(LONG, offset + 6L * i);
                out[first + 2 * i] = ((int) raw << 8) & keep;
                out[first + 2 * i + 1] = (int) (raw >> 16) & keep;
            }
        }
        for (int i = 2 * pairs; i < count; i++) {
            int low = in.get(SHORT, offset + 3L * i) & 0xffff;
            int raw = low | (in.get(BYTE, offset + 3L * i + 2) << 16);
            out[first + i] = (bigEndian ? Integer.reverseBytes(raw) : raw << 8) & keep;
        }
    }

    /// How many pairs of 24-bit samples, 6 bytes each, can be accessed as 8 bytes without passing the end.
    private static int pairs(int count) {
        return Math.max(0, (count - 1) / 2);
    }

    private void store24(int[] in, int first, MemorySegment out, long offset, int count) {
        int pairs = pairs(count);
        if (bigEndian) {
            for (int i = 0; i < pairs; i++) {
                long high = (long) (in[first + 2 * i] & TOP_24) << 32;
                out.set(LONG_BIG, offset + 6L * i, high | (in[first + 2 * i + 1] & TOP_24_LONG) << 8);
            }
        } else {
            for (int i = 0; i < pairs; i++) {
                int low = in[first + 2 * i] >>> 8;
                out.set(LONG, offset + 6L * i, low | (long) (in[first + 2 * i + 1] & TOP_24) << 16);
            }
        }
        for (int i = 2 * pairs; i < count; i++) {
            int raw = bigEndian ? Integer.reverseBytes(in[first + i]) : in[first + i] >> 8;
            out.set(SHORT, offset + 3L * i, (short) raw);
            out.set(BYTE, offset + 3L * i + 2, (byte) (raw >> 16));
        }
    }

    private void load32(MemorySegment in, long offset, int[] out, int first, int count) {
        int keep = mask;
        int up = shift;
        boolean swap = bigEndian;
        for (int i = 0; i < count; i++) {
            int raw = in.get(INT, offset + 4L * i);
            out[first + i] = ((swap ? Integer.reverseBytes(raw) : raw) << up) & keep;
        }
    }

    private void store32(int[] in, int first, MemorySegment out, long offset, int count) {
        int down = shift;
        boolean swap = bigEndian;
        for (int i = 0; i < count; i++) {
            int sample = in[first + i] >> down;
            out.set(INT, offset + 4L * i, swap ? Integer.reverseBytes(sample) : sample);
        }
    }
}
