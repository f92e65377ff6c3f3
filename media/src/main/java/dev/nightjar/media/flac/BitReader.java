package dev.nightjar.media.flac;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits of a byte array from the most significant on. The array must be [#SLACK] bytes longer than what is read
/// of it, because whole words are loaded.
///
/// Not thread-safe. Allocates nothing but the exception when bits are missing.
final class BitReader {
    /// How many bytes behind the last readable one the array must have.
    static final int SLACK = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    /// The highest Rice parameter at which no quotient of a 64-bit word can leave 32 bits.
    private static final int MAX_FAST_PARAMETER = 26;

    private byte[] bytes = new byte[SLACK];
    private long bit;
    private long endBit;

    static long longAt(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /// Reads `source[from, to)` from now on.
    void reset(byte[] source, int from, int to) {
        bytes = source;
        bit = (long) from << 3;
        endBit = (long) to << 3;
    }

    /// The index of the byte that the next bit is in, or of the next whole byte if that is its first bit.
    int byteIndex() {
        return (int) (bit >>> 3);
    }

    /// Skips to the next whole byte.
    ///
    /// @throws BadFrame if the bits skipped are not all 0, which RFC 9639 section 9.3 demands
    void align() throws BadFrame {
        int padding = (int) -bit & 7;
        if (padding > 0 && unsigned(padding) != 0) {
            throw new BadFrame(BadFrame.Cause.SUBFRAME);
        }
    }

    /// Reads `count` bits, 0 to 32.
    long unsigned(int count) throws BadFrame {
        if (bit + count > endBit) {
            throw new BadFrame(BadFrame.Cause.ENDS);
        }
        long word = longAt(bytes, (int) (bit >>> 3)) << (bit & 7);
        bit += count;
        return word >>> 1 >>> (63 - count);
    }

    /// Reads `count` bits, 0 to 33, as a number in two's complement.
    long signed(int count) throws BadFrame {
        if (count == 0) {
            return 0;
        }
        if (bit + count > endBit) {
            throw new BadFrame(BadFrame.Cause.ENDS);
        }
        long word = longAt(bytes, (int) (bit >>> 3)) << (bit & 7);
        bit += count;
        return word >> (64 - count);
    }

    /// Reads zeros up to and with the next one.
    ///
    /// @return how many zeros there were
    long unary() throws BadFrame {
        long start = bit;
        while (bit < endBit) {
            long word = longAt(bytes, (int) (bit >>> 3)) << (bit & 7);
            if (word != 0) {
                bit += Long.numberOfLeadingZeros(word) + 1;
                if (bit > endBit) {
                    break;
                }
                return bit - 1 - start;
            }
            bit = ((bit >>> 3) + 8) << 3;
        }
        throw new BadFrame(BadFrame.Cause.ENDS);
    }

    /// Reads `count`-bit numbers in two's complement to `into[from, to)`.
    void signed(int count, int[] into, int from, int to) throws BadFrame {
        for (int i = from; i < to; i++) {
            into[i] = (int) signed(count);
        }
    }

    /// Reads residuals of a Rice code to `into[from, to)` (RFC 9639 section 9.2.7.2).
    ///
    /// The word holds the next bits at its top; `valid` of them are counted on, those below are right or 0, so
    /// that loading them again changes nothing.
    void rice(int parameter, int[] into, int from, int to) throws BadFrame {
        if (parameter > MAX_FAST_PARAMETER) {
            for (int i = from; i < to; i++) {
                into[i] = riceLong(parameter);
            }
            return;
        }
        byte[] source = bytes;
        int endByte = (int) (endBit >>> 3);
        int index = (int) (bit >>> 3);
        long word = longAt(source, index) << (bit & 7);
        int valid = 56 - (int) (bit & 7);
        index += 7;
        for (int i = from; i < to; i++) {
            if (valid < 32) {
                if (index > endByte) {
                    checkEnd(index, valid);
                }
                word |= longAt(source, index) >>> valid;
                index += (63 - valid) >>> 3;
                valid |= 56;
            }
            int zeros = Long.numberOfLeadingZeros(word);
            int length = zeros + 1 + parameter;
            if (length <= valid) {
                int low = (int) (((word << zeros) << 1) >>> 1 >>> (63 - parameter));
                int code = (zeros << parameter) | low;
                into[i] = (code >>> 1) ^ -(code & 1);
                word <<= length;
                valid -= length;
            } else {
                bit = ((long) index << 3) - valid;
                into[i] = riceLong(parameter);
                index = (int) (bit >>> 3);
                word = longAt(source, index) << (bit & 7);
                valid = 56 - (int) (bit & 7);
                index += 7;
            }
        }
        bit = ((long) index << 3) - valid;
        if (bit > endBit) {
            throw new BadFrame(BadFrame.Cause.ENDS);
        }
    }

    private void checkEnd(int index, int valid) throws BadFrame {
        if (((long) index << 3) - valid > endBit) {
            throw new BadFrame(BadFrame.Cause.ENDS);
        }
    }

    private int riceLong(int parameter) throws BadFrame {
        long zeros = unary();
        if (zeros > 0xffff_ffffL >>> parameter) {
            throw new BadFrame(BadFrame.Cause.SUBFRAME);
        }
        int code = (int) ((zeros << parameter) | unsigned(parameter));
        return (code >>> 1) ^ -(code & 1);
    }
}
