package dev.nightjar.codec.vorbis;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.OggDecoder;
import dev.nightjar.media.OggFormat;
import dev.nightjar.media.VorbisComment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Ogg Vorbis files.
public final class VorbisFormat extends OggFormat {
    /// The type of a header packet, then `vorbis`.
    private static final int MAGIC_BYTES = 7;

    private static final byte[] NAME = "vorbis".getBytes(StandardCharsets.US_ASCII);

    private static final int IDENTIFICATION = 1;
    private static final int COMMENT = 3;
    private static final int SETUP = 5;

    /// For `ServiceLoader`.
    public VorbisFormat() {}

    @Override
    public String name() {
        return "Ogg Vorbis";
    }

    @Override
    public List<String> extensions() {
        return List.of("ogg", "oga");
    }

    @Override
    protected boolean isFirst(byte[] packet) {
        return isHeader(packet, IDENTIFICATION);
    }

    private static boolean isHeader(byte[] packet, int type) {
        return packet.length >= MAGIC_BYTES
                && packet[0] == type
                && Arrays.equals(packet, 1, MAGIC_BYTES, NAME, 0, NAME.length);
    }

    @Override
    protected int headers() {
        return 3;
    }

    @Override
    protected OggDecoder decoder(List<byte[]> headers) throws MediaException {
        if (!isHeader(headers.get(1), COMMENT) || !isHeader(headers.get(2), SETUP)) {
            throw new MediaException(Kind.CORRUPT, "the headers of the Vorbis stream are not where they should be");
        }
        byte[] comment = headers.get(1);
        VorbisInfo info = VorbisInfo.parse(new BitReader(headers.get(0), MAGIC_BYTES));
        VorbisSetup setup = new SetupParser(info, new BitReader(headers.get(2), MAGIC_BYTES)).parse();
        int more = Synthesis.setupChannels(info.channels()) - info.channels();
        return new VorbisPackets(
                info,
                setup.modes(),
                VorbisComment.parse(comment, MAGIC_BYTES, comment.length - MAGIC_BYTES),
                new Synthesis(info.channels(), headers.get(0), setup.widened(headers.get(2), more)));
    }
}
