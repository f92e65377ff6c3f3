package dev.nightjar.media.pcm;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.MediaException;
import java.nio.ByteOrder;

/// How one sample is stored, and the container that a reader gives it in.
///
/// Integers of up to 32 bits and floats come out in the same number of bytes, little-endian. Integers of 40 to 64
/// bits come out as [SampleFormat#F64],
/// which holds 53 of their bits. G.711 comes out as [SampleFormat#S16].
///
/// @param name for people, such as `PCM`
/// @param stored bytes of a stored sample
/// @param target what comes out
/// @param validBits how many bits of what comes out carry the sample
/// @param step what is done to a sample on the way
record Coding(String name, int stored, SampleFormat target, int validBits, Step step) {
    /// What is done to a stored sample.
    enum Step {
        /// Nothing.
        NONE,
        /// The bytes are reversed.
        SWAP,
        /// A wide little-endian integer to double.
        WIDE,
        /// A wide big-endian integer to double.
        WIDE_BE,
        /// ITU-T G.711 A-law to 16 bit.
        A_LAW,
        /// ITU-T G.711 mu-law to 16 bit.
        MU_LAW
    }

    static final Coding A_LAW = new Coding("G.711 A-law", 1, SampleFormat.S16, 16, Step.A_LAW);
    static final Coding MU_LAW = new Coding("G.711 mu-law", 1, SampleFormat.S16, 16, Step.MU_LAW);

    /// Left-justified two's complement in a container of 1 to 8 bytes.
    static Coding integer(int containerBytes, int validBits, ByteOrder order) {
        if (containerBytes > 4) {
            Step wide = order == ByteOrder.LITTLE_ENDIAN ? Step.WIDE : Step.WIDE_BE;
            return new Coding(
                    "PCM " + validBits + " bit", containerBytes, SampleFormat.F64, Math.min(53, validBits), wide);
        }
        SampleFormat target = switch (containerBytes) {
            case 1 -> SampleFormat.S8;
            case 2 -> SampleFormat.S16;
            case 3 -> SampleFormat.S24;
            default -> SampleFormat.S32;
        };
        return new Coding("PCM", containerBytes, target, validBits, swap(containerBytes, order));
    }

    /// Offset binary in a byte, as WAV has it.
    static Coding unsigned(int validBits) {
        return new Coding("PCM", 1, SampleFormat.U8, validBits, Step.NONE);
    }

    /// IEEE 754 of 32 or 64 bits.
    ///
    /// @throws MediaException if there are other bits
    static Coding floating(int bits, ByteOrder order) throws MediaException {
        return switch (bits) {
            case 32 -> new Coding("PCM float", 4, SampleFormat.F32, 24, swap(4, order));
            case 64 -> new Coding("PCM float", 8, SampleFormat.F64, 53, swap(8, order));
            default ->
                throw new MediaException(
                        MediaException.Kind.UNSUPPORTED,
                        "floating-point samples have 32 or 64 bits, these have " + bits);
        };
    }

    private static Step swap(int bytes, ByteOrder order) {
        return bytes == 1 || order == ByteOrder.LITTLE_ENDIAN ? Step.NONE : Step.SWAP;
    }

    /// Whether what comes out is what went into the file.
    boolean isExact() {
        return switch (step) {
            case NONE, SWAP -> true;
            case WIDE, WIDE_BE -> stored * 8 <= target.maxValidBits();
            case A_LAW, MU_LAW -> false;
        };
    }

    /// Whether stored bytes become bytes of the same number, in place.
    boolean isInPlace() {
        return step == Step.NONE || step == Step.SWAP;
    }

    /// Reverses the bytes of the samples if they are stored big-endian.
    void decodeInPlace(byte[] bytes, int offset, int length) {
        if (step != Step.SWAP) {
            return;
        }
        for (int i = offset; i < offset + length; i += stored) {
            for (int low = i, high = i + stored - 1; low < high; low++, high--) {
                byte b = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = b;
            }
        }
    }

    /// Decodes `count` samples into containers of [#target].
    void decode(byte[] from, byte[] into, int offset, int count) {
        for (int i = 0; i < count; i++) {
            switch (step) {
                case A_LAW -> G711.put(G711.aLaw(from[i]), into, offset + 2 * i);
                case MU_LAW -> G711.put(G711.muLaw(from[i]), into, offset + 2 * i);
                default -> putWide(from, i * stored, into, offset + 8 * i);
            }
        }
    }

    private void putWide(byte[] from, int at, byte[] into, int offset) {
        long sample = 0;
        for (int i = 0; i < stored; i++) {
            int index = step == Step.WIDE_BE ? i : stored - 1 - i;
            sample = (sample << 8) | (from[at + index] & 0xFF);
        }
        double value = (sample << (8 * (8 - stored))) * 0x1p-63;
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < 8; i++) {
            into[offset + i] = (byte) (bits >> (8 * i));
        }
    }
}
