package dev.nightjar.media;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The packets of one codec in an Ogg bitstream (RFC 3533): in each link of a chain, those of the first logical
/// stream
/// whose first packet the codec knows. Packets that go over several pages are put together; one with a missing part
/// is
/// left out, and the next one says so.
///
/// Not thread-safe.
public final class OggPackets {
    /// Packets longer than this are left out: no codec makes such, and a stream may not fill the memory.
    public static final int MAX_PACKET_BYTES = 64 * 1024 * 1024;

    private final OggPages pages;
    private final Predicate<byte[]> known;
    private final Queue<OggPacket> ready = new ArrayDeque<>();
    private byte[] partial = new byte[4096];
    private int partialLength;
    private boolean assembling;
    private boolean following;
    private boolean ended;
    private boolean inData;
    private boolean firstPending;
    private boolean gap;
    private int serial;
    private boolean resumed;
    private int nextSequence;

    /// @param known whether a first packet is that of a stream to follow, such as one that begins with `OpusHead`
    public OggPackets(OggPages pages, Predicate<byte[]> known) {
        this.pages = pages;
        this.known = known;
    }

    /// The next packet.
    ///
    /// @return null at the end of the input
    public @Nullable OggPacket next() throws IOException {
        while (ready.isEmpty()) {
            OggPage page = pages.next();
            if (page == null) {
                return null;
            }
            if (page.isFirst() && (!following || inData) && known.test(page.firstPacket())) {
                begin(page);
            }
            inData |= !page.isFirst();
            if (following && page.serial() == serial) {
                take(page);
            }
        }
        return ready.remove();
    }

    /// Goes on with the page that [OggPages] comes to next, after a seek there: the stream that was followed last is
    /// followed further, and its first whole packet is not marked as coming after a gap.
    public void resume() {
        ready.clear();
        assembling = false;
        partialLength = 0;
        gap = false;
        firstPending = false;
        following = true;
        ended = false;
        resumed = true;
    }

    /// Whether the last page of the stream that was followed has been read.
    public boolean isEnded() {
        return ended;
    }

    private void begin(OggPage page) {
        following = true;
        ended = false;
        inData = false;
        resumed = false;
        firstPending = true;
        serial = page.serial();
        nextSequence = page.sequence();
        assembling = false;
        gap = false;
    }

    private void take(OggPage page) {
        if ((!resumed && page.sequence() != nextSequence) || (assembling && !page.isContinued())) {
            gap = true;
            assembling = false;
        }
        nextSequence = page.sequence() + 1;
        boolean dropping = page.isContinued() && !assembling;
        gap |= dropping && !resumed;
        resumed = false;
        if (!page.isContinued()) {
            partialLength = 0;
        }
        int lastEnd = lastPacketEnd(page);
        int from = 0;
        for (int i = 0; i < page.segments(); i++) {
            int length = page.segment(i);
            if (!dropping && !append(page, from, length)) {
                dropping = true;
                gap = true;
            }
            from += length;
            if (length < 255) {
                end(page, dropping, i == lastEnd);
                dropping = false;
            }
        }
        assembling = page.isOpen() && !dropping;
        if (page.isLast()) {
            following = false;
            ended = true;
            assembling = false;
        }
    }

    private static int lastPacketEnd(OggPage page) {
        int last = page.segments() - 1;
        while (last >= 0 && page.segment(last) == 255) {
            last--;
        }
        return last;
    }

    private boolean append(OggPage page, int from, int length) {
        if (partialLength + length > MAX_PACKET_BYTES) {
            return false;
        }
        if (partialLength + length > partial.length) {
            partial = Arrays.copyOf(partial, 2 * (partialLength + length));
        }
        page.copyBody(from, partial, partialLength, length);
        partialLength += length;
        return true;
    }

    private void end(OggPage page, boolean dropped, boolean lastOnPage) {
        if (!dropped) {
            boolean last = lastOnPage && page.isLast();
            long granule = lastOnPage ? page.granulePosition() : -1;
            byte[] data = Arrays.copyOf(partial, partialLength);
            ready.add(new OggPacket(data, serial, granule, firstPending, last, gap));
            firstPending = false;
            gap = false;
        }
        partialLength = 0;
    }
}
