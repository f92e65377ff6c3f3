package dev.nightjar.codec.vorbis;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.OggDecoder;
import dev.nightjar.media.VorbisChannels;
import dev.nightjar.media.VorbisComment;
import org.jspecify.annotations.Nullable;

/// Decodes the packets of a Vorbis stream. Each gives the second half of the packet before it and its own
/// first half; so the first one gives nothing.
final class VorbisPackets implements OggDecoder {
    private final VorbisInfo info;
    private final VorbisModes modes;
    private final VorbisComment comment;
    private final Synthesis synthesis;
    private final StreamFormat format;
    private final int[] sources;
    private boolean follows;

    VorbisPackets(VorbisInfo info, VorbisModes modes, VorbisComment comment, Synthesis synthesis) {
        this.info = info;
        this.modes = modes;
        this.comment = comment;
        this.synthesis = synthesis;
        format = StreamFormat.of(info.rate(), VorbisChannels.layout(info.channels()), SampleFormat.F32);
        sources = VorbisChannels.sources(info.channels());
    }

    @Override
    public StreamFormat format() {
        return format;
    }

    @Override
    public String codec() {
        return info.bitRate() > 0 ? "Vorbis " + Math.round(info.bitRate() / 1000.0) + " kbit/s" : "Vorbis";
    }

    @Override
    public VorbisComment comment() {
        return comment;
    }

    @Override
    public int preSkip() {
        return 0;
    }

    /// A packet that is not read whole, one that gives nothing.
    @Override
    public int preRoll() {
        return info.longBlock();
    }

    @Override
    public int maxFrames() {
        return info.longBlock() / 2;
    }

    @Override
    public int frames(byte @Nullable [] previous, byte[] packet) {
        int before = previous == null ? 0 : modes.block(previous);
        int block = modes.block(packet);
        return before == 0 || block == 0 ? 0 : before / 4 + block / 4;
    }

    @Override
    public int decode(byte[] packet, float[] into) throws MediaException {
        if (packet.length == 0) {
            return 0;
        }
        int frames = modes.block(packet) == 0 ? -1 : synthesis.decode(packet);
        if (frames < 0) {
            follows = false;
            throw new MediaException(Kind.CORRUPT, "a Vorbis packet is damaged");
        }
        if (follows) {
            for (int i = 0; i < sources.length; i++) {
                synthesis.copy(sources[i], frames, into, i, sources.length);
            }
        }
        synthesis.consume(frames);
        int given = follows ? frames : 0;
        follows = true;
        return given;
    }

    @Override
    public void restart() {
        follows = false;
    }
}
