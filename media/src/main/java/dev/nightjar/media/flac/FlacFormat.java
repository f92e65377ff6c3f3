package dev.nightjar.media.flac;

import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// FLAC (RFC 9639): native, native behind an ID3v2 tag, or joined in mid-stream at a frame.
public final class FlacFormat implements MediaFormat {
    private static final int CERTAIN = 100;
    private static final int LIKELY = 70;
    private static final int POSSIBLE = 30;
    private static final int NO = 0;

    @Override
    public String name() {
        return "FLAC";
    }

    @Override
    public List<String> extensions() {
        return List.of("flac", "fla");
    }

    @Override
    public int matches(byte[] head) {
        byte[] bytes = Arrays.copyOf(head, head.length + BitReader.SLACK);
        if (isMagic(bytes, 0)) {
            return CERTAIN;
        } else if (FlacMetadata.isId3(bytes, 0)) {
            int behind = 10 + FlacMetadata.id3Bytes(bytes, 0);
            return behind + 4 > head.length ? POSSIBLE : isMagic(bytes, behind) ? CERTAIN : NO;
        }
        try {
            FrameHeader.parse(bytes, 0, head.length, null);
            return LIKELY;
        } catch (BadFrame e) {
            return NO;
        }
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        return FlacReader.open(input);
    }

    private static boolean isMagic(byte[] bytes, int at) {
        return bytes[at] == 'f' && bytes[at + 1] == 'L' && bytes[at + 2] == 'a' && bytes[at + 3] == 'C';
    }
}
