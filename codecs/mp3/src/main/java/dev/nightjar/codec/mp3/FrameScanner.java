package dev.nightjar.codec.mp3;

import dev.nightjar.media.MediaException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Finds MPEG frames: one after the other while they follow each other without a gap, by a search that wants several
/// headers in a row
/// where they do not. Tags between frames are stepped over.
final class FrameScanner {
    /// How far into a file that begins with something else the first frame is looked for.
    private static final int LEADING_JUNK = 1 << 20;

    /// How many matching headers behind a header make it the beginning of another stream instead of a chance.
    private static final int PROOF = 3;

    private final InputWindow window;
    private @Nullable FrameHeader stream;
    private boolean inSync;
    private long skipped;

    FrameScanner(InputWindow window) {
        this.window = window;
    }

    /// How many bytes that belong to no frame and to no tag were passed by the last [#next].
    long skipped() {
        return skipped;
    }

    /// Moves to where a frame is known to be.
    void seek(long position) throws IOException {
        window.seek(position);
        inSync = true;
    }

    /// Goes to the next frame and leaves the window at its first byte; the frame may be cut off by the end of the
    /// input.
    ///
    /// @return null when there is none
    /// @throws MediaException `UNSUPPORTED` at the free format, or at a stream of another rate or layout
    @Nullable
    FrameHeader next() throws IOException {
        skipped = 0;
        while (window.ensure(FrameHeader.BYTES)) {
            FrameHeader header = FrameHeader.parse(window.word(0));
            if (header != null && accept(header)) {
                inSync = true;
                return header;
            }
            long tag = Tags.sizeAt(window);
            window.skip(tag > 0 ? tag : 1);
            skipped += tag > 0 ? 0 : 1;
            inSync = false;
            if (stream == null && skipped > LEADING_JUNK) {
                return null;
            }
        }
        return null;
    }

    private boolean accept(FrameHeader header) throws IOException {
        FrameHeader expected = stream;
        if (expected == null) {
            return acceptFirst(header);
        }
        if (header.sameStream(expected)) {
            return inSync || chain(header, 2);
        }
        if (chain(header, PROOF)) {
            throw new MediaException(
                    MediaException.Kind.UNSUPPORTED,
                    "the MPEG audio changes from " + expected.describe() + " to " + header.describe() + " at byte "
                            + window.position());
        }
        return false;
    }

    private boolean acceptFirst(FrameHeader header) throws IOException {
        if (header.isFreeFormat()) {
            if (skipped == 0 && repeats(header)) {
                throw new MediaException(
                        MediaException.Kind.UNSUPPORTED,
                        "MPEG audio in the free format (without a bit rate) is not decoded");
            }
            return false;
        }
        boolean only = skipped == 0 && !window.ensure(header.frameBytes() + FrameHeader.BYTES);
        if ((only && window.available() >= header.frameBytes()) || chain(header, PROOF)) {
            stream = header;
            return true;
        }
        return false;
    }

    /// Whether so many frames stand one behind the other from here on, or the input ends after fewer but at least two.
    private boolean chain(FrameHeader first, int wanted) throws IOException {
        int offset = 0;
        for (int found = 0; found < wanted; found++) {
            if (!window.ensure(offset + FrameHeader.BYTES)) {
                return found >= 2 || (found == 1 && stream != null && first.sameStream(stream));
            }
            FrameHeader header = FrameHeader.parse(window.word(offset));
            if (header == null || header.isFreeFormat() || !header.sameStream(first)) {
                return false;
            }
            offset += header.frameBytes();
        }
        return true;
    }

    /// Whether a frame of the free format is followed by another one: the same header again but for padding and mode
    /// extension.
    private boolean repeats(FrameHeader header) throws IOException {
        int mask = ~0x230;
        for (int offset = FrameHeader.BYTES; offset < 8192 && window.ensure(offset + FrameHeader.BYTES); offset++) {
            if ((window.word(offset) & mask) == (header.word() & mask)) {
                return true;
            }
        }
        return false;
    }
}
