package dev.nightjar.media.flac;

/// The checksums of a frame (RFC 9639 sections 9.1.8 and 9.3), both from 0 and without reflection: CRC-8 with
/// polynomial x^8 + x^2 + x + 1 over the header, CRC-16 with x^16 + x^15 + x^2 + 1 over the whole frame.
///
/// The CRC-16 of bytes followed by their CRC-16 is 0. Eight bytes are taken a step, each with a table of its own.
final class Crc {
    private static final int[] CRC8 = table(8, 0x07);
    private static final int[][] CRC16 = new int[8][];

    static {
        CRC16[0] = table(16, 0x8005);
        for (int step = 1; step < 8; step++) {
            CRC16[step] = new int[256];
            for (int value = 0; value < 256; value++) {
                int crc = CRC16[step - 1][value];
                CRC16[step][value] = ((crc << 8) & 0xffff) ^ CRC16[0][crc >>> 8];
            }
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
        int[] t0 = CRC16[0];
        int[] t1 = CRC16[1];
        int[] t2 = CRC16[2];
        int[] t3 = CRC16[3];
        int[] t4 = CRC16[4];
        int[] t5 = CRC16[5];
        int[] t6 = CRC16[6];
        int[] t7 = CRC16[7];
        int crc = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = BitReader.longAt(bytes, i);
            crc = t7[(crc >>> 8) ^ (int) (word >>> 56)]
                    ^ t6[(crc & 0xff) ^ (int) (word >>> 48 & 0xff)]
                    ^ t5[(int) (word >>> 40 & 0xff)]
                    ^ t4[(int) (word >>> 32 & 0xff)]
                    ^ t3[(int) (word >>> 24 & 0xff)]
                    ^ t2[(int) (word >>> 16 & 0xff)]
                    ^ t1[(int) (word >>> 8 & 0xff)]
                    ^ t0[(int) (word & 0xff)];
        }
        for (; i < to; i++) {
            crc = ((crc << 8) & 0xffff) ^ t0[(crc >>> 8) ^ (bytes[i] & 0xff)];
        }
        return crc;
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
