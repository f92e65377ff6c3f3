package dev.nightjar.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The streams of a file one behind the other, as far as they have one format.
///
/// @param parts in their order
record OggChain(List<Part> parts) {
    /// How long a file may be that is read through for its streams.
    private static final long SCAN_BYTES = 64L << 20;

    /// One stream.
    ///
    /// @param offset the byte of its first page
    /// @param end the byte at which the next one begins
    /// @param start the frame of the file that it begins with
    /// @param frames how many frames it has
    record Part(long offset, long end, long start, long frames) {}

    /// A stretch of the file and the last granule position in it.
    private record Stretch(long offset, long end, long granule) {}

    long frames() {
        Part last = parts.getLast();
        return last.start + last.frames;
    }

    /// The part that a frame is in; the last one for those beyond the end.
    int indexOf(long frame) {
        int index = parts.size() - 1;
        while (index > 0 && frame < parts.get(index).start) {
            index--;
        }
        return index;
    }

    /// Surveys a file, of which the first stream is open. Leaves `pages` anywhere.
    ///
    /// @return null if the input cannot seek, or it has several streams and is too long to be searched
    ///     for them
    static @Nullable OggChain survey(OggFormat format, OggPages pages, MediaInput input, OggLink first)
            throws IOException {
        if (!input.canSeek() || input.length() < 0) {
            return null;
        }
        long granule = lastGranule(pages, input.length(), first);
        if (granule >= 0) {
            return new OggChain(List.of(new Part(0, input.length(), 0, Math.max(0, granule - first.origin()))));
        }
        List<Part> parts =
                input.length() > SCAN_BYTES ? List.of() : measure(format, pages, stretches(format, pages, input));
        return parts.isEmpty() ? null : new OggChain(parts);
    }

    /// The granule position of the last page, or -1 if it is that of another stream.
    private static long lastGranule(OggPages pages, long length, OggLink link) throws IOException {
        long end = length;
        while (end > link.audio()) {
            long begin = Math.max(link.audio(), end - OggPage.MAX_BYTES);
            pages.seek(begin);
            long granule = -1;
            for (OggPage page = pages.nextBefore(end); page != null; page = pages.nextBefore(end)) {
                if (page.serial() != link.serial() || page.isFirst()) {
                    return -1;
                }
                granule = page.granulePosition() >= 0 ? page.granulePosition() : granule;
            }
            if (granule >= 0) {
                return granule;
            }
            end = begin;
        }
        return link.origin();
    }

    private static List<Stretch> stretches(OggFormat format, OggPages pages, MediaInput input) throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        pages.seek(0);
        long offset = -1;
        long granule = 0;
        int serial = 0;
        boolean inData = true;
        for (OggPage page = pages.next(); page != null; page = pages.next()) {
            if (page.isFirst() && inData && format.isFirst(page.firstPacket())) {
                if (offset >= 0) {
                    stretches.add(new Stretch(offset, page.offset(), granule));
                }
                offset = page.offset();
                serial = page.serial();
                granule = 0;
                inData = false;
            }
            inData |= !page.isFirst();
            if (page.serial() == serial && page.granulePosition() >= 0) {
                granule = page.granulePosition();
            }
        }
        stretches.add(new Stretch(Math.max(0, offset), input.length(), granule));
        return stretches;
    }

    private static List<Part> measure(OggFormat format, OggPages pages, List<Stretch> stretches) throws IOException {
        List<Part> parts = new ArrayList<>();
        long start = 0;
        OggLink leader = null;
        for (Stretch stretch : stretches) {
            OggLink link = openAt(format, pages, stretch.offset);
            if (link == null || (leader != null && !isAlike(leader, link))) {
                break;
            }
            leader = leader == null ? link : leader;
            long frames = Math.max(0, stretch.granule - link.origin());
            parts.add(new Part(stretch.offset, stretch.end, start, frames));
            start += frames;
        }
        return parts;
    }

    private static @Nullable OggLink openAt(OggFormat format, OggPages pages, long offset) throws IOException {
        pages.seek(offset);
        OggPackets packets = new OggPackets(pages, format::isFirst);
        OggPacket head = packets.next();
        try {
            return head == null ? null : OggLink.open(format, pages, packets, head);
        } catch (MediaException e) {
            // Reading will meet it again, and say so.
            return null;
        }
    }

    /// Whether the second stream goes on where the first one ends without a change of format.
    static boolean isAlike(OggLink one, OggLink other) {
        return one.decoder().format().rate() == other.decoder().format().rate()
                && one.decoder()
                        .format()
                        .layout()
                        .equals(other.decoder().format().layout());
    }
}
