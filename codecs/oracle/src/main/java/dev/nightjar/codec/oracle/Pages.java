package dev.nightjar.codec.oracle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Takes Ogg files apart into pages, changes them and puts them together again with right checksums.
public final class Pages {
    private static final int FLAGS = 5;
    private static final int GRANULE = 6;
    private static final int SERIAL = 14;
    private static final int SEQUENCE = 18;
    private static final int CRC = 22;
    private static final int SEGMENTS = 26;

    private Pages() {}

    /// The pages of a file, each a copy.
    public static List<byte[]> split(byte[] file) {
        List<byte[]> pages = new ArrayList<>();
        for (int at = 0; at < file.length; ) {
            int end = body(file, at);
            for (int i = at + SEGMENTS + 1; i < body(file, at); i++) {
                end += file[i] & 0xFF;
            }
            pages.add(Arrays.copyOfRange(file, at, end));
            at = end;
        }
        return pages;
    }

    private static int body(byte[] file, int at) {
        return at + SEGMENTS + 1 + (file[at + SEGMENTS] & 0xFF);
    }

    public static byte[] join(List<byte[]> pages) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        pages.forEach(file::writeBytes);
        return file.toByteArray();
    }

    /// Where the bytes of packets begin on a page.
    public static int body(byte[] page) {
        return body(page, 0);
    }

    private static ByteBuffer in(byte[] page) {
        return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static long granule(byte[] page) {
        return in(page).getLong(GRANULE);
    }

    public static void setGranule(byte[] page, long granule) {
        in(page).putLong(GRANULE, granule);
    }

    public static void setFlags(byte[] page, int flags) {
        page[FLAGS] = (byte) flags;
    }

    /// The file with each page changed, the checksums made right.
    public static byte[] change(byte[] file, Consumer<byte[]> change) {
        List<byte[]> pages = split(file);
        for (byte[] page : pages) {
            change.accept(page);
            seal(page);
        }
        return join(pages);
    }

    /// As one stream of a chain: all pages with this serial number.
    public static byte[] withSerial(byte[] file, int serial) {
        return change(file, page -> in(page).putInt(SERIAL, serial));
    }

    /// Numbers the pages one after the other, as if none had ever been between them.
    public static byte[] renumber(List<byte[]> pages) {
        for (int i = 0; i < pages.size(); i++) {
            in(pages.get(i)).putInt(SEQUENCE, i);
            seal(pages.get(i));
        }
        return join(pages);
    }

    /// Puts the right checksum into a page.
    public static void seal(byte[] page) {
        in(page).putInt(CRC, 0);
        int crc = 0;
        for (byte value : page) {
            crc ^= (value & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
        }
        in(page).putInt(CRC, crc);
    }
}
