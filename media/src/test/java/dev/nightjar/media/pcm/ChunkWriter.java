package dev.nightjar.media.pcm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes RIFF and FORM files by hand, right or wrong.
final class ChunkWriter {
    private final ByteOrder order;
    private final String id;
    private final String type;
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    ChunkWriter(String id, String type, ByteOrder order) {
        this.id = id;
        this.type = type;
        this.order = order;
    }

    static ChunkWriter wav() {
        return new ChunkWriter("RIFF", "WAVE", ByteOrder.LITTLE_ENDIAN);
    }

    static ChunkWriter form(String type) {
        return new ChunkWriter("FORM", type, ByteOrder.BIG_ENDIAN);
    }

    ChunkWriter chunk(String name, byte[] body) {
        unpadded(name, body);
        return body.length % 2 == 1 ? raw(new byte[1]) : this;
    }

    ChunkWriter unpadded(String name, byte[] body) {
        return sized(name, body.length, body);
    }

    /// A chunk that claims another size, without padding.
    ChunkWriter sized(String name, long size, byte[] body) {
        chunks.writeBytes(latin(name));
        chunks.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) size).array());
        return raw(body);
    }

    ChunkWriter raw(byte[] bytes) {
        chunks.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return bytes(4L + chunks.size());
    }

    /// The file with another size in front.
    byte[] bytes(long size) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(latin(id));
        file.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) size).array());
        file.writeBytes(latin(type));
        file.writeBytes(chunks.toByteArray());
        return file.toByteArray();
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// `WAVEFORMAT` and its bits.
    static byte[] fmt(int tag, int channels, int rate, int align, int bits) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * align)
                .putShort((short) align)
                .putShort((short) bits)
                .array();
    }

    /// `WAVEFORMATEXTENSIBLE` of a sub-format whose GUID ends with these eight bytes.
    static byte[] extensible(byte[] fmt, int validBits, int mask, int tag, long tail) {
        return ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(fmt)
                .putShort((short) 22)
                .putShort((short) validBits)
                .putInt(mask)
                .putInt(tag)
                .putShort((short) 0)
                .putShort((short) 0x10)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(tail)
                .array();
    }

    /// A `COMM` chunk; `compression` is null for AIFF. The rate is a whole number below 2^31.
    static byte[] comm(int channels, int frames, int bits, int rate, String compression) {
        int exponent = 31 - Integer.numberOfLeadingZeros(rate);
        byte[] type = compression == null ? new byte[0] : latin(compression + "\0\0");
        return ByteBuffer.allocate(18 + type.length)
                .putShort((short) channels)
                .putInt(frames)
                .putShort((short) bits)
                .putShort((short) (16383 + exponent))
                .putLong((long) rate << (63 - exponent))
                .put(type)
                .array();
    }

    /// An `SSND` chunk's body: offset, block size, that many bytes, and the samples.
    static byte[] ssnd(int offset, byte[] samples) {
        return ByteBuffer.allocate(8 + offset + samples.length)
                .putInt(offset)
                .putInt(0)
                .put(new byte[offset])
                .put(samples)
                .array();
    }
}
