package dev.nightjar.media.flac;

import java.util.Arrays;

/// How the test writer codes one channel of a frame (RFC 9639 section 9.2). The arithmetic is that of the format's
/// definition, in 64 bits throughout, and shares nothing with the decoder.
sealed interface Subframe {
    /// All samples are the first one.
    record Constant() implements Subframe {}

    record Verbatim() implements Subframe {}

    record Fixed(int order, Residual residual) implements Subframe {}

    /// A sum of products of the samples before.
    ///
    /// @param coefficients that of the newest sample first
    record Linear(
            @SuppressWarnings("ArrayRecordComponent") int[] coefficients, int precision, int shift, Residual residual)
            implements Subframe {}

    /// The shape of a legal subframe with other bits in the place of its type.
    record Typed(int type, Subframe shape) implements Subframe {}

    /// The lowest `bits` bits of all samples are 0 and left out.
    record Wasted(int bits, Subframe shape) implements Subframe {}

    /// The residual code (RFC 9639 section 9.2.7).
    ///
    /// @param method 0 for parameters of 4 bits, 1 for 5; others are reserved
    /// @param partitionOrder the logarithm of the number of partitions
    /// @param parameter of all partitions, [#BEST] or [#ESCAPED]
    record Residual(int method, int partitionOrder, int parameter) {
        /// The parameter that is shortest for the partition.
        static final int BEST = -1;
        /// Numbers of a fixed width instead of a Rice code, as narrow as they may be.
        static final int ESCAPED = -2;

        static Residual best(int partitionOrder) {
            return new Residual(1, partitionOrder, BEST);
        }

        private void write(BitWriter out, long[] residuals, int order) {
            out.bits(method, 2).bits(partitionOrder, 4);
            int size = residuals.length >> partitionOrder;
            for (int partition = 0; partition < 1 << partitionOrder; partition++) {
                int from = Math.max(order, partition * size);
                write(out, Arrays.copyOfRange(residuals, from, Math.max(from, (partition + 1) * size)));
            }
        }

        private void write(BitWriter out, long[] partition) {
            int parameterBits = 4 + (method & 1);
            if (parameter == ESCAPED) {
                int width = width(partition);
                out.bits((1 << parameterBits) - 1, parameterBits).bits(width, 5);
                Arrays.stream(partition).forEach(value -> out.bits(value, width));
                return;
            }
            int chosen = parameter == BEST ? best(partition, (1 << parameterBits) - 2) : parameter;
            out.bits(chosen, parameterBits);
            for (long value : partition) {
                long code = (value << 1) ^ (value >> 63);
                out.unary(code >>> chosen).bits(code, chosen);
            }
        }

        private static int best(long[] partition, int most) {
            double mean = Arrays.stream(partition).map(Math::abs).average().orElse(0);
            return Math.clamp(Math.round(Math.log(mean + 1) / Math.log(2)), 0, most);
        }

        private static int width(long[] partition) {
            long reach = Arrays.stream(partition)
                    .map(value -> value < 0 ? ~value : value)
                    .max()
                    .orElse(0);
            boolean zero = Arrays.stream(partition).allMatch(value -> value == 0);
            return zero ? 0 : 65 - Long.numberOfLeadingZeros(reach);
        }
    }

    /// Writes the subframe.
    ///
    /// @param depth bits of a sample
    default void write(BitWriter out, long[] samples, int depth) {
        Subframe shape = this;
        int type = -1;
        int wasted = 0;
        while (shape instanceof Typed || shape instanceof Wasted) {
            if (shape instanceof Typed typed) {
                type = typed.type;
                shape = typed.shape;
            } else if (shape instanceof Wasted some) {
                wasted = some.bits;
                shape = some.shape;
            }
        }
        out.bits(type < 0 ? shape.type() : type, 7).bits(wasted > 0 ? 1 : 0, 1);
        if (wasted > 0) {
            out.unary(wasted - 1);
        }
        int dropped = wasted;
        shape.body(out, Arrays.stream(samples).map(value -> value >> dropped).toArray(), depth - wasted);
    }

    private int type() {
        return switch (this) {
            case Constant _ -> 0;
            case Verbatim _ -> 1;
            case Fixed fixed -> 8 + fixed.order;
            case Linear linear -> 31 + linear.coefficients.length;
            case Typed _, Wasted _ -> throw new AssertionError("unwrapped before");
        };
    }

    private void body(BitWriter out, long[] samples, int width) {
        switch (this) {
            case Constant _ -> out.bits(samples[0], width);
            case Verbatim _ -> Arrays.stream(samples).forEach(value -> out.bits(value, width));
            case Fixed fixed -> {
                warmUp(out, samples, width, fixed.order);
                fixed.residual.write(out, differences(samples, fixed.order), fixed.order);
            }
            case Linear linear -> {
                int order = linear.coefficients.length;
                warmUp(out, samples, width, order);
                out.bits(linear.precision - 1, 4).bits(linear.shift, 5);
                Arrays.stream(linear.coefficients).forEach(value -> out.bits(value, linear.precision));
                linear.residual.write(out, errors(samples, linear), order);
            }
            case Typed _, Wasted _ -> throw new AssertionError("unwrapped before");
        }
    }

    private static void warmUp(BitWriter out, long[] samples, int width, int order) {
        for (int i = 0; i < Math.min(order, samples.length); i++) {
            out.bits(samples[i], width);
        }
    }

    private static long[] differences(long[] samples, int order) {
        long[] now = samples.clone();
        for (int step = 0; step < order; step++) {
            for (int i = now.length - 1; i > 0; i--) {
                now[i] -= now[i - 1];
            }
        }
        return now;
    }

    private static long[] errors(long[] samples, Linear linear) {
        long[] errors = samples.clone();
        for (int i = linear.coefficients.length; i < samples.length; i++) {
            long sum = 0;
            for (int j = 0; j < linear.coefficients.length; j++) {
                sum += linear.coefficients[j] * samples[i - 1 - j];
            }
            errors[i] -= sum >> linear.shift;
        }
        return errors;
    }
}
