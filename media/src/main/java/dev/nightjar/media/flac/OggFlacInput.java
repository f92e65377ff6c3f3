package dev.nightjar.media.flac;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.OggPacket;
import dev.nightjar.media.OggPackets;
import dev.nightjar.media.OggPage;
import dev.nightjar.media.OggPages;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The native FLAC stream within Ogg (RFC 9639 section 10.1), a link of a chain at a time. The packets are its
/// blocks and frames; before the first one stand 9 bytes: 0x7f, `FLAC`, version 1.0 and the number of header
/// packets.
///
/// Positions count the bytes given out. It cannot seek by them; [#seekSample] goes by the positions that pages
/// carry.
final class OggFlacInput implements MediaInput {
    private static final int MAPPING_BYTES = 9;

    private final MediaInput input;
    private final OggPages pages;
    private final OggPackets packets;
    private byte[] data = new byte[0];
    private int at;
    private long position;
    private boolean linkEnded = true;
    private @Nullable OggPacket nextFirst;
    private int serial;
    private long firstPage;
    private boolean inFrames;
    private long skippedBytes;

    OggFlacInput(MediaInput input) {
        this.input = input;
        this.firstPage = input.position();
        this.pages = new OggPages(input);
        this.packets = new OggPackets(pages, OggFlacInput::isMapping);
    }

    /// Whether a packet is the first one of FLAC in Ogg.
    static boolean isMapping(byte[] packet) {
        return packet.length > MAPPING_BYTES
                && packet[0] == 0x7f
                && packet[1] == 'F'
                && packet[2] == 'L'
                && packet[3] == 'A'
                && packet[4] == 'C'
                && packet[5] == 1;
    }

    /// Goes to the first or next link of the chain.
    ///
    /// @return false if there is none
    boolean nextLink() throws IOException {
        OggPacket first = nextFirst;
        while (first == null || !first.first()) {
            first = packets.next();
            if (first == null) {
                return false;
            }
        }
        nextFirst = null;
        linkEnded = false;
        inFrames = false;
        serial = first.serial();
        data = first.data();
        at = MAPPING_BYTES;
        return true;
    }

    /// To be called when the metadata of a link has been read: from now on it matters if a page is missing.
    void beginFrames() {
        inFrames = true;
    }

    /// Looks how far the stream goes. To be called when the metadata has been read: what follows are the frames.
    Extent extent() throws IOException {
        firstPage = pages.position();
        if (!pages.canSeek()) {
            return Extent.UNKNOWN;
        }
        OggPage last = pages.last();
        pages.seek(firstPage);
        skippedBytes = pages.skippedBytes();
        if (last == null || last.serial() != serial) {
            return Extent.UNKNOWN;
        }
        return new Extent(last.granulePosition(), true);
    }

    /// How far a stream goes.
    ///
    /// @param samples by the last page, -1 if unknown
    /// @param isWhole whether the file ends with this stream, so that there is but this one
    record Extent(long samples, boolean isWhole) {
        static final Extent UNKNOWN = new Extent(-1, false);
    }

    /// Moves to a frame at or before a sample, with no more than some pages between.
    void seekSample(long sample) throws IOException {
        long granule = pages.seekBehind(sample, serial, firstPage, input.length());
        // A frame that begins on that page and goes on on the next would be lost; so one page earlier.
        pages.seekBehind(granule - 1, serial, firstPage, input.length());
        packets.resume();
        linkEnded = false;
        nextFirst = null;
        skippedBytes = pages.skippedBytes();
        data = new byte[0];
        at = 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at == data.length && !linkEnded) {
            nextPacket();
        }
        if (at == data.length) {
            return -1;
        }
        int count = Math.min(length, data.length - at);
        System.arraycopy(data, at, into, offset, count);
        at += count;
        position += count;
        return count;
    }

    private void nextPacket() throws IOException {
        OggPacket packet = packets.next();
        if (packet == null || packet.first()) {
            nextFirst = packet;
            linkEnded = true;
            checkEnd(packet);
            return;
        }
        skippedBytes = pages.skippedBytes();
        data = packet.data();
        at = 0;
        if (packet.afterGap() && inFrames) {
            throw new MediaException(Kind.CORRUPT, "an Ogg page is missing or damaged before byte " + pages.position());
        }
    }

    private void checkEnd(@Nullable OggPacket next) throws MediaException {
        long lost = pages.skippedBytes() - skippedBytes;
        if (next == null && lost > 0 && !packets.isEnded()) {
            throw new MediaException(
                    Kind.TRUNCATED, "the stream lacks its last page; " + lost + " bytes at the end are no whole one");
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public boolean canSeek() {
        return false;
    }

    @Override
    public void seek(long target) {
        throw new UnsupportedOperationException("Ogg FLAC is not searched by bytes");
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
