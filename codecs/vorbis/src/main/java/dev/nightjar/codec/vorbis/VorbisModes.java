package dev.nightjar.codec.vorbis;

/// How the length of an audio packet is told by its first byte (Vorbis I specification, section 4.3.1).
///
/// @param isLong for each mode, whether its blocks are long
record VorbisModes(
        VorbisInfo info,
        @SuppressWarnings("ArrayRecordComponent") boolean[] isLong) {
    /// The samples of the block in a packet, 0 if it is none of audio.
    int block(byte[] packet) {
        if (packet.length == 0 || (packet[0] & 1) != 0) {
            return 0;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(isLong.length - 1);
        int mode = packet[0] >> 1 & ((1 << bits) - 1);
        return mode < isLong.length ? info.block(isLong[mode]) : 0;
    }
}
