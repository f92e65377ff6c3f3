package dev.nightjar.media.flac;

import org.jspecify.annotations.Nullable;

/// Decodes frames (RFC 9639 section 9) from bytes to samples. Pure: what it gives depends on the bytes alone.
///
/// Not thread-safe. Its arrays grow to the longest block met.
final class FrameDecoder {
    /// Where the samples of a block begin in the arrays of [#channel].
    static final int START = Predictor.MAX_ORDER;

    /// A Rice code can make a frame as long as one likes; so much is read of it and no more.
    private static final int MAX_FRAME_BYTES = 16 << 20;

    private final BitReader bits = new BitReader();
    private final SubframeDecoder subframes = new SubframeDecoder(bits);
    private final int[][] channels = new int[8][0];
    private long[] side = new long[0];
    private int frameBytes;
    private long cost;

    /// Decodes the frame at `at`. `bytes` must go on for [BitReader#SLACK] bytes behind `limit`.
    ///
    /// @param info of the stream, null if there was none
    /// @throws BadFrame if there is none, or it is broken, or it goes on behind `limit`
    FrameHeader decode(byte[] bytes, int at, int limit, @Nullable StreamInfo info) throws BadFrame {
        cost = FrameHeader.MAX_BYTES;
        FrameHeader header = FrameHeader.parse(bytes, at, limit, info);
        int end = (int) Math.min(limit, (long) at + MAX_FRAME_BYTES);
        try {
            decode(header, bytes, at, end);
        } catch (BadFrame e) {
            boolean tooLong = e.reason() == BadFrame.Cause.ENDS && end < limit;
            throw tooLong ? new BadFrame(BadFrame.Cause.TOO_LONG) : e;
        } finally {
            cost = bits.byteIndex() - at + (long) header.blockSize() * header.channels();
        }
        return header;
    }

    /// What the last call took, good or not: about as many bytes and samples were touched.
    long cost() {
        return cost;
    }

    /// The bytes of the frame that was decoded last.
    int frameBytes() {
        return frameBytes;
    }

    /// The samples of a channel of the frame that was decoded last, low-aligned, from [#START] on.
    int[] channel(int index) {
        return channels[index];
    }

    private void decode(FrameHeader header, byte[] bytes, int at, int end) throws BadFrame {
        int size = header.blockSize();
        bits.reset(bytes, at + header.length(), end);
        boolean wide = header.bits() == 32 && header.assignment() >= FrameHeader.LEFT_SIDE;
        for (int i = 0; i < header.channels(); i++) {
            if (channels[i].length < START + size) {
                channels[i] = new int[START + size];
            }
            boolean isSide = header.assignment() == (i == 0 ? FrameHeader.SIDE_RIGHT : FrameHeader.LEFT_SIDE)
                    || (i == 1 && header.assignment() == FrameHeader.MID_SIDE);
            if (isSide && wide) {
                side = side.length < START + size ? new long[START + size] : side;
                subframes.decodeWide(33, side, size);
            } else {
                subframes.decode(header.bits() + (isSide ? 1 : 0), channels[i], size);
            }
        }
        bits.align();
        bits.unsigned(16);
        frameBytes = bits.byteIndex() - at;
        if (Crc.crc16(bytes, at, at + frameBytes) != 0) {
            throw new BadFrame(BadFrame.Cause.CHECKSUM);
        }
        if (wide) {
            Stereo.restoreWide(header.assignment(), channels, side, size);
        } else {
            Stereo.restore(header.assignment(), channels, size);
        }
        for (int i = 0; i < header.channels(); i++) {
            checkRange(channels[i], size, header.bits());
        }
    }

    private static void checkRange(int[] samples, int size, int bits) throws BadFrame {
        int used = 0;
        for (int i = START; i < START + size; i++) {
            used |= samples[i] ^ (samples[i] >> 31);
        }
        if (used >>> (bits - 1) != 0) {
            throw new BadFrame(BadFrame.Cause.RANGE);
        }
    }
}
