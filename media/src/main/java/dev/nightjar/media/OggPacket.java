package dev.nightjar.media;

/// One packet of a logical Ogg stream.
///
/// @param data the bytes of the packet, the receiver's own
/// @param serial the number of the logical stream
/// @param granulePosition that of the page, if this is the last packet that ends on it, else -1
/// @param first whether it is the first packet of its logical stream: with chained streams there are several such
/// @param last whether it is the last packet of its logical stream
/// @param afterGap whether a packet is missing before it: a page was lost or damaged
public record OggPacket(
        @SuppressWarnings("ArrayRecordComponent") byte[] data,
        int serial,
        long granulePosition,
        boolean first,
        boolean last,
        boolean afterGap) {}
