package dev.nightjar.dsp;

/// Rounds samples to fewer bits with dither. Each channel has its own noise and its own memory of errors; the same
/// input gives the same output every time, since the seeds are fixed. A block of several channels is interleaved; a
/// plane is a block of one channel.
final class Quantizer {
    /// Lipshitz, Vanderkooy, Wannamaker 1991, table of the five coefficient filter for 44.1 kHz.
    private static final double[] E_WEIGHTED = {2.033, -2.165, 1.959, -1.590, 0.6149};

    /// 1 - (1 - 1/z)^2.
    private static final double[] SECOND_ORDER = {2, -1, 0, 0, 0};

    private static final int TAPS = E_WEIGHTED.length;

    private final int bits;
    private final double[] filter;
    private final long[] noise;
    private final double[][] errors;

    /// For so many interleaved channels of a stream, of which the first has an index in it.
    Quantizer(StreamFormat to, Dither dither, int firstChannel, int channels) {
        bits = to.validBits();
        filter = filter(to.rate(), dither);
        noise = new long[channels];
        errors = new double[channels][TAPS];
        for (int c = 0; c < channels; c++) {
            noise[c] = (firstChannel + c + 1) * 0x9E37_79B9_7F4A_7C15L;
        }
    }

    private static double[] filter(int rate, Dither dither) {
        if (dither != Dither.SHAPED || rate < 40_000) {
            return new double[0];
        }
        return rate <= 56_000 ? E_WEIGHTED : SECOND_ORDER;
    }

    /// Whole frames, interleaved when there are several channels.
    void quantize(double[] in, int from, int[] out, int count) {
        for (int c = 0; c < noise.length; c++) {
            if (filter.length == 0) {
                flat(in, from, out, count, c);
            } else {
                shaped(in, from, out, count, c);
            }
        }
    }

    private void flat(double[] in, int from, int[] out, int count, int channel) {
        double scale = 1L << (bits - 1);
        int shift = Integer.SIZE - bits;
        int stride = noise.length;
        long state = noise[channel];
        for (int i = channel; i < count; i += stride) {
            state = next(state);
            out[i] = saturated(in[from + i] * scale + triangular(state), scale) << shift;
        }
        noise[channel] = state;
    }

    private void shaped(double[] in, int from, int[] out, int count, int channel) {
        double scale = 1L << (bits - 1);
        int shift = Integer.SIZE - bits;
        int stride = noise.length;
        double[] e = errors[channel];
        double[] c = filter;
        long state = noise[channel];
        for (int i = channel; i < count; i += stride) {
            state = next(state);
            double fedBack = c[0] * e[0] + c[1] * e[1] + c[2] * e[2] + c[3] * e[3] + c[4] * e[4];
            double wish = bounded(in[from + i] * scale, scale) - fedBack;
            double value = Math.rint(wish + triangular(state));
            e[4] = e[3];
            e[3] = e[2];
            e[2] = e[1];
            e[1] = e[0];
            e[0] = value - wish;
            out[i] = saturated(value, scale) << shift;
        }
        noise[channel] = state;
    }

    /// Keeps infinities and NaN out of the memory of errors.
    private static double bounded(double value, double scale) {
        return value >= -2 * scale && value <= 2 * scale ? value : value > 0 ? 2 * scale : value < 0 ? -2 * scale : 0;
    }

    private static int saturated(double value, double scale) {
        return (int) Math.min(Math.max(Math.rint(value), -scale), scale - 1);
    }

    /// Marsaglia's xorshift with shifts 13, 7 and 17.
    private static long next(long state) {
        long x = state ^ (state << 13);
        x ^= x >>> 7;
        return x ^ (x << 17);
    }

    /// The sum of two uniform numbers of one step each: triangular in (-1, 1).
    private static double triangular(long state) {
        return ((state >> 32) + (int) state) * 0x1p-32;
    }
}
