package dev.nightjar.codec.mp3;

import org.jspecify.annotations.Nullable;

/// The four bytes in front of each MPEG audio frame (ISO/IEC 11172-3 section 2.4.1.3, ISO/IEC 13818-3 section 2.4.1.3;
/// MPEG 2.5 by its
/// widely used extension of the version bits).
///
/// ```
/// AAAAAAAA AAABBCCD EEEEFFGH IIJJKLMM
/// A sync   B version   C layer   D 0 = CRC follows   E bit rate   F sampling rate   G padding   I mode   J mode
/// extension
/// ```
///
/// @param word the header itself
/// @param version 1 for MPEG-1, 2 for MPEG-2 (low sampling frequencies), 3 for MPEG 2.5
/// @param layer 1 to 3
/// @param bitRate bits a second, 0 for the free format
/// @param rate frames of audio a second
/// @param frameBytes the size of the MPEG frame with its header, 0 for the free format
record FrameHeader(int word, int version, int layer, int bitRate, int rate, int frameBytes) {
    /// The largest MPEG frame: layer 2 at 384 kbit/s and 32 kHz.
    static final int MAX_BYTES = 1728 + 1;

    static final int BYTES = 4;

    private static final int[][] KILOBITS = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448}, // MPEG-1 layer 1
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384}, // MPEG-1 layer 2
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, // MPEG-1 layer 3
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256}, // MPEG-2 layer 1
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}, // MPEG-2 layers 2 and 3
    };
    private static final int[] RATES = {44_100, 48_000, 32_000};

    /// The header in a word, or null if it is none.
    static @Nullable FrameHeader parse(int word) {
        int versionBits = word >>> 19 & 3;
        int layer = 4 - (word >>> 17 & 3);
        int bitRateIndex = word >>> 12 & 15;
        int rateIndex = word >>> 10 & 3;
        if (word >>> 21 != 0x7FF || versionBits == 1 || layer == 4 || bitRateIndex == 15 || rateIndex == 3) {
            return null;
        }
        int version = versionBits == 3 ? 1 : versionBits == 2 ? 2 : 3;
        if ((version == 3 && layer != 3) || (word & 3) == 2) {
            return null;
        }
        int rate = RATES[rateIndex] >> (version - 1);
        int table = version == 1 ? layer - 1 : layer == 1 ? 3 : 4;
        int bitRate = KILOBITS[table][bitRateIndex] * 1000;
        return new FrameHeader(word, version, layer, bitRate, rate, frameBytes(word, version, layer, bitRate, rate));
    }

    private static int frameBytes(int word, int version, int layer, int bitRate, int rate) {
        if (bitRate == 0) {
            return 0;
        }
        int padding = word >>> 9 & 1;
        return switch (layer) {
            case 1 -> (12 * bitRate / rate + padding) * 4;
            case 2 -> 144 * bitRate / rate + padding;
            default -> (version == 1 ? 144 : 72) * bitRate / rate + padding;
        };
    }

    boolean isFreeFormat() {
        return bitRate == 0;
    }

    int channels() {
        return (word >>> 6 & 3) == 3 ? 1 : 2;
    }

    /// How many frames of audio the MPEG frame decodes to: 384, 576 or 1152.
    int samples() {
        return layer == 1 ? 384 : layer == 3 && version != 1 ? 576 : 1152;
    }

    boolean hasChecksum() {
        return (word >>> 16 & 1) == 0;
    }

    /// The side information of layer 3, which stands between the header and the main data.
    int sideInfoBytes() {
        if (version == 1) {
            return channels() == 1 ? 17 : 32;
        }
        return channels() == 1 ? 9 : 17;
    }

    /// Whether both can be frames of one stream: what a decoder is set up for is equal.
    boolean sameStream(FrameHeader other) {
        return version == other.version
                && layer == other.layer
                && rate == other.rate
                && channels() == other.channels()
                && isFreeFormat() == other.isFreeFormat();
    }

    /// For example `MPEG-1 layer 3, 44100 Hz, stereo`.
    String describe() {
        return "MPEG-" + (version == 3 ? "2.5" : version) + " layer " + layer + ", " + rate + " Hz, "
                + (channels() == 1 ? "mono" : "stereo");
    }
}
