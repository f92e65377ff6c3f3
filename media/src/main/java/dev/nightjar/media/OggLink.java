package dev.nightjar.media;

import dev.nightjar.media.MediaException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stream of a chain, opened: its headers are read, and so is the first run of its audio, which tells
/// where it begins.
///
/// @param serial the number of its logical stream
/// @param audio the byte at which its pages of audio begin
/// @param start the granule position before its first packet; below 0 if frames at the beginning are to
///     be cut off
/// @param origin the granule position of its first frame that is heard
/// @param first the first run, null if it has none
/// @param runs what follows
record OggLink(
        OggDecoder decoder,
        int serial,
        long audio,
        long start,
        long origin,
        @Nullable OggRun first,
        OggRun.Source runs) {
    /// Opens the stream that `head` is the first packet of.
    ///
    /// @throws MediaException if its headers are not all there or the codec refuses them
    static OggLink open(OggFormat format, OggPages pages, OggPackets packets, OggPacket head) throws IOException {
        List<byte[]> headers = new ArrayList<>();
        headers.add(head.data());
        while (headers.size() < format.headers()) {
            OggPacket packet = packets.next();
            if (packet == null || packet.first() || packet.afterGap()) {
                throw new MediaException(
                        packet == null ? Kind.TRUNCATED : Kind.CORRUPT,
                        "the headers of the " + format.name() + " stream before byte " + pages.position()
                                + " are not whole");
            }
            headers.add(packet.data());
        }
        OggDecoder decoder = format.decoder(headers);
        long audio = pages.position();
        OggRun.Source runs = new OggRun.Source(packets);
        OggRun first = runs.next();
        long start = first == null ? 0 : startOf(decoder, first);
        long origin = Math.max(0, start) + decoder.preSkip();
        return new OggLink(decoder, head.serial(), audio, start, origin, first, runs);
    }

    /// A first page that ends before its packets do either ends the stream, which cuts the end (RFC 7845
    /// section 4.4), or cuts the beginning (Vorbis I specification, section A.2).
    private static long startOf(OggDecoder decoder, OggRun first) {
        if (first.granule() < 0 || first.head().first() || first.head().afterGap()) {
            return 0;
        }
        long start = first.granule() - first.frames(decoder, null);
        return first.isLast() ? Math.max(0, start) : start;
    }
}
