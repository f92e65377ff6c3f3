package dev.nightjar.media.flac;

import org.jspecify.annotations.Nullable;

/// The header of a frame (RFC 9639 section 9.1) whose CRC-8 is right.
///
/// ```
/// sync 0x3ffe (14), reserved 0 (1), blocking strategy (1), block size code (4), rate code (4)
/// channel assignment (4), bits code (3), reserved 0 (1), coded number (8 to 56), block size (0, 8, 16), rate (0, 8,
/// 16)
/// CRC-8 (8)
/// ```
///
/// @param bySample whether `number` counts samples, else frames
/// @param number of the frame, or of its first sample
/// @param blockSize samples of each channel, 1 to 65,536
/// @param rate frames a second
/// @param assignment the number of independent channels - 1, or [#LEFT_SIDE], [#SIDE_RIGHT] or [#MID_SIDE]
/// @param bits of a sample
/// @param length bytes of the header
record FrameHeader(boolean bySample, long number, int blockSize, int rate, int assignment, int bits, int length) {
    static final int LEFT_SIDE = 8;
    static final int SIDE_RIGHT = 9;
    static final int MID_SIDE = 10;

    /// The most bytes a header has.
    static final int MAX_BYTES = 16;

    private static final int[] RATES = {
        0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
    };
    private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};

    int channels() {
        return assignment < LEFT_SIDE ? assignment + 1 : 2;
    }

    /// Whether the two bytes at `at` could begin a frame.
    static boolean isSync(byte[] bytes, int at) {
        return bytes[at] == (byte) 0xff && (bytes[at + 1] & 0xfe) == 0xf8;
    }

    /// Parses a header.
    ///
    /// @param info what the codes that refer to STREAMINFO stand for, null if there was none
    /// @throws BadFrame `NO_FRAME` without a sync code, `HEADER` if it breaks the rules, `ENDS` if bytes are
    ///     missing
    static FrameHeader parse(byte[] bytes, int at, int limit, @Nullable StreamInfo info) throws BadFrame {
        return new Parser(bytes, at, limit).parse(info);
    }

    private static final class Parser {
        private final byte[] bytes;
        private final int start;
        private final int limit;
        private int at;

        Parser(byte[] bytes, int start, int limit) {
            this.bytes = bytes;
            this.start = start;
            this.limit = limit;
            this.at = start;
        }

        FrameHeader parse(@Nullable StreamInfo info) throws BadFrame {
            if (number(1) != 0xff) {
                throw new BadFrame(BadFrame.Cause.NO_FRAME);
            }
            int second = number(1);
            if ((second & 0xfe) != 0xf8) {
                throw new BadFrame(BadFrame.Cause.NO_FRAME);
            }
            int sizes = number(1);
            int shape = number(1);
            int bits = bits(shape >>> 1 & 7, info);
            check((shape & 1) == 0 && shape >>> 4 <= MID_SIDE);
            boolean bySample = (second & 1) != 0 || (info != null && info.variable());
            long number = coded(bySample ? 7 : 6);
            int blockSize = blockSize(sizes >>> 4);
            int rate = rate(sizes & 15, info);
            int crc = Crc.crc8(bytes, start, at);
            check(number(1) == crc);
            return new FrameHeader(bySample, number, blockSize, rate, shape >>> 4, bits, at - start);
        }

        private int bits(int code, @Nullable StreamInfo info) throws BadFrame {
            int bits = code == 0 && info != null ? info.bits() : BITS[code];
            check(bits > 0);
            return bits;
        }

        private int blockSize(int code) throws BadFrame {
            check(code != 0);
            return switch (code) {
                case 1 -> 192;
                case 2, 3, 4, 5 -> 576 << (code - 2);
                case 6 -> number(1) + 1;
                case 7 -> number(2) + 1;
                default -> 256 << (code - 8);
            };
        }

        private int rate(int code, @Nullable StreamInfo info) throws BadFrame {
            int rate = switch (code) {
                case 0 -> info == null ? 0 : info.rate();
                case 12 -> number(1) * 1000;
                case 13 -> number(2);
                case 14 -> number(2) * 10;
                case 15 -> 0;
                default -> RATES[code];
            };
            check(rate > 0);
            return rate;
        }

        /// A number in the manner of UTF-8, up to 36 bits.
        private long coded(int maxBytes) throws BadFrame {
            int first = number(1);
            int ones = Integer.numberOfLeadingZeros(~(first << 24));
            if (ones == 0) {
                return first;
            }
            check(ones >= 2 && ones <= maxBytes);
            long number = first & (0x7f >>> ones);
            for (int i = 1; i < ones; i++) {
                int next = number(1);
                check((next & 0xc0) == 0x80);
                number = (number << 6) | (next & 0x3f);
            }
            return number;
        }

        private int number(int count) throws BadFrame {
            if (limit - at < count) {
                throw new BadFrame(BadFrame.Cause.ENDS);
            }
            int number = 0;
            for (int i = 0; i < count; i++) {
                number = (number << 8) | (bytes[at++] & 0xff);
            }
            return number;
        }

        private static void check(boolean right) throws BadFrame {
            if (!right) {
                throw new BadFrame(BadFrame.Cause.HEADER);
            }
        }
    }
}
