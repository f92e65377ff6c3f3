package dev.nightjar.codec.mp3;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What an encoder says about the whole file in a first MPEG frame that carries no audio: the Xing or Info header, with
/// LAME's extension,
/// or Fraunhofer's VBRI header.
///
/// @param vbr whether the bit rate varies
/// @param frames the MPEG frames that follow, or -1 if not said
/// @param bytes the bytes from this frame to the end of the last one, or -1 if not said
/// @param delay frames of audio that the encoder put in front, or -1 if not said
/// @param padding frames of audio that the encoder put behind, 0 if not said
record XingHeader(boolean vbr, long frames, long bytes, int delay, int padding) {
    /// Of a file that says nothing.
    static final XingHeader NONE = new XingHeader(false, -1, -1, -1, 0);

    private static final int VBRI_OFFSET = 36;
    private static final int TOC_BYTES = 100;
    /// From the encoder's name to the field of delay and padding.
    private static final int DELAY_OFFSET = 21;

    /// Parses a whole MPEG frame.
    ///
    /// @return null if it is an ordinary frame
    static @Nullable XingHeader parse(byte[] frame, int length, FrameHeader header) {
        if (header.layer() != 3) {
            return null;
        }
        if (named(frame, VBRI_OFFSET, length, "VBRI") && length >= VBRI_OFFSET + 18) {
            return new XingHeader(true, count(frame, VBRI_OFFSET + 14), count(frame, VBRI_OFFSET + 10), -1, 0);
        }
        int offset = FrameHeader.BYTES + header.sideInfoBytes();
        if (!named(frame, offset, length, "Xing") && !named(frame, offset, length, "Info")) {
            offset += 2;
        }
        boolean xing = named(frame, offset, length, "Xing");
        return xing || named(frame, offset, length, "Info") ? fields(frame, offset, length, xing) : null;
    }

    private static @Nullable XingHeader fields(byte[] frame, int offset, int length, boolean vbr) {
        if (offset + 8 > length) {
            return null;
        }
        int flags = frame[offset + 7];
        int at = offset + 8;
        int frames = (flags & 1) == 0 ? -1 : at;
        at += (flags & 1) == 0 ? 0 : 4;
        int bytes = (flags & 2) == 0 ? -1 : at;
        at += (flags & 2) == 0 ? 0 : 4;
        at += (flags & 4) == 0 ? 0 : TOC_BYTES;
        at += (flags & 8) == 0 ? 0 : 4;
        if (at > length) {
            return new XingHeader(vbr, -1, -1, -1, 0);
        }
        int delay = -1;
        int padding = 0;
        if (saysDelay(frame, at, length)) {
            int d = at + DELAY_OFFSET;
            delay = (frame[d] & 0xFF) << 4 | (frame[d + 1] & 0xF0) >> 4;
            padding = (frame[d + 1] & 0x0F) << 8 | (frame[d + 2] & 0xFF);
        }
        return new XingHeader(
                vbr, frames < 0 ? -1 : count(frame, frames), bytes < 0 ? -1 : count(frame, bytes), delay, padding);
    }

    /// LAME and FFmpeg fill in delay and padding; what other encoders leave there is not known.
    private static boolean saysDelay(byte[] frame, int offset, int length) {
        return offset + DELAY_OFFSET + 3 <= length
                && (named(frame, offset, length, "LAME")
                        || named(frame, offset, length, "L3.9")
                        || named(frame, offset, length, "Lavf")
                        || named(frame, offset, length, "Lavc"));
    }

    private static boolean named(byte[] frame, int offset, int length, String name) {
        return offset + 4 <= length && new String(frame, offset, 4, StandardCharsets.ISO_8859_1).equals(name);
    }

    private static long count(byte[] frame, int offset) {
        return (frame[offset] & 0xFFL) << 24
                | (frame[offset + 1] & 0xFFL) << 16
                | (frame[offset + 2] & 0xFFL) << 8
                | (frame[offset + 3] & 0xFFL);
    }
}
