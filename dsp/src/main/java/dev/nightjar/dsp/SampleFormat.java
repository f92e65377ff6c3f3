package dev.nightjar.dsp;

import java.nio.ByteOrder;

/// The container of one sample: how many bytes it has and what they mean. Everything that is known about a format is
/// in its row; how many of
/// the bits are valid is said by [StreamFormat], beside the container.
///
/// Integer samples are high-aligned (the valid bits are the most significant ones) unless the name says `LOW`: then
/// they are sign-extended in
/// the low bits, as ALSA's `S24_LE` is. A container of DSD holds 8, 16 or 32 one-bit samples of one channel, and a
/// rate counts containers. An
/// encoded burst (IEC 61937) is carried in 16-bit words that nobody may scale or mix.
public enum SampleFormat {
    /// 8 bit, offset binary: 0x80 is silence.
    U8("U8", 1, 8, Coding.UNSIGNED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x80),
    /// 8 bit, two's complement.
    S8("S8", 1, 8, Coding.SIGNED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// 16 bit, little-endian.
    S16("S16", 2, 16, Coding.SIGNED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// 16 bit, big-endian.
    S16_BE("S16BE", 2, 16, Coding.SIGNED, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0),
    /// 24 bit packed in three bytes, little-endian (ALSA `S24_3LE`, WASAPI 24 in 24).
    S24("S24", 3, 24, Coding.SIGNED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// 24 bit packed in three bytes, big-endian.
    S24_BE("S24BE", 3, 24, Coding.SIGNED, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0),
    /// 32 bit, little-endian; with 16, 18, 20 or 24 valid bits these are the top ones.
    S32("S32", 4, 32, Coding.SIGNED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// 32 bit, big-endian.
    S32_BE("S32BE", 4, 32, Coding.SIGNED, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0),
    /// 16 to 24 valid bits sign-extended in the low end of 32, little-endian (ALSA `S24_LE`, ASIO `Int32LSB24`).
    S32_LOW("S32LOW", 4, 24, Coding.SIGNED, Alignment.LOW, ByteOrder.LITTLE_ENDIAN, 0),
    /// 16 to 24 valid bits sign-extended in the low end of 32, big-endian.
    S32_LOW_BE("S32LOWBE", 4, 24, Coding.SIGNED, Alignment.LOW, ByteOrder.BIG_ENDIAN, 0),
    /// IEEE 754 single, little-endian; full scale is [-1, 1).
    F32("F32", 4, 24, Coding.FLOAT, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// IEEE 754 single, big-endian.
    F32_BE("F32BE", 4, 24, Coding.FLOAT, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0),
    /// IEEE 754 double, little-endian.
    F64("F64", 8, 53, Coding.FLOAT, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// IEEE 754 double, big-endian.
    F64_BE("F64BE", 8, 53, Coding.FLOAT, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0),
    /// 8 one-bit samples a byte, the oldest in the most significant bit (DFF, ALSA `DSD_U8`, ASIO `DSDInt8MSB1`).
    DSD_U8("DSD8", 1, 8, Coding.DSD_MSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x69),
    /// 8 one-bit samples a byte, the oldest in the least significant bit (DSF, ASIO `DSDInt8LSB1`).
    DSD_U8_LSB("DSD8LSB", 1, 8, Coding.DSD_LSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x96),
    /// 16 one-bit samples, little-endian word, the oldest in the most significant bit.
    DSD_U16("DSD16", 2, 16, Coding.DSD_MSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x69),
    /// 16 one-bit samples, big-endian word, the oldest in the most significant bit.
    DSD_U16_BE("DSD16BE", 2, 16, Coding.DSD_MSB_FIRST, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0x69),
    /// 32 one-bit samples, little-endian word, the oldest in the most significant bit.
    DSD_U32("DSD32", 4, 32, Coding.DSD_MSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x69),
    /// 32 one-bit samples, big-endian word, the oldest in the most significant bit.
    DSD_U32_BE("DSD32BE", 4, 32, Coding.DSD_MSB_FIRST, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0x69),
    /// 16 one-bit samples, little-endian word, the oldest in the least significant bit.
    DSD_U16_LSB("DSD16LSB", 2, 16, Coding.DSD_LSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x96),
    /// 16 one-bit samples, big-endian word, the oldest in the least significant bit.
    DSD_U16_LSB_BE("DSD16LSBBE", 2, 16, Coding.DSD_LSB_FIRST, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0x96),
    /// 32 one-bit samples, little-endian word, the oldest in the least significant bit.
    DSD_U32_LSB("DSD32LSB", 4, 32, Coding.DSD_LSB_FIRST, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0x96),
    /// 32 one-bit samples, big-endian word, the oldest in the least significant bit.
    DSD_U32_LSB_BE("DSD32LSBBE", 4, 32, Coding.DSD_LSB_FIRST, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0x96),
    /// A word of an IEC 61937 burst, little-endian.
    IEC61937("IEC61937", 2, 16, Coding.ENCODED, Alignment.HIGH, ByteOrder.LITTLE_ENDIAN, 0),
    /// A word of an IEC 61937 burst, big-endian.
    IEC61937_BE("IEC61937BE", 2, 16, Coding.ENCODED, Alignment.HIGH, ByteOrder.BIG_ENDIAN, 0);

    /// What the bits of a container mean.
    public enum Coding {
        UNSIGNED,
        SIGNED,
        FLOAT,
        DSD_MSB_FIRST,
        DSD_LSB_FIRST,
        ENCODED
    }

    /// Where the valid bits of an integer container are.
    public enum Alignment {
        HIGH,
        LOW
    }

    private final String label;
    private final int bytes;
    private final int maxValidBits;
    private final Coding coding;
    private final Alignment alignment;
    private final ByteOrder order;
    private final byte silence;

    SampleFormat(
            String label,
            int bytes,
            int maxValidBits,
            Coding coding,
            Alignment alignment,
            ByteOrder order,
            int silence) {
        this.label = label;
        this.bytes = bytes;
        this.maxValidBits = maxValidBits;
        this.coding = coding;
        this.alignment = alignment;
        this.order = order;
        this.silence = (byte) silence;
    }

    /// The short name that addresses and tables use, such as `S24`. Unique, without spaces.
    public String label() {
        return label;
    }

    /// The size of the container, 1 to 8 bytes.
    public int bytes() {
        return bytes;
    }

    /// The size of the container in bits.
    public int bits() {
        return bytes * 8;
    }

    public Coding coding() {
        return coding;
    }

    public Alignment alignment() {
        return alignment;
    }

    /// The order of the container's bytes; little-endian for one byte.
    public ByteOrder order() {
        return order;
    }

    /// The byte that fills a container, and so a buffer, with silence.
    public byte silence() {
        return silence;
    }

    /// Whether samples may be scaled, mixed and converted: everything but DSD and encoded bursts.
    public boolean isPcm() {
        return isInteger() || isFloat();
    }

    public boolean isInteger() {
        return coding == Coding.SIGNED || coding == Coding.UNSIGNED;
    }

    public boolean isFloat() {
        return coding == Coding.FLOAT;
    }

    public boolean isDsd() {
        return coding == Coding.DSD_MSB_FIRST || coding == Coding.DSD_LSB_FIRST;
    }

    /// The most bits of precision a container can carry: 24 for [#F32], 53 for [#F64], all bits otherwise, 24 for the
    /// low-aligned.
    public int maxValidBits() {
        return maxValidBits;
    }

    /// The format of this label, without regard to case.
    ///
    /// @throws IllegalArgumentException when no format has the label; the message lists those there are
    public static SampleFormat ofLabel(String label) {
        for (SampleFormat format : values()) {
            if (format.label.equalsIgnoreCase(label)) {
                return format;
            }
        }
        StringBuilder known = new StringBuilder();
        for (SampleFormat format : values()) {
            known.append(known.isEmpty() ? "" : " ").append(format.label);
        }
        throw new IllegalArgumentException("no sample format is called " + label + "; there are " + known);
    }

    @Override
    public String toString() {
        return label;
    }
}
