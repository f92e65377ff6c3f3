package dev.nightjar.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packets up to the next one whose position is known.
///
/// @param packets at least one; if the first is [OggPacket#first()], it stands alone
/// @param granule the granule position at the end of the last packet, -1 if it is not known
record OggRun(List<OggPacket> packets, long granule) {
    /// More than the packets that end on a page.
    private static final int MAX_PACKETS = 512;

    /// Beyond this, positions could not be added without overflow: 760,000 years at 48 kHz.
    private static final long MAX_GRANULE = 1L << 60;

    OggPacket head() {
        return packets.getFirst();
    }

    /// Whether the stream ends with this run.
    boolean isLast() {
        return packets.getLast().last();
    }

    /// How many frames it gives.
    ///
    /// @param before the packet before it, null if decoding begins with this run
    int frames(OggDecoder decoder, byte @Nullable [] before) {
        int frames = 0;
        byte[] previous = before;
        for (OggPacket packet : packets) {
            frames += decoder.frames(previous, packet.data());
            previous = packet.data();
        }
        return frames;
    }

    /// Gathers runs from packets.
    static final class Source {
        private final OggPackets packets;
        private @Nullable OggPacket held;

        Source(OggPackets packets) {
            this.packets = packets;
        }

        /// The next run.
        ///
        /// @return null at the end of the input
        @Nullable
        OggRun next() throws IOException {
            OggPacket packet = held == null ? packets.next() : held;
            held = null;
            List<OggPacket> gathered = new ArrayList<>();
            while (packet != null) {
                if (!gathered.isEmpty() && (packet.first() || packet.afterGap())) {
                    held = packet;
                    break;
                }
                gathered.add(packet);
                if (packet.first() || isPlaced(packet) || gathered.size() == MAX_PACKETS) {
                    break;
                }
                packet = packets.next();
            }
            if (gathered.isEmpty()) {
                return null;
            }
            OggPacket end = gathered.getLast();
            return new OggRun(gathered, isPlaced(end) ? end.granulePosition() : -1);
        }

        private static boolean isPlaced(OggPacket packet) {
            return packet.granulePosition() >= 0 && packet.granulePosition() <= MAX_GRANULE;
        }
    }
}
