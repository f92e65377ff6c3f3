package dev.nightjar.media.flac;

import java.util.Arrays;

/// Decodes subframes: one channel of one frame (RFC 9639 section 9.2).
///
/// Blocks begin at index [Predictor#MAX_ORDER] of their arrays. Not thread-safe. Grows one array, to the longest
/// block of 33 bits.
final class SubframeDecoder {
    private static final int START = Predictor.MAX_ORDER;

    private final BitReader bits;
    private final int[] coefficients = new int[Predictor.MAX_ORDER];
    private int[] residuals = new int[0];

    SubframeDecoder(BitReader bits) {
        this.bits = bits;
    }

    /// Decodes a block of samples of up to 32 bits.
    ///
    /// @param depth bits of a sample, one more than the stream's for a side channel
    void decode(int depth, int[] into, int blockSize) throws BadFrame {
        int type = type();
        int wasted = wasted(depth);
        int width = depth - wasted;
        int end = START + blockSize;
        switch (kind(type)) {
            case CONSTANT -> Arrays.fill(into, START, end, (int) bits.signed(width));
            case VERBATIM -> bits.signed(width, into, START, end);
            case FIXED -> {
                int order = warmUp(type & 7, width, into, blockSize);
                residual(order, into, START, blockSize);
                Predictor.fixed(order, into, START + order, end);
            }
            case LINEAR -> {
                int order = warmUp((type & 31) + 1, width, into, blockSize);
                int shift = coefficients(order);
                residual(order, into, START, blockSize);
                Predictor.linear(order, coefficients, shift, into, START + order, end);
            }
        }
        if (wasted > 0) {
            for (int i = START; i < end; i++) {
                into[i] <<= wasted;
            }
        }
    }

    /// Decodes a block of samples of 33 bits: the side channel of a stereo stream of 32 bits.
    void decodeWide(int depth, long[] into, int blockSize) throws BadFrame {
        int type = type();
        int wasted = wasted(depth);
        int width = depth - wasted;
        int end = START + blockSize;
        switch (kind(type)) {
            case CONSTANT -> Arrays.fill(into, START, end, bits.signed(width));
            case VERBATIM -> {
                for (int i = START; i < end; i++) {
                    into[i] = bits.signed(width);
                }
            }
            case FIXED -> {
                int order = warmUpWide(type & 7, width, into, blockSize);
                residualWide(order, into, blockSize);
                Predictor.fixedWide(order, into, START + order, end);
            }
            case LINEAR -> {
                int order = warmUpWide((type & 31) + 1, width, into, blockSize);
                int shift = coefficients(order);
                residualWide(order, into, blockSize);
                Predictor.linearWide(order, coefficients, shift, into, START + order, end);
            }
        }
        for (int i = START; wasted > 0 && i < end; i++) {
            into[i] <<= wasted;
        }
    }

    private enum Kind {
        CONSTANT,
        VERBATIM,
        FIXED,
        LINEAR
    }

    private static Kind kind(int type) throws BadFrame {
        if (type == 0) {
            return Kind.CONSTANT;
        } else if (type == 1) {
            return Kind.VERBATIM;
        } else if (type >= 8 && type <= 12) {
            return Kind.FIXED;
        } else if (type >= 32) {
            return Kind.LINEAR;
        }
        throw new BadFrame(BadFrame.Cause.SUBFRAME);
    }

    private int type() throws BadFrame {
        int type = (int) bits.unsigned(7);
        check(type < 64);
        return type;
    }

    private int wasted(int depth) throws BadFrame {
        if (bits.unsigned(1) == 0) {
            return 0;
        }
        long wasted = bits.unary() + 1;
        check(wasted < depth);
        return (int) wasted;
    }

    private int warmUp(int order, int width, int[] into, int blockSize) throws BadFrame {
        check(order < blockSize);
        bits.signed(width, into, START, START + order);
        return order;
    }

    private int warmUpWide(int order, int width, long[] into, int blockSize) throws BadFrame {
        check(order < blockSize);
        for (int i = 0; i < order; i++) {
            into[START + i] = bits.signed(width);
        }
        return order;
    }

    private int coefficients(int order) throws BadFrame {
        int precision = (int) bits.unsigned(4) + 1;
        int shift = (int) bits.signed(5);
        check(precision < 16 && shift >= 0);
        bits.signed(precision, coefficients, 0, order);
        Arrays.fill(coefficients, order, coefficients.length, 0);
        return shift;
    }

    private void residualWide(int order, long[] into, int blockSize) throws BadFrame {
        if (residuals.length < blockSize) {
            residuals = new int[blockSize];
        }
        residual(order, residuals, 0, blockSize);
        for (int i = order; i < blockSize; i++) {
            into[START + i] = residuals[i];
        }
    }

    /// Reads the residuals of a block (RFC 9639 section 9.2.7) to `into[start + order, start + blockSize)`.
    private void residual(int order, int[] into, int start, int blockSize) throws BadFrame {
        int method = (int) bits.unsigned(2);
        check(method <= 1);
        int parameterBits = 4 + method;
        int escape = (1 << parameterBits) - 1;
        int partitionOrder = (int) bits.unsigned(4);
        int samples = blockSize >>> partitionOrder;
        check(samples << partitionOrder == blockSize && samples >= order);
        int from = start + order;
        for (int partition = 1; partition <= 1 << partitionOrder; partition++) {
            int to = start + partition * samples;
            int parameter = (int) bits.unsigned(parameterBits);
            if (parameter == escape) {
                bits.signed((int) bits.unsigned(5), into, from, to);
            } else {
                bits.rice(parameter, into, from, to);
            }
            from = to;
        }
    }

    private static void check(boolean right) throws BadFrame {
        if (!right) {
            throw new BadFrame(BadFrame.Cause.SUBFRAME);
        }
    }
}
