package dev.nightjar.media;

import dev.nightjar.dsp.StreamFormat;
import org.jspecify.annotations.Nullable;

/// The decoder of one logical stream in Ogg. It knows packets; pages, positions and chains are the
/// business of [OggFormat]. Used by one thread at a time.
public interface OggDecoder {
    /// What [#decode] gives: interleaved [dev.nightjar.dsp.SampleFormat#F32].
    StreamFormat format();

    /// How the samples are coded, as in [MediaInfo#codec()].
    String codec();

    /// The tags of the stream.
    VorbisComment comment();

    /// How many frames the encoder put before the first that is to be heard.
    int preSkip();

    /// How many frames before one that is sought decoding has to begin at least.
    int preRoll();

    /// The most frames that a packet can have.
    int maxFrames();

    /// How many frames a packet gives that is decoded behind `previous`; 0 if it is none of audio. Looks
    /// at the packets alone, not at what was decoded.
    ///
    /// @param previous null if decoding begins with this packet
    int frames(byte @Nullable [] previous, byte[] packet);

    /// Decodes the next packet.
    ///
    /// @param into has room for [#maxFrames()] frames
    /// @return how many frames it gave
    /// @throws MediaException `CORRUPT` if it cannot be decoded; decoding then begins anew with the next
    ///     one
    int decode(byte[] packet, float[] into) throws MediaException;

    /// Forgets what was decoded: the next packet does not follow the last one.
    void restart();
}
