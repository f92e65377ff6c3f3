package dev.nightjar.codec.vorbis;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;

/// The bits of a header packet, from the lowest of each byte on (Vorbis I specification, section 2).
final class BitReader {
    private final byte[] bytes;
    private long at;

    /// @param offset the byte to begin at
    BitReader(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.at = offset * 8L;
    }

    /// The bits read so far, with those before the first.
    int position() {
        return (int) at;
    }

    /// The next bits as a number.
    ///
    /// @param count 0 to 32
    /// @throws MediaException `CORRUPT` if the packet has no more
    long read(int count) throws MediaException {
        need(count);
        long value = 0;
        for (int i = 0; i < count; i++, at++) {
            value |= (long) (bytes[(int) (at >> 3)] >> (at & 7) & 1) << i;
        }
        return value;
    }

    /// As [#read], of at most 31 bits.
    int bits(int count) throws MediaException {
        return (int) read(count);
    }

    boolean flag() throws MediaException {
        return read(1) != 0;
    }

    void skip(long count) throws MediaException {
        need(count);
        at += count;
    }

    private void need(long count) throws MediaException {
        if (count > bytes.length * 8L - at) {
            throw new MediaException(Kind.CORRUPT, "a header of the Vorbis stream is cut off");
        }
    }
}
