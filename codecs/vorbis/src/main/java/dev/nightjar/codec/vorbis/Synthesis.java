package dev.nightjar.codec.vorbis;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;

/*
 * jorbis behind one door. It gets no comments, which it would take memory for as their lengths say, and no granule positions, which it
 * would cut by. For the numbers of coupled channels it reads a bit less than there is unless there are a power of two of them: so it is
 * given a setup header for as many, and told the true number behind it. There is no way to make it forget the last packet but to throw away what comes of the next one.
 */
final class Synthesis {
    private static final byte[] NO_COMMENT = {3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final Info info = new Info();
    private final Packet packet = new Packet();
    private final float[][][] pcm = new float[1][][];
    private final int[] index;
    private DspState state;
    private Block block;

    /// @param identification the first packet of the stream, checked
    /// @param setup the third one, checked, and for [#setupChannels] channels
    Synthesis(int channels, byte[] identification, byte[] setup) throws MediaException {
        index = new int[channels];
        Comment comment = new Comment();
        try {
            info.init();
            comment.init();
            int refused = header(comment, identification, 1) | header(comment, NO_COMMENT, 0);
            info.channels = setupChannels(channels);
            refused |= header(comment, setup, 0);
            info.channels = channels;
            if (refused != 0) {
                throw new MediaException(Kind.CORRUPT, "the headers of the Vorbis stream are damaged");
            }
            state = newState();
        } catch (RuntimeException e) {
            throw new MediaException(Kind.CORRUPT, "the headers of the Vorbis stream are damaged");
        }
        block = new Block(state);
    }

    /// For how many channels the setup header has to be.
    static int setupChannels(int channels) {
        return channels == 1 ? 1 : Integer.highestOneBit(channels - 1) * 2;
    }

    private int header(Comment comment, byte[] bytes, int first) {
        give(bytes);
        packet.b_o_s = first;
        return info.synthesis_headerin(comment, packet);
    }

    private DspState newState() {
        DspState made = new DspState();
        made.synthesis_init(info);
        return made;
    }

    private void give(byte[] bytes) {
        packet.packet_base = bytes;
        packet.packet = 0;
        packet.bytes = bytes.length;
        packet.granulepos = -1;
        packet.packetno++;
    }

    /// Decodes a packet of audio.
    ///
    /// @return the frames that are complete now, -1 if the packet is damaged
    int decode(byte[] bytes) {
        give(bytes);
        try {
            if (block.synthesis(packet) != 0) {
                return -1;
            }
        } catch (RuntimeException e) {
            return -1;
        }
        try {
            state.synthesis_blockin(block);
            return state.synthesis_pcmout(pcm, index);
        } catch (RuntimeException e) {
            state = newState();
            block = new Block(state);
            return -1;
        }
    }

    /// Copies a channel of what [#decode] completed, to every `stride`-th place of `into` from `at` on.
    void copy(int channel, int frames, float[] into, int at, int stride) {
        float[] from = pcm[0][channel];
        for (int i = 0; i < frames; i++) {
            float sample = from[index[channel] + i];
            into[at + i * stride] = Float.isFinite(sample) ? sample : 0f;
        }
    }

    /// Drops what [#decode] completed.
    void consume(int frames) {
        state.synthesis_read(frames);
    }
}
