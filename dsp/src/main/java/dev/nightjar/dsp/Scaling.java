package dev.nightjar.dsp;

/// The arithmetic between sample values, over arrays. An integer sample is *left-aligned*: its valid bits are the top
/// ones of an `int`, so that full scale is 2^31 for every width.
final class Scaling {
    /// From a left-aligned sample to the value.
    static final float TO_FLOAT = 0x1p-31f;
    private static final double TO_DOUBLE = 0x1p-31;

    /// From a value to a left-aligned sample.
    static final float FULL_SCALE = 0x1p31f;

    /// Next to 1.5 * 2^23 a float has no fraction: what is added to it is rounded as IEEE 754 rounds, halves to even,
    /// up to a size of 2^22. A greater number stays greater.
    private static final float ROUNDER = 0x1.8p23f;

    /// The most bits that the rounder serves.
    static final int EASY_BITS = 22;

    private Scaling() {}

    static void widen(float[] in, int from, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = in[from + i];
        }
    }

    static void narrow(double[] in, int from, float[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = (float) in[from + i];
        }
    }

    static void toFloats(int[] in, float[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = in[i] * TO_FLOAT;
        }
    }

    static void toDoubles(int[] in, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = in[i] * TO_DOUBLE;
        }
    }

    /// Rounds to so many bits, halves to even; beyond full scale it saturates, and NaN is silence: a cast to `int`
    /// does so, and the greatest `int` has the greatest sample in its top bits.
    static void toInts(float[] in, int from, int[] out, int count, int bits) {
        if (bits <= EASY_BITS) {
            toFewInts(in, from, out, count, bits);
            return;
        }
        float scale = scale(bits);
        double align = align(bits);
        int mask = mask(bits);
        for (int i = 0; i < count; i++) {
            out[i] = toInt(in[from + i], scale, align, mask);
        }
    }

    static float scale(int bits) {
        return 1L << (bits - 1);
    }

    static double align(int bits) {
        return 1L << (Integer.SIZE - bits);
    }

    static int mask(int bits) {
        return -1 << (Integer.SIZE - bits);
    }

    /// One sample of [#toInts].
    static int toInt(float value, float scale, double align, int mask) {
        double steps = value * scale;
        return (int) (Math.rint(steps) * align) & mask;
    }

    private static void toFewInts(float[] in, int from, int[] out, int count, int bits) {
        float rounder = rounder(bits);
        int mask = mask(bits);
        for (int i = 0; i < count; i++) {
            float rounded = (in[from + i] + rounder) - rounder;
            out[i] = (int) (rounded * FULL_SCALE) & mask;
        }
    }

    /// What rounds a value to so many bits, at most 22, when it is added and taken away again.
    static float rounder(int bits) {
        return ROUNDER / (1 << (bits - 1));
    }

    /// As for floats.
    static void toInts(double[] in, int from, int[] out, int count, int bits) {
        double scale = 1L << (bits - 1);
        double align = align(bits);
        int mask = mask(bits);
        for (int i = 0; i < count; i++) {
            out[i] = (int) (Math.rint(in[from + i] * scale) * align) & mask;
        }
    }

    /// Rounds left-aligned samples to so many bits, 1 to 31, in place, halves to even; what would pass full scale
    /// stays there.
    static void round(int[] samples, int count, int bits) {
        int shift = Integer.SIZE - bits;
        int half = 1 << (shift - 1);
        int high = Integer.MAX_VALUE >> shift;
        for (int i = 0; i < count; i++) {
            int floor = samples[i] >> shift;
            int rest = samples[i] - (floor << shift);
            int up = rest > half - (floor & 1) ? 1 : 0;
            samples[i] = Math.min(floor + up, high) << shift;
        }
    }
}
