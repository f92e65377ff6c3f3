package dev.nightjar.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One page of an Ogg bitstream whose checksum is right (RFC 3533 section 6).
///
/// ```
/// 0 "OggS"   4 version 0   5 flags   6 granule position (8)   14 serial (4)   18 sequence (4)   22 CRC-32 (4)
/// 26 segments n   27 lacing values (n)   27 + n body: the sum of the lacing values
/// ```
public final class OggPage {
    /// The bytes of a page before its lacing values.
    public static final int HEADER_BYTES = 27;

    /// The most bytes a page can have.
    public static final int MAX_BYTES = HEADER_BYTES + 255 + 255 * 255;

    private static final int FLAGS = 5;
    private static final int GRANULE = 6;
    private static final int SERIAL = 14;
    private static final int SEQUENCE = 18;
    private static final int CRC = 22;
    private static final int SEGMENTS = 26;

    private final long offset;
    private final byte[] bytes;

    private OggPage(long offset, byte[] bytes) {
        this.offset = offset;
        this.bytes = bytes;
    }

    /// The length in bytes of the page that begins at `at`, as far as `bytes[at, limit)` tell.
    ///
    /// @return 0 if no page begins there, -1 if more bytes are needed to tell
    public static int length(byte[] bytes, int at, int limit) {
        for (int i = 0; i < FLAGS && at + i < limit; i++) {
            if (bytes[at + i] != (i < 4 ? (byte) "OggS".charAt(i) : 0)) {
                return 0;
            }
        }
        if (limit - at < HEADER_BYTES || limit - at < HEADER_BYTES + (bytes[at + SEGMENTS] & 0xff)) {
            return -1;
        }
        int segments = bytes[at + SEGMENTS] & 0xff;
        int length = HEADER_BYTES + segments;
        for (int i = 0; i < segments; i++) {
            length += bytes[at + HEADER_BYTES + i] & 0xff;
        }
        return length;
    }

    /// Parses the page in `bytes[at, at + length)`, which are copied.
    ///
    /// @param length what [#length] said of it: more than 0, and all of it must be there
    /// @param offset where the page begins in its input
    /// @return null if its checksum is wrong
    public static @Nullable OggPage parse(byte[] bytes, int at, int length, long offset) {
        OggPage page = new OggPage(offset, Arrays.copyOfRange(bytes, at, at + length));
        return page.checksum() == (int) page.littleEndian(CRC, 4) ? page : null;
    }

    /// Where the page begins in its input, in bytes.
    public long offset() {
        return offset;
    }

    /// All bytes of the page.
    public int length() {
        return bytes.length;
    }

    /// Whether the first packet began on an earlier page.
    public boolean isContinued() {
        return (bytes[FLAGS] & 1) != 0;
    }

    /// Whether this is the first page of its logical stream.
    public boolean isFirst() {
        return (bytes[FLAGS] & 2) != 0;
    }

    /// Whether this is the last page of its logical stream.
    public boolean isLast() {
        return (bytes[FLAGS] & 4) != 0;
    }

    /// Whether the last packet goes on on the next page.
    public boolean isOpen() {
        int segments = segments();
        return segments > 0 && segment(segments - 1) == 255;
    }

    /// The position at the end of the last packet that ends here, in units of the codec; -1 if none ends here.
    public long granulePosition() {
        return littleEndian(GRANULE, 8);
    }

    /// The number of the logical stream.
    public int serial() {
        return (int) littleEndian(SERIAL, 4);
    }

    /// The number of the page in its logical stream; wraps.
    public int sequence() {
        return (int) littleEndian(SEQUENCE, 4);
    }

    /// How many lacing values there are, 0 to 255.
    public int segments() {
        return bytes[SEGMENTS] & 0xff;
    }

    /// A lacing value: the bytes of one segment; below 255 it ends a packet.
    public int segment(int index) {
        return bytes[HEADER_BYTES + index] & 0xff;
    }

    /// How many bytes the packets have on this page.
    public int bodyLength() {
        return bytes.length - HEADER_BYTES - segments();
    }

    /// Copies bytes of the body.
    ///
    /// @param from where they begin in the body
    public void copyBody(int from, byte[] into, int offset, int length) {
        System.arraycopy(bytes, HEADER_BYTES + segments() + from, into, offset, length);
    }

    /// The first packet, or as much of it as is on this page.
    byte[] firstPacket() {
        int length = 0;
        for (int i = 0; i < segments(); i++) {
            length += segment(i);
            if (segment(i) < 255) {
                break;
            }
        }
        byte[] packet = new byte[length];
        copyBody(0, packet, 0, length);
        return packet;
    }

    private long littleEndian(int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /// The CRC-32 of RFC 3533: polynomial 0x04c11db7, no reflection, from 0, over the page with a checksum of 0.
    private int checksum() {
        int crc = 0;
        for (int i = 0; i < bytes.length; i++) {
            int value = i >= CRC && i < CRC + 4 ? 0 : bytes[i] & 0xff;
            crc = (crc << 8) ^ Table.CRC[(crc >>> 24) ^ value];
        }
        return crc;
    }

    private static final class Table {
        static final int[] CRC = new int[256];

        static {
            for (int i = 0; i < CRC.length; i++) {
                int crc = i << 24;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
                }
                CRC[i] = crc;
            }
        }
    }
}
