package dev.nightjar.media.pcm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// The `ds64` chunk of RF64 (EBU Tech 3306 section 3): the sizes that do not fit 32 bits.
///
/// ```
/// 0 RIFF size[8]  8 data size[8]  16 frames[8]  24 entries[4]  28 (id[4] size[8])...
/// ```
record Ds64(long dataSize, long frames, Map<String, Long> sizes) {
    static final int BYTES = 28;
    static final int MAX_BYTES = BYTES + 12 * 256;

    static final Ds64 NONE = new Ds64(-1, -1, Map.of());

    /// Understands the body; one that is too short says nothing.
    static Ds64 parse(byte[] body) {
        if (body.length < 16) {
            return NONE;
        }
        ByteBuffer fields = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Long> sizes = new HashMap<>();
        for (int at = BYTES; at + 12 <= body.length; at += 12) {
            sizes.put(Bytes.latin(body, at, 4), fields.getLong(at + 4));
        }
        return new Ds64(fields.getLong(8), body.length < 24 ? -1 : fields.getLong(16), sizes);
    }
}
