package dev.nightjar.codec.opus;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.OggDecoder;
import dev.nightjar.media.OggFormat;
import dev.nightjar.media.VorbisComment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Ogg Opus files (RFC 7845).
public final class OpusFormat extends OggFormat {
    private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);

    /// For `ServiceLoader`.
    public OpusFormat() {}

    @Override
    public String name() {
        return "Ogg Opus";
    }

    @Override
    public List<String> extensions() {
        return List.of("opus", "ogg", "oga");
    }

    @Override
    protected boolean isFirst(byte[] packet) {
        return OpusHead.isHead(packet);
    }

    @Override
    protected int headers() {
        return 2;
    }

    @Override
    protected OggDecoder decoder(List<byte[]> headers) throws MediaException {
        OpusHead head = OpusHead.parse(headers.get(0));
        byte[] tags = headers.get(1);
        if (!OpusHead.startsWith(tags, TAGS)) {
            throw new MediaException(Kind.CORRUPT, "the second packet of the Opus stream is not OpusTags");
        }
        return new OpusPackets(head, VorbisComment.parse(tags, TAGS.length, tags.length - TAGS.length));
    }
}
