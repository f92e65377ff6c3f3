package dev.nightjar.media.pcm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// How a family of files writes its chunks: an identifier, a size and the body, padded.
///
/// ```
/// RIFF, RIFX, FORM    id[4]   size[4]                  body  pad to 2
/// W64                 guid[16]  size[8] with header    body  pad to 8
/// CAF                 id[4]   size[8]                  body
/// ```
enum ChunkStyle {
    /// Microsoft RIFF and its 64-bit form of EBU Tech 3306.
    RIFF(ByteOrder.LITTLE_ENDIAN, 4, 4, 2),
    /// RIFF with all numbers big-endian; EA IFF 85 (`FORM`) is written the same way.
    BIG_ENDIAN(ByteOrder.BIG_ENDIAN, 4, 4, 2),
    /// Sony Wave64.
    W64(ByteOrder.LITTLE_ENDIAN, 16, 8, 8),
    /// Apple Core Audio Format.
    CAF(ByteOrder.BIG_ENDIAN, 4, 8, 1);

    /// What follows the four characters in the GUIDs of W64 that were made from RIFF names.
    private static final String GUID_TAIL = "f3acd3118cd100c04f8edb8a";

    private static final String GUID_TAIL_OLD = "2e91cf11a5d628db04c10000";

    private final ByteOrder order;
    private final int idBytes;
    private final int sizeBytes;
    private final int alignment;

    ChunkStyle(ByteOrder order, int idBytes, int sizeBytes, int alignment) {
        this.order = order;
        this.idBytes = idBytes;
        this.sizeBytes = sizeBytes;
        this.alignment = alignment;
    }

    ByteOrder order() {
        return order;
    }

    /// What bodies are padded to a multiple of, 1 if they are not.
    int alignment() {
        return alignment;
    }

    int headerBytes() {
        return idBytes + sizeBytes;
    }

    /// The bytes of padding that belong behind a body of this size.
    int padding(long size) {
        return (int) (-size & (alignment - 1));
    }

    /// The chunk whose header this is; `body` is the offset behind it.
    Chunk parse(byte[] header, long body) {
        ByteBuffer sizeField = ByteBuffer.wrap(header, idBytes, sizeBytes).order(order);
        long size = sizeBytes == 4 ? Integer.toUnsignedLong(sizeField.getInt()) : sizeField.getLong();
        return new Chunk(id(header), this == W64 ? size - headerBytes() : size, body);
    }

    private String id(byte[] header) {
        if (idBytes == 16) {
            String tail = HexFormat.of().formatHex(header, 4, 16);
            if (!tail.equals(GUID_TAIL) && !tail.equals(GUID_TAIL_OLD)) {
                return HexFormat.of().formatHex(header, 0, 16);
            }
        }
        return Bytes.latin(header, 0, 4);
    }

    /// Whether a header may begin with these bytes: four printable characters in all styles but W64, which has
    /// GUIDs.
    boolean isPlausible(byte[] bytes, int offset) {
        if (idBytes == 16) {
            return true;
        }
        for (int i = offset; i < offset + 4; i++) {
            int b = bytes[i] & 0xFF;
            if (b < 0x20 || (b > 0x7E && b != 0xA9)) {
                return false;
            }
        }
        return true;
    }
}
