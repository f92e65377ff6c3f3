package dev.nightjar.media.flac;

import java.io.ByteArrayOutputStream;

/// Writes bits from the most significant on.
final class BitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int open;
    private int openBits;

    /// Writes the lowest `count` bits of a number, 0 to 64.
    BitWriter bits(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            open = (open << 1) | (int) (value >>> i & 1);
            openBits++;
            if (openBits == 8) {
                bytes.write(open);
                open = 0;
                openBits = 0;
            }
        }
        return this;
    }

    /// Writes zeros and a one.
    BitWriter unary(long zeros) {
        for (long i = 0; i < zeros; i++) {
            bits(0, 1);
        }
        return bits(1, 1);
    }

    /// Fills the last byte with copies of a bit.
    BitWriter align(int padding) {
        while (openBits != 0) {
            bits(padding, 1);
        }
        return this;
    }

    BitWriter bytes(byte[] more) {
        for (byte value : more) {
            bits(value, 8);
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
