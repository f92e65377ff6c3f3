package dev.nightjar.media.flac;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A frame for tests (RFC 9639 section 9), legal unless told otherwise. Block size, rate and bits are written with
/// codes that need no STREAMINFO where there are such.
final class FlacFrame {
    private static final int[] RATES = {
        0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
    };
    private static final List<Integer> BITS = List.of(0, 8, 12, -1, 16, 20, 24, 32);

    private final int rate;
    private final int bits;
    private final int[][] samples;
    private final List<Subframe> subframes = new ArrayList<>();
    private long number;
    private int blocking;
    private int blockSizeCode;
    private int rateCode;
    private int bitsCode;
    private int assignment;
    private int reserved;
    private int padding;
    private int headerChecksumError;
    private int checksumError;

    /// @param number of the frame in the stream
    /// @param samples of each channel
    FlacFrame(long number, int rate, int bits, int[]... samples) {
        this.number = number;
        this.rate = rate;
        this.bits = bits;
        this.samples = samples;
        assignment = samples.length - 1;
        int size = samples[0].length;
        blockSizeCode = size <= 256 ? 6 : 7;
        rateCode = rateCodeOf(rate);
        bitsCode = Math.max(0, BITS.indexOf(bits));
        for (int[] channel : samples) {
            subframes.add(new Subframe.Fixed(Math.min(1, channel.length), Subframe.Residual.best(0)));
        }
    }

    /// A frame that says the number of its first sample.
    FlacFrame bySample(long first) {
        blocking = 1;
        number = first;
        return this;
    }

    FlacFrame blockSizeCode(int code) {
        blockSizeCode = code;
        return this;
    }

    FlacFrame rateCode(int code) {
        rateCode = code;
        return this;
    }

    FlacFrame bitsCode(int code) {
        bitsCode = code;
        return this;
    }

    /// 8 left and side, 9 side and right, 10 mid and side; 11 to 15 are reserved.
    FlacFrame assignment(int code) {
        assignment = code;
        return this;
    }

    /// Sets the reserved bit behind the sync code (2) or behind the bits (1).
    FlacFrame reserved(int which) {
        reserved = which;
        return this;
    }

    /// Fills the last byte with ones.
    FlacFrame padded() {
        padding = 1;
        return this;
    }

    FlacFrame wrongHeaderChecksum() {
        headerChecksumError = 1;
        return this;
    }

    FlacFrame wrongChecksum() {
        checksumError = 1;
        return this;
    }

    /// Codes all channels so.
    FlacFrame coded(Subframe subframe) {
        subframes.replaceAll(_ -> subframe);
        return this;
    }

    byte[] bytes() {
        BitWriter out = new BitWriter();
        header(out);
        out.bits(crc(out.toBytes(), 8, 0x07) ^ headerChecksumError, 8);
        long[][] coded = decorrelated();
        for (int i = 0; i < coded.length; i++) {
            boolean side = assignment == (i == 0 ? 9 : 8) || (i == 1 && assignment == 10);
            subframes.get(i).write(out, coded[i], bits + (side ? 1 : 0));
        }
        out.align(padding);
        return out.bits(crc(out.toBytes(), 16, 0x8005) ^ checksumError, 16).toBytes();
    }

    private void header(BitWriter out) {
        int size = samples[0].length;
        out.bits(0x3ffe, 14).bits(reserved >> 1, 1).bits(blocking, 1);
        out.bits(blockSizeCode, 4).bits(rateCode, 4);
        out.bits(assignment, 4).bits(bitsCode, 3).bits(reserved & 1, 1);
        number(out, number);
        if (blockSizeCode == 6 || blockSizeCode == 7) {
            out.bits(size - 1L, blockSizeCode == 6 ? 8 : 16);
        }
        switch (rateCode) {
            case 12 -> out.bits(rate / 1000, 8);
            case 13 -> out.bits(rate, 16);
            case 14 -> out.bits(rate / 10, 16);
            default -> {}
        }
    }

    private static int rateCodeOf(int rate) {
        for (int code = 1; code < RATES.length; code++) {
            if (RATES[code] == rate) {
                return code;
            }
        }
        return rate < 65_536 ? 13 : rate % 10 == 0 && rate < 655_360 ? 14 : 0;
    }

    /// A number in the manner of UTF-8, up to 36 bits.
    private static void number(BitWriter out, long value) {
        if (value < 0x80) {
            out.bits(value, 8);
            return;
        }
        int more = 1;
        while (value >>> (6 * more + 6 - more) != 0) {
            more++;
        }
        int ones = more + 1;
        out.bits(((0xff00 >> ones) & 0xff) | (value >>> (6 * more)), 8);
        for (int i = more - 1; i >= 0; i--) {
            out.bits(0x80 | ((value >>> (6 * i)) & 0x3f), 8);
        }
    }

    private long[][] decorrelated() {
        long[][] coded = new long[samples.length][];
        for (int i = 0; i < samples.length; i++) {
            coded[i] = Arrays.stream(samples[i]).asLongStream().toArray();
        }
        for (int i = 0; assignment >= 8 && assignment <= 10 && i < samples[0].length; i++) {
            long left = samples[0][i];
            long right = samples[1][i];
            coded[0][i] = assignment == 8 ? left : assignment == 9 ? left - right : (left + right) >> 1;
            coded[1][i] = assignment == 9 ? right : left - right;
        }
        return coded;
    }

    private static int crc(byte[] bytes, int width, int polynomial) {
        int crc = 0;
        for (byte value : bytes) {
            crc ^= (value & 0xff) << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ ((crc >> (width - 1) & 1) * polynomial);
                crc &= (1 << width) - 1;
            }
        }
        return crc;
    }
}
