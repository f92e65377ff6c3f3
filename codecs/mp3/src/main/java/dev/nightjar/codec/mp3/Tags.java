package dev.nightjar.codec.mp3;

import dev.nightjar.media.Id3v2;
import dev.nightjar.media.MediaInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The tags around MPEG audio: ID3v2 in front, APE (version 2) and ID3v1 behind.
final class Tags {
    private static final int ID3V1_BYTES = 128;
    private static final int APE_BYTES = 32;
    /// The most bytes of a tag that are looked at; pictures and the like behind them are stepped over.
    private static final int MAX_READ = 4 << 20;
    private static final int MAX_APE = 1 << 20;
    private static final Map<String, String> APE_FIELDS =
            Map.of("TRACK", "TRACKNUMBER", "YEAR", "DATE", "DISC", "DISCNUMBER");

    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    Map<String, List<String>> fields() {
        return fields;
    }

    /// The size of the tag that begins where the window stands, 0 if none does.
    static long sizeAt(InputWindow window) throws IOException {
        int first = window.u8(0);
        if (first == 'I' && window.ensure(Id3v2.HEADER_BYTES)) {
            byte[] header = new byte[Id3v2.HEADER_BYTES];
            window.copy(header, header.length);
            return Id3v2.size(header, 0);
        }
        if (first == 'A' && window.ensure(APE_BYTES)) {
            byte[] header = new byte[APE_BYTES];
            window.copy(header, header.length);
            return isApe(header) ? APE_BYTES + ((header[23] & 0x20) == 0 ? 0 : int32(header, 12) & 0xFFFF_FFFFL) : 0;
        }
        return window.word(0) >>> 8 == 0x544147 ? ID3V1_BYTES : 0;
    }

    /// Takes the ID3v2 tags in front, if there are any, and keeps their text. Reads no more memory than the input has
    /// bytes.
    void readFront(InputWindow window) throws IOException {
        while (window.ensure(FrameHeader.BYTES) && window.u8(0) == 'I') {
            long size = sizeAt(window);
            if (size == 0) {
                return;
            }
            long behind = window.position() + size;
            Map<String, List<String>> found = new LinkedHashMap<>();
            Id3v2.read(take(window, (int) Math.min(size, MAX_READ)), found);
            found.forEach(fields::putIfAbsent);
            window.skip(behind - window.position());
        }
    }

    private static byte[] take(InputWindow window, int size) throws IOException {
        byte[] bytes = new byte[Math.min(size, 64 * 1024)];
        int length = 0;
        while (length < size && window.ensure(1)) {
            int step = Math.min(window.available(), size - length);
            if (length + step > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(size, Math.max(bytes.length * 2, length + step)));
            }
            byte[] chunk = new byte[step];
            window.copy(chunk, step);
            System.arraycopy(chunk, 0, bytes, length, step);
            window.skip(step);
            length += step;
        }
        return Arrays.copyOf(bytes, length);
    }

    /// Reads the tags at the end of an input that can seek and whose length is known, for fields that the front did not
    /// have.
    ///
    /// @return the offset at which they begin, so the end of the audio
    long readBack(MediaInput input) throws IOException {
        long end = input.length();
        byte[] id3v1 = at(input, end - ID3V1_BYTES, ID3V1_BYTES);
        boolean hasId3v1 = id3v1.length == ID3V1_BYTES && id3v1[0] == 'T' && id3v1[1] == 'A' && id3v1[2] == 'G';
        end -= hasId3v1 ? ID3V1_BYTES : 0;
        byte[] footer = at(input, end - APE_BYTES, APE_BYTES);
        if (footer.length == APE_BYTES && isApe(footer)) {
            long size = int32(footer, 12) & 0xFFFF_FFFFL;
            long start = end - size;
            if (size >= APE_BYTES && start >= 0) {
                ape(at(input, start, (int) Math.min(size, MAX_APE)), int32(footer, 16));
                end = start - ((footer[23] & 0x80) != 0 && start >= APE_BYTES ? APE_BYTES : 0);
            }
        }
        if (hasId3v1) {
            id3v1(id3v1);
        }
        return end;
    }

    private static byte[] at(MediaInput input, long position, int length) throws IOException {
        if (position < 0) {
            return new byte[0];
        }
        input.seek(position);
        byte[] bytes = new byte[(int) Math.min(length, Math.max(0, input.length() - position))];
        int done = 0;
        while (done < bytes.length) {
            int read = input.read(bytes, done, bytes.length - done);
            if (read < 0) {
                return Arrays.copyOf(bytes, done);
            }
            done += read;
        }
        return bytes;
    }

    private static boolean isApe(byte[] bytes) {
        return new String(bytes, 0, 8, StandardCharsets.ISO_8859_1).equals("APETAGEX");
    }

    private void ape(byte[] items, int count) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < count && at <= items.length - 8; i++) {
            int size = int32(items, at);
            boolean text = (items[at + 4] & 6) == 0;
            int key = at + 8;
            int value = key;
            while (value < items.length && items[value] != 0) {
                value++;
            }
            value++;
            if (size < 0 || size > items.length - value) {
                break;
            }
            if (text) {
                String name =
                        new String(items, key, value - 1 - key, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
                String joined = new String(items, value, size, StandardCharsets.UTF_8);
                found.put(APE_FIELDS.getOrDefault(name, name), List.of(joined.split("\0", -1)));
            }
            at = value + size;
        }
        found.forEach(fields::putIfAbsent);
    }

    private void id3v1(byte[] tag) {
        putText("TITLE", tag, 3, 30);
        putText("ARTIST", tag, 33, 30);
        putText("ALBUM", tag, 63, 30);
        putText("DATE", tag, 93, 4);
        boolean numbered = tag[125] == 0 && tag[126] != 0;
        putText("COMMENT", tag, 97, numbered ? 28 : 30);
        if (numbered) {
            fields.putIfAbsent("TRACKNUMBER", List.of(Integer.toString(tag[126] & 0xFF)));
        }
    }

    private void putText(String field, byte[] tag, int offset, int length) {
        int end = offset;
        while (end < offset + length && tag[end] != 0) {
            end++;
        }
        String value = new String(tag, offset, end - offset, StandardCharsets.ISO_8859_1).strip();
        if (!value.isEmpty()) {
            fields.putIfAbsent(field, new ArrayList<>(List.of(value)));
        }
    }

    private static int int32(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF)
                | (bytes[offset + 1] & 0xFF) << 8
                | (bytes[offset + 2] & 0xFF) << 16
                | (bytes[offset + 3] & 0xFF) << 24;
    }
}
