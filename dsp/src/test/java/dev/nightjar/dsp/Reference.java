package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteOrder;

/// What a converter must do, one sample at a time, byte by byte, in exact arithmetic.
final class Reference {
    private final StreamFormat format;
    private final SampleFormat sample;

    Reference(StreamFormat format) {
        this.format = format;
        this.sample = format.sample();
    }

    /// The address of a byte of a sample, the most significant byte being number 0.
    private long address(long offset, int frame, int channel, int number) {
        int inside = sample.order() == ByteOrder.BIG_ENDIAN ? number : sample.bytes() - 1 - number;
        return offset
                + (format.isPlanar()
                        ? (long) frame * sample.bytes()
                        : ((long) frame * format.channels() + channel) * sample.bytes())
                + inside;
    }

    private MemorySegment plane(MemorySegment[] memory, int channel) {
        return memory[format.isPlanar() ? channel : 0];
    }

    /// The unsigned number in the container.
    BigInteger bits(MemorySegment[] memory, long offset, int frame, int channel) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < sample.bytes(); i++) {
            byte one = plane(memory, channel).get(ValueLayout.JAVA_BYTE, address(offset, frame, channel, i));
            bits = bits.shiftLeft(8).or(BigInteger.valueOf(one & 0xff));
        }
        return bits;
    }

    void setBits(MemorySegment[] memory, long offset, int frame, int channel, BigInteger bits) {
        for (int i = 0; i < sample.bytes(); i++) {
            byte one = bits.shiftRight(8 * (sample.bytes() - 1 - i)).byteValue();
            plane(memory, channel).set(ValueLayout.JAVA_BYTE, address(offset, frame, channel, i), one);
        }
    }

    /// The value of a float, as it is.
    double floating(BigInteger bits) {
        return sample.bytes() == Float.BYTES
                ? Float.intBitsToFloat(bits.intValue())
                : Double.longBitsToDouble(bits.longValue());
    }

    /// The value of an integer, in [-1, 1).
    BigDecimal integer(BigInteger bits) {
        BigInteger value = bits;
        if (sample.alignment() == SampleFormat.Alignment.HIGH) {
            value = value.shiftRight(sample.bits() - format.validBits());
        }
        value = value.mod(BigInteger.TWO.pow(format.validBits()));
        BigInteger half = BigInteger.TWO.pow(format.validBits() - 1);
        if (sample.coding() == SampleFormat.Coding.UNSIGNED) {
            value = value.subtract(half);
        } else if (value.compareTo(half) >= 0) {
            value = value.subtract(half.shiftLeft(1));
        }
        return new BigDecimal(value).divide(new BigDecimal(half));
    }

    /// The container of an exact value, rounded and saturated.
    BigInteger encodeInteger(BigDecimal value) {
        BigInteger half = BigInteger.TWO.pow(format.validBits() - 1);
        BigInteger rounded = value.multiply(new BigDecimal(half))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
        BigInteger number = rounded.max(half.negate()).min(half.subtract(BigInteger.ONE));
        if (sample.coding() == SampleFormat.Coding.UNSIGNED) {
            number = number.add(half);
        }
        if (sample.alignment() == SampleFormat.Alignment.HIGH) {
            number = number.shiftLeft(sample.bits() - format.validBits());
        }
        return number.mod(BigInteger.TWO.pow(sample.bits()));
    }

    /// The container of a floating value: NaN is silence in an integer.
    BigInteger encodeFloating(double value) {
        if (sample.isInteger()) {
            double finite = Double.isNaN(value) ? 0 : Math.max(-2, Math.min(2, value));
            return encodeInteger(new BigDecimal(finite));
        }
        return sample.bytes() == Float.BYTES
                ? BigInteger.valueOf(Float.floatToRawIntBits((float) value) & 0xffff_ffffL)
                : new BigInteger(Long.toUnsignedString(Double.doubleToRawLongBits(value)));
    }

    /// What a container of one format becomes in another.
    BigInteger convert(BigInteger bits, Reference to) {
        if (sample.isFloat()) {
            return to.encodeFloating(floating(bits));
        }
        BigDecimal value = integer(bits);
        if (to.sample.isInteger()) {
            return to.encodeInteger(value);
        }
        return to.sample.bytes() == Float.BYTES
                ? to.encodeFloating(value.floatValue())
                : to.encodeFloating(value.doubleValue());
    }
}
