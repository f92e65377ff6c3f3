package dev.nightjar.codec.opus;

/// How long an Opus packet is, by its first two bytes (RFC 6716 section 3.1 and 3.2.5).
///
/// ```
/// CCCCCSNN  VPMMMMMM   C configuration   S stereo   N number of frames: 1, 2, 2 or M
/// ```
final class OpusToc {
    /// The frames of audio of the longest packet: 120 ms.
    static final int MAX_FRAMES = 5760;

    /// The frames of audio in 2.5 ms at 48 kHz.
    private static final int UNIT = 120;

    private OpusToc() {}

    /// The frames of audio that a packet has at 48 kHz, 0 if it is none.
    static int frames(byte[] packet) {
        if (packet.length == 0) {
            return 0;
        }
        int each = frameLength(packet[0] >> 3 & 31);
        int count = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length < 2 ? 0 : packet[1] & 63;
        };
        return each * count > MAX_FRAMES ? 0 : each * count;
    }

    private static int frameLength(int configuration) {
        if (configuration < 12) {
            // SILK: 10, 20, 40, 60 ms
            return 4 * UNIT * (configuration % 4 == 3 ? 6 : 1 << configuration % 4);
        } else if (configuration < 16) {
            // hybrid: 10, 20 ms
            return (4 * UNIT) << configuration % 2;
        }
        // CELT: 2.5, 5, 10, 20 ms
        return UNIT << configuration % 4;
    }
}
