package dev.nightjar.media.flac;

import java.util.Arrays;

/// The STREAMINFO block (RFC 9639 section 8.2), or what the first frame says where a stream has none.
///
/// ```
/// 0 block size min (16), max (16)   4 frame bytes min (24), max (24)
/// 10 rate (20), channels - 1 (3), bits - 1 (5), total samples (36)   18 MD5 (128)
/// ```
///
/// @param variable whether the least and the greatest block size differ, so that frames are numbered by samples
/// @param maxFrameBytes the most bytes a frame is said to have, 0 if unknown; it may be wrong
/// @param rate frames a second; 0 if the stream is not audio
/// @param channels 1 to 8
/// @param bits of a sample, 1 to 32, of which RFC 9639 allows 4 to 32
/// @param total how many samples each channel is said to have, 0 if unknown; it may be wrong
/// @param md5 the MD5 of the samples, all 0 if unknown
record StreamInfo(
        boolean variable,
        int maxFrameBytes,
        int rate,
        int channels,
        int bits,
        long total,
        @SuppressWarnings("ArrayRecordComponent") byte[] md5) {
    static final int BYTES = 34;

    /// Parses the [#BYTES] bytes of a block.
    static StreamInfo parse(byte[] block) {
        long packed = BitReader.longAt(block, 10);
        return new StreamInfo(
                BitReader.longAt(block, 0) >>> 48 != (BitReader.longAt(block, 0) >>> 32 & 0xffff),
                (int) (BitReader.longAt(block, 4) >>> 16 & 0xff_ffff),
                (int) (packed >>> 44),
                (int) (packed >>> 41 & 7) + 1,
                (int) (packed >>> 36 & 31) + 1,
                packed & 0xf_ffff_ffffL,
                Arrays.copyOfRange(block, 18, BYTES));
    }

    /// What can be known of a stream without STREAMINFO.
    static StreamInfo of(FrameHeader first) {
        return new StreamInfo(false, 0, first.rate(), first.channels(), first.bits(), 0, new byte[16]);
    }

    StreamInfo withRate(int frames) {
        return new StreamInfo(variable, maxFrameBytes, frames, channels, bits, total, md5);
    }

    boolean hasMd5() {
        return !Arrays.equals(md5, new byte[16]);
    }

    /// Whether a frame has the same rate, channels and bits.
    boolean matches(FrameHeader frame) {
        return frame.rate() == rate && frame.channels() == channels && frame.bits() == bits;
    }

    /// How a frame differs, for people.
    String difference(FrameHeader frame) {
        if (frame.rate() != rate) {
            return "the sample rate changes from " + rate + " to " + frame.rate() + " Hz";
        } else if (frame.channels() != channels) {
            return "the number of channels changes from " + channels + " to " + frame.channels();
        }
        return "the bits of a sample change from " + bits + " to " + frame.bits();
    }
}
