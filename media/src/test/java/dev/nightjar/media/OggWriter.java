package dev.nightjar.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Makes Ogg pages for tests.
final class OggWriter {
    static final int CONTINUED = 1;
    static final int FIRST = 2;
    static final int LAST = 4;

    private OggWriter() {}

    /// A page of these lacing values and this body.
    static byte[] page(int flags, long granule, int serial, int sequence, byte[] lacing, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(27 + lacing.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) flags);
        page.putLong(granule).putInt(serial).putInt(sequence).putInt(0);
        page.put((byte) lacing.length).put(lacing).put(body);
        page.putInt(22, crc(page.array()));
        return page.array();
    }

    /// A page of one whole packet.
    static byte[] page(int flags, long granule, int serial, int sequence, String packet) {
        byte[] body = packet.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] lacing = new byte[body.length / 255 + 1];
        java.util.Arrays.fill(lacing, (byte) 255);
        lacing[lacing.length - 1] = (byte) (body.length % 255);
        return page(flags, granule, serial, sequence, lacing, body);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static int crc(byte[] bytes) {
        int crc = 0;
        for (byte value : bytes) {
            crc ^= (value & 0xff) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
            }
        }
        return crc;
    }
}
