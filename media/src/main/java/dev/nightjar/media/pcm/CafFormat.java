package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Apple's Core Audio Format (Core Audio Format Specification 1.0) with linear PCM or G.711.
public final class CafFormat implements MediaFormat {
    private static final int HEAD_BYTES = 8;

    @Override
    public String name() {
        return "CAF";
    }

    @Override
    public List<String> extensions() {
        return List.of("caf");
    }

    @Override
    public int matches(byte[] head) {
        return Bytes.startsWith(head, 0, "caff") ? 100 : 0;
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        long start = input.position();
        byte[] head = Bytes.read(input, HEAD_BYTES);
        if (matches(head) == 0) {
            throw new MediaException(Kind.UNRECOGNISED, "this does not begin like CAF");
        } else if (head.length < HEAD_BYTES) {
            throw new MediaException(Kind.TRUNCATED, "the file ends within its first " + HEAD_BYTES + " bytes");
        }
        int version = ByteBuffer.wrap(head).getShort(4);
        if (version != 1) {
            throw new MediaException(Kind.UNSUPPORTED, "this is version " + version + " of CAF; version 1 is known");
        }
        return new CafParser(input, start).open();
    }
}
