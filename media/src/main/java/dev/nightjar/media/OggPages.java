package dev.nightjar.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The pages of an Ogg bitstream one after the other, of all logical streams in it, as they come. What is not a page
/// with the right checksum is skipped and counted. Keeps one window of 128 KiB, whatever lengths the input claims.
///
/// Not thread-safe. The caller closes the input.
public final class OggPages {
    private static final int WINDOW_BYTES = 2 * 64 * 1024;

    private final MediaInput input;
    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowOffset;
    private int at;
    private int limit;
    private long skippedBytes;

    /// Reads from where the input is.
    public OggPages(MediaInput input) {
        this.input = input;
        this.windowOffset = input.position();
    }

    /// The next page with the right checksum.
    ///
    /// @return null at the end of the input
    public @Nullable OggPage next() throws IOException {
        return nextBefore(Long.MAX_VALUE);
    }

    /// The next page that begins before byte `end`.
    ///
    /// @return null if there is none
    public @Nullable OggPage nextBefore(long end) throws IOException {
        while (position() < end) {
            int length = OggPage.length(window, at, limit);
            if (length < 0 || at + length > limit) {
                if (fill()) {
                    continue;
                }
                length = 0;
            }
            OggPage page = length > 0 ? OggPage.parse(window, at, length, position()) : null;
            if (page != null) {
                at += length;
                return page;
            }
            if (at == limit) {
                return null;
            }
            at++;
            skippedBytes++;
        }
        return null;
    }

    /// The offset in the input of the byte at which the search for the next page begins.
    public long position() {
        return windowOffset + at;
    }

    /// How many bytes so far were no page with the right checksum.
    public long skippedBytes() {
        return skippedBytes;
    }

    /// Whether the input can seek.
    public boolean canSeek() {
        return input.canSeek();
    }

    /// Goes on from another byte, which need not be the first of a page.
    ///
    /// @throws UnsupportedOperationException if [#canSeek()] is false
    public void seek(long offset) throws IOException {
        input.seek(offset);
        windowOffset = offset;
        at = 0;
        limit = 0;
    }

    /// Looks backwards for the last page of the input, and goes on behind it. The granule position of the last page
    /// of
    /// a stream tells how long the stream is.
    ///
    /// @return null if the length of the input is unknown or there is no page
    /// @throws UnsupportedOperationException if [#canSeek()] is false
    public @Nullable OggPage last() throws IOException {
        long end = input.length();
        while (end > 0) {
            long start = Math.max(0, end - OggPage.MAX_BYTES);
            seek(start);
            OggPage last = null;
            for (OggPage page = nextBefore(end); page != null; page = nextBefore(end)) {
                last = page;
            }
            if (last != null) {
                return last;
            }
            end = start;
        }
        return null;
    }

    /// Goes to the page behind the last one of `serial` in `[from, to)` that ends at or before `granule`: the packets
    /// that lead up to a position are on the pages from there on. Halves the range until it is small, and needs
    /// granule
    /// positions that rise.
    ///
    /// @return the granule position of that page, or -1 if there is none and reading goes on at `from`
    /// @throws UnsupportedOperationException if [#canSeek()] is false
    public long seekBehind(long granule, int serial, long from, long to) throws IOException {
        long low = from;
        long high = to;
        while (high - low > WINDOW_BYTES) {
            long middle = low + (high - low) / 2;
            seek(middle);
            OggPage page = nextWithGranule(serial, high);
            if (page != null && page.granulePosition() <= granule) {
                low = position();
            } else {
                high = middle;
            }
        }
        return scan(granule, serial, new Range(low > from ? Math.max(from, low - OggPage.MAX_BYTES) : from, to));
    }

    private record Range(long from, long to) {}

    private long scan(long granule, int serial, Range range) throws IOException {
        long found = -1;
        long behind = range.from;
        seek(range.from);
        OggPage page = nextWithGranule(serial, range.to);
        while (page != null && page.granulePosition() <= granule) {
            found = page.granulePosition();
            behind = position();
            page = nextWithGranule(serial, range.to);
        }
        seek(behind);
        return found;
    }

    private @Nullable OggPage nextWithGranule(int serial, long end) throws IOException {
        OggPage page = nextBefore(end);
        while (page != null && (page.serial() != serial || page.granulePosition() < 0)) {
            page = nextBefore(end);
        }
        return page;
    }

    private boolean fill() throws IOException {
        if (limit - at >= OggPage.MAX_BYTES) {
            return false;
        }
        System.arraycopy(window, at, window, 0, limit - at);
        windowOffset += at;
        limit -= at;
        at = 0;
        int count = input.read(window, limit, window.length - limit);
        limit += Math.max(0, count);
        return count > 0;
    }
}
