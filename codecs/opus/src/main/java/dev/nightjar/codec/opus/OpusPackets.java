package dev.nightjar.codec.opus;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.OggDecoder;
import dev.nightjar.media.VorbisComment;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;
import org.jspecify.annotations.Nullable;

/*
 * concentus behind one door. It decodes to 16 bit; the output gain is applied to floats, which it cannot make clip.
 */
final class OpusPackets implements OggDecoder {
    /// What RFC 7845 section 4.6 recommends for a decoder to converge: 80 ms.
    private static final int PRE_ROLL = 3840;

    private static final float FULL_SCALE = 32_768f;
    private static final int VALID_BITS = 16;

    private final OpusHead head;
    private final VorbisComment comment;
    private final StreamFormat format;
    private final float scale;
    private final short[] decoded;
    private OpusMSDecoder decoder;

    OpusPackets(OpusHead head, VorbisComment comment) {
        this.head = head;
        this.comment = comment;
        StreamFormat floats = StreamFormat.of(OpusHead.RATE, head.layout(), SampleFormat.F32);
        format = head.gain() == 0 ? floats.withValidBits(VALID_BITS) : floats;
        scale = (float) (Math.pow(10, head.gain() / (20 * 256.0)) / FULL_SCALE);
        decoded = new short[maxFrames() * head.channels()];
        decoder = newDecoder();
    }

    private OpusMSDecoder newDecoder() {
        int[] sources = head.sources();
        short[] mapping = new short[sources.length];
        for (int i = 0; i < sources.length; i++) {
            mapping[i] = (short) sources[i];
        }
        try {
            return OpusMSDecoder.create(OpusHead.RATE, sources.length, head.streams(), head.coupled(), mapping);
        } catch (OpusException e) {
            throw new IllegalStateException("concentus refuses " + head, e);
        }
    }

    @Override
    public StreamFormat format() {
        return format;
    }

    @Override
    public String codec() {
        return "Opus";
    }

    @Override
    public VorbisComment comment() {
        return comment;
    }

    @Override
    public int preSkip() {
        return head.preSkip();
    }

    @Override
    public int preRoll() {
        return PRE_ROLL;
    }

    @Override
    public int maxFrames() {
        return OpusToc.MAX_FRAMES;
    }

    @Override
    public int frames(byte @Nullable [] previous, byte[] packet) {
        return OpusToc.frames(packet);
    }

    @Override
    public int decode(byte[] packet, float[] into) throws MediaException {
        int frames = OpusToc.frames(packet) == 0 ? 0 : decodeWhole(packet);
        if (frames <= 0) {
            decoder = newDecoder();
            throw new MediaException(Kind.CORRUPT, "an Opus packet is damaged");
        }
        for (int i = 0; i < frames * head.channels(); i++) {
            into[i] = decoded[i] * scale;
        }
        return frames;
    }

    private int decodeWhole(byte[] packet) {
        try {
            return decoder.decodeMultistream(packet, 0, packet.length, decoded, 0, maxFrames(), 0);
        } catch (RuntimeException | AssertionError e) {
            return 0;
        }
    }

    @Override
    public void restart() {
        decoder.ResetState();
    }
}
