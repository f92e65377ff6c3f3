package dev.nightjar.media.flac;

/// The checksums of a frame (RFC 9639 sections 9.1.8 and 9.3), both from 0 and without reflection: CRC-8 with
/// polynomial x^8 + x^2 + x + 1 over the header, CRC-16 with x^16 + x^15 + x^2 + 1 over the whole frame.
///
/// The CRC-16 of bytes followed by their CRC-16 is 0. Sixteen bytes are taken a step, each with a table of its own.
final class Crc {
    private static final int[] CRC8 = table(8, 0x07);
    /// How many bytes are taken at once.
    private static final int STEP = 16;

    /// For each of the places in a step the checksums of all values of a byte that so many others follow.
    private static final char[] CRC16 = new char[STEP * 256];

    static {
        int[] last = table(16, 0x8005);
        for (int i = 0; i < CRC16.length; i++) {
            int before = i < 256 ? 0 : CRC16[i - 256];
            CRC16[i] = (char) (i < 256 ? last[i] : (before << 8) ^ last[before >>> 8]);
        }
    }

    private Crc() {}

    static int crc8(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = CRC8[crc ^ (bytes[i] & 0xff)];
        }
        return crc;
    }

    static int crc16(byte[] bytes, int from, int to) {
        int crc = 0;
        int i = from;
        for (; i + STEP <= to; i += STEP) {
            long high = BitReader.longAt(bytes, i) ^ ((long) crc << 48);
            long low = BitReader.longAt(bytes, i + 8);
            crc = ahead(high, 8) ^ ahead(low, 0);
        }
        for (; i < to; i++) {
            crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >>> 8) ^ (bytes[i] & 0xff)];
        }
        return crc;
    }

    /// The checksum of eight bytes that `behind` others follow.
    private static int ahead(long word, int behind) {
        int table = behind << 8;
        return CRC16[table + 0x700 + (int) (word >>> 56)]
                ^ CRC16[table + 0x600 + ((int) (word >>> 48) & 0xff)]
                ^ CRC16[table + 0x500 + ((int) (word >>> 40) & 0xff)]
                ^ CRC16[table + 0x400 + ((int) (word >>> 32) & 0xff)]
                ^ CRC16[table + 0x300 + ((int) (word >>> 24) & 0xff)]
                ^ CRC16[table + 0x200 + ((int) (word >>> 16) & 0xff)]
                ^ CRC16[table + 0x100 + ((int) (word >>> 8) & 0xff)]
                ^ CRC16[table + ((int) word & 0xff)];
    }

    private static int[] table(int width, int polynomial) {
        int top = 1 << (width - 1);
        int mask = (1 << width) - 1;
        int[] table = new int[256];
        for (int value = 0; value < 256; value++) {
            int crc = value << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = ((crc << 1) & mask) ^ ((crc & top) != 0 ? polynomial : 0);
            }
            table[value] = crc;
        }
        return table;
    }
}
