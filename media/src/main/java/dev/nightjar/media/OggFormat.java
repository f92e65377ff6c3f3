package dev.nightjar.media;

import java.io.IOException;
import java.util.List;

/// A codec in Ogg (RFC 3533). Subclasses know its packets; what all such files have in common is done
/// here:
///
/// - Frames are counted by granule position. A stream may begin at any, as after it was cut, and its last
///   page tells at which frame it ends.
/// - [MediaReader#seek] bisects the file and decodes up to the frame, so that it is exact.
/// - Streams one behind the other (chains) are read as one if rate and channels stay. A file that ends
///   with another stream than it begins with is searched for all of them when it is opened, up to 64 MiB;
///   longer ones have no length and do not seek.
/// - A page that is missing or damaged gives one [MediaException]; reading goes on behind it, and
///   [MediaReader#position()] leaps by what is missing.
public abstract class OggFormat implements MediaFormat {
    private static final int CERTAIN = 100;
    private static final int BESIDE_OTHERS = 80;

    /// For subclasses.
    protected OggFormat() {}

    /// Whether a packet is the first one of a stream of this codec.
    protected abstract boolean isFirst(byte[] packet);

    /// How many packets there are before those of audio.
    protected abstract int headers();

    /// Makes the decoder of a stream.
    ///
    /// @param headers its first [#headers()] packets
    /// @throws MediaException if they are damaged or what they announce is not decoded
    protected abstract OggDecoder decoder(List<byte[]> headers) throws MediaException;

    @Override
    public final int matches(byte[] head) {
        int at = 0;
        for (int length = OggPage.length(head, 0, head.length);
                length > 0 && at + length <= head.length;
                length = OggPage.length(head, at, head.length)) {
            OggPage page = OggPage.parse(head, at, length, at);
            if (page == null || !page.isFirst()) {
                return 0;
            }
            if (isFirst(page.firstPacket())) {
                return at == 0 ? CERTAIN : BESIDE_OTHERS;
            }
            at += length;
        }
        return 0;
    }

    @Override
    public final MediaReader open(MediaInput input) throws IOException {
        return OggReader.open(this, input);
    }
}
