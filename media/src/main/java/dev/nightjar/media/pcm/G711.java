package dev.nightjar.media.pcm;

/// Decoding of ITU-T G.711: eight bits that stand for 13 (A-law) or 14 (mu-law), here left-justified in 16.
final class G711 {
    private G711() {}

    /// A-law: even bits inverted, sign, three bits of segment, four of step.
    static int aLaw(byte code) {
        int bits = code ^ 0x55;
        int segment = (bits >> 4) & 7;
        int magnitude = ((bits & 0x0F) << 4) | 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    /// Mu-law: all bits inverted, sign, three bits of segment, four of step, on a bias of 33.
    static int muLaw(byte code) {
        int bits = ~code;
        int magnitude = (((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 7);
        return (bits & 0x80) != 0 ? 0x84 - magnitude : magnitude - 0x84;
    }

    static void put(int sample, byte[] into, int offset) {
        into[offset] = (byte) sample;
        into[offset + 1] = (byte) (sample >> 8);
    }
}
