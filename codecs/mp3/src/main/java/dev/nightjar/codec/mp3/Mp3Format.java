package dev.nightjar.codec.mp3;

import dev.nightjar.media.Id3v2;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.List;

/// MPEG audio files, layers 1 to 3, recognised by several frame headers in a row behind an ID3 tag or at the start.
public final class Mp3Format implements MediaFormat {
    /// How far behind the start or the tag the first frame may be for the file to be recognised.
    private static final int SEARCH = 4096;

    /// For `ServiceLoader`.
    public Mp3Format() {}

    @Override
    public String name() {
        return "MP3";
    }

    @Override
    public List<String> extensions() {
        return List.of("mp3", "mp2", "mp1", "mpga");
    }

    @Override
    public int matches(byte[] head) {
        long start = Id3v2.size(head, 0);
        if (start > 0 && start > head.length - FrameHeader.BYTES) {
            return 50;
        }
        int frames = chain(head, (int) start);
        if (frames >= 3 || (frames >= 1 && start > 0)) {
            return 95;
        }
        if (frames >= 1) {
            return frames == 2 ? 60 : 30;
        }
        for (int offset = (int) start + 1; offset < start + SEARCH && offset < head.length; offset++) {
            if (head[offset] == -1 && chain(head, offset) >= 4) {
                return 70;
            }
        }
        return 0;
    }

    /// How many frames, up to four, stand one behind the other; a last one may be cut off by the end.
    private static int chain(byte[] head, int start) {
        FrameHeader first = null;
        int offset = start;
        for (int found = 0; found < 4; found++) {
            FrameHeader header =
                    offset > head.length - FrameHeader.BYTES ? null : FrameHeader.parse(word(head, offset));
            if (header == null || (first != null && !header.sameStream(first))) {
                return header == null && offset <= head.length - FrameHeader.BYTES && found < 2 ? 0 : found;
            }
            if (header.isFreeFormat()) {
                return 1;
            }
            first = header;
            offset += header.frameBytes();
        }
        return 4;
    }

    private static int word(byte[] bytes, int offset) {
        return bytes[offset] << 24
                | (bytes[offset + 1] & 0xFF) << 16
                | (bytes[offset + 2] & 0xFF) << 8
                | (bytes[offset + 3] & 0xFF);
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        return Mp3Reader.open(input);
    }
}
