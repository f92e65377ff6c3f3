package dev.nightjar.codec.vorbis;

import java.util.List;

/// What is known of a setup header that has been checked.
///
/// @param channelLists the bits at which the lists end that give each channel its submap
record VorbisSetup(VorbisModes modes, List<Integer> channelLists) {
    private static final int BITS_PER_CHANNEL = 4;

    /// The packet with so many more channels in its lists, all in submap 0.
    byte[] widened(byte[] packet, int more) {
        int each = more * BITS_PER_CHANNEL;
        byte[] wide = new byte[packet.length + (channelLists.size() * each + 7) / 8];
        int to = 0;
        int list = 0;
        for (int from = 0; from < packet.length * 8; from++, to++) {
            if (list < channelLists.size() && from == channelLists.get(list)) {
                to += each;
                list++;
            }
            wide[to >> 3] |= (byte) ((packet[from >> 3] >> (from & 7) & 1) << (to & 7));
        }
        return wide;
    }
}
