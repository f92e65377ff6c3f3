package dev.nightjar.media.flac;

/// Turns residuals into samples, in place (RFC 9639 sections 9.2.5 and 9.2.6).
///
/// A sample needs the ones before it, so nothing is gained from vectors; what counts is the way from one sample
/// to the next. So the newest sample stays in a register, and coefficients are padded with 0 to 4, 8 or 12, for
/// which there are loops without an inner loop (a stream of the subset at 48 kHz has at most 12). The padding
/// reaches up to [#MAX_ORDER] samples before the block, which must be readable. Products are summed in 64 bits.
final class Predictor {
    static final int MAX_ORDER = 32;

    private Predictor() {}

    /// Restores `s[from, to)`, each of which holds a residual, from the `order` samples before `from`.
    /// Differences are summed modulo 2^32, which is exact because the samples fit.
    static void fixed(int order, int[] s, int from, int to) {
        switch (order) {
            case 0 -> {}
            case 1 -> fixed1(s, from, to);
            case 2 -> fixed2(s, from, to);
            case 3 -> fixed3(s, from, to);
            default -> fixed4(s, from, to);
        }
    }

    private static void fixed1(int[] s, int from, int to) {
        int value = s[from - 1];
        for (int i = from; i < to; i++) {
            value += s[i];
            s[i] = value;
        }
    }

    private static void fixed2(int[] s, int from, int to) {
        int value = s[from - 1];
        int slope = value - s[from - 2];
        for (int i = from; i < to; i++) {
            slope += s[i];
            value += slope;
            s[i] = value;
        }
    }

    private static void fixed3(int[] s, int from, int to) {
        int value = s[from - 1];
        int slope = value - s[from - 2];
        int bend = slope - (s[from - 2] - s[from - 3]);
        for (int i = from; i < to; i++) {
            bend += s[i];
            slope += bend;
            value += slope;
            s[i] = value;
        }
    }

    private static void fixed4(int[] s, int from, int to) {
        int value = s[from - 1];
        int slope = value - s[from - 2];
        int before = s[from - 2] - s[from - 3];
        int bend = slope - before;
        int twist = bend - (before - (s[from - 3] - s[from - 4]));
        for (int i = from; i < to; i++) {
            twist += s[i];
            bend += twist;
            slope += bend;
            value += slope;
            s[i] = value;
        }
    }

    /// Restores `s[from, to)` by linear prediction.
    ///
    /// @param c coefficients, that of the newest sample first, [#MAX_ORDER] of them, 0 from `order` on
    /// @param from at least [#MAX_ORDER]
    static void linear(int order, int[] c, int shift, int[] s, int from, int to) {
        if (order <= 4) {
            linear4(c, shift, s, from, to);
        } else if (order <= 8) {
            linear8(c, shift, s, from, to);
        } else if (order <= 12) {
            linear12(c, shift, s, from, to);
        } else {
            linear32(order, c, shift, s, from, to);
        }
    }

    private static void linear4(int[] c, int shift, int[] s, int from, int to) {
        long c0 = c[0];
        long c1 = c[1];
        long c2 = c[2];
        long c3 = c[3];
        long newest = s[from - 1];
        for (int i = from; i < to; i++) {
            long sum = c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2];
            newest = (int) (s[i] + ((sum + c0 * newest) >> shift));
            s[i] = (int) newest;
        }
    }

    private static void linear8(int[] c, int shift, int[] s, int from, int to) {
        long c0 = c[0];
        long c1 = c[1];
        long c2 = c[2];
        long c3 = c[3];
        long c4 = c[4];
        long c5 = c[5];
        long c6 = c[6];
        long c7 = c[7];
        long newest = s[from - 1];
        for (int i = from; i < to; i++) {
            long sum = c7 * s[i - 8] + c6 * s[i - 7] + c5 * s[i - 6] + c4 * s[i - 5];
            sum += c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2];
            newest = (int) (s[i] + ((sum + c0 * newest) >> shift));
            s[i] = (int) newest;
        }
    }

    private static void linear12(int[] c, int shift, int[] s, int from, int to) {
        long c0 = c[0];
        long c1 = c[1];
        long c2 = c[2];
        long c3 = c[3];
        long c4 = c[4];
        long c5 = c[5];
        long c6 = c[6];
        long c7 = c[7];
        long c8 = c[8];
        long c9 = c[9];
        long c10 = c[10];
        long c11 = c[11];
        long newest = s[from - 1];
        for (int i = from; i < to; i++) {
            long sum = c11 * s[i - 12] + c10 * s[i - 11] + c9 * s[i - 10] + c8 * s[i - 9];
            sum += c7 * s[i - 8] + c6 * s[i - 7] + c5 * s[i - 6] + c4 * s[i - 5];
            sum += c3 * s[i - 4] + c2 * s[i - 3] + c1 * s[i - 2];
            newest = (int) (s[i] + ((sum + c0 * newest) >> shift));
            s[i] = (int) newest;
        }
    }

    private static void linear32(int order, int[] c, int shift, int[] s, int from, int to) {
        for (int i = from; i < to; i++) {
            long sum = 0;
            for (int j = 0; j < order; j += 4) {
                sum += (long) c[j] * s[i - 1 - j] + (long) c[j + 1] * s[i - 2 - j];
                sum += (long) c[j + 2] * s[i - 3 - j] + (long) c[j + 3] * s[i - 4 - j];
            }
            s[i] += (int) (sum >> shift);
        }
    }

    /// As [#fixed], for samples of 33 bits.
    static void fixedWide(int order, long[] s, int from, int to) {
        for (int i = from; i < to; i++) {
            s[i] += switch (order) {
                case 0 -> 0;
                case 1 -> s[i - 1];
                case 2 -> 2 * s[i - 1] - s[i - 2];
                case 3 -> 3 * (s[i - 1] - s[i - 2]) + s[i - 3];
                default -> 4 * (s[i - 1] + s[i - 3]) - 6 * s[i - 2] - s[i - 4];
            };
        }
    }

    /// As [#linear], for samples of 33 bits.
    static void linearWide(int order, int[] c, int shift, long[] s, int from, int to) {
        for (int i = from; i < to; i++) {
            long sum = 0;
            for (int j = 0; j < order; j++) {
                sum += c[j] * s[i - 1 - j];
            }
            s[i] += sum >> shift;
        }
    }
}
