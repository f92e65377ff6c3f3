package dev.nightjar.media.pcm;

import java.nio.ByteBuffer;

/// The 80-bit extended precision number of IEEE 754 (1985) in which AIFF gives its rate, big-endian.
///
/// ```
/// sign[1 bit] exponent[15 bits, bias 16383]  mantissa[64 bits, with the one before the point]
/// ```
final class ExtendedFloat {
    static final int BYTES = 10;

    private static final int BIAS = 16383;

    private ExtendedFloat() {}

    /// The nearest double; infinite or NaN where the bytes say so or a double cannot hold it.
    static double parse(byte[] bytes, int offset) {
        ByteBuffer fields = ByteBuffer.wrap(bytes, offset, BYTES);
        int head = fields.getShort();
        long mantissa = fields.getLong();
        int exponent = head & 0x7FFF;
        if (exponent == 0x7FFF) {
            return mantissa << 1 == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        double high = (mantissa >>> 32) * 0x1p32;
        double magnitude = Math.scalb(high + (mantissa & 0xFFFF_FFFFL), exponent - BIAS - 63);
        return head < 0 ? -magnitude : magnitude;
    }
}
