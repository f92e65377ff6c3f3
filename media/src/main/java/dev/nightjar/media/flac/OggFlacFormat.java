package dev.nightjar.media.flac;

import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.OggPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// FLAC in Ogg (RFC 9639 section 10.1), also several streams one after the other.
public final class OggFlacFormat implements MediaFormat {
    private static final int CERTAIN = 100;

    @Override
    public String name() {
        return "Ogg FLAC";
    }

    @Override
    public List<String> extensions() {
        return List.of("oga", "ogg");
    }

    @Override
    public int matches(byte[] head) {
        if (OggPage.length(head, 0, head.length) <= 0) {
            return 0;
        }
        int body = OggPage.HEADER_BYTES + (head[OggPage.HEADER_BYTES - 1] & 0xff);
        return OggFlacInput.isMapping(Arrays.copyOfRange(head, body, head.length)) ? CERTAIN : 0;
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        return FlacReader.openOgg(input);
    }
}
