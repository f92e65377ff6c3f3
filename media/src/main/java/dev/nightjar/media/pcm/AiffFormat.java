package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// AIFF 1.3 and AIFF-C, which Apple's programs wrote and studios keep.
public final class AiffFormat implements MediaFormat {
    private static final int HEAD_BYTES = 12;

    @Override
    public String name() {
        return "AIFF";
    }

    @Override
    public List<String> extensions() {
        return List.of("aiff", "aif", "aifc", "aiffc", "afc");
    }

    @Override
    public int matches(byte[] head) {
        return Bytes.startsWith(head, 0, "FORM")
                        && (Bytes.startsWith(head, 8, "AIFF") || Bytes.startsWith(head, 8, "AIFC"))
                ? 100
                : 0;
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        long start = input.position();
        byte[] head = Bytes.read(input, HEAD_BYTES);
        if (!Bytes.startsWith(head, 0, "FORM")) {
            throw new MediaException(Kind.UNRECOGNISED, "this does not begin like AIFF");
        } else if (head.length < HEAD_BYTES) {
            throw new MediaException(Kind.TRUNCATED, "the file ends within its first " + HEAD_BYTES + " bytes");
        } else if (matches(head) == 0) {
            throw new MediaException(Kind.UNRECOGNISED, "this is an IFF file, but not AIFF");
        }
        boolean compressed = Bytes.startsWith(head, 8, "AIFC");
        long formSize = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(4));
        return new AiffParser(input, compressed, start, formSize).open();
    }
}
