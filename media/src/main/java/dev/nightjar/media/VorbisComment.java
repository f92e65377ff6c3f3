package dev.nightjar.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A Vorbis comment: the tags of FLAC (RFC 9639 section 8.6), Ogg Vorbis and Opus. All numbers are 32 bit
/// little-endian.
///
/// ```
/// vendor length, vendor string; count; count times: length, "NAME=value" in UTF-8
/// ```
///
/// @param vendor the program that wrote the file, as it calls itself
/// @param tags values by upper-case name, names and values in the order of the file
/// @param whole whether everything that the comment announces was there; if not, the tags are those before the damage
public record VorbisComment(String vendor, Map<String, List<String>> tags, boolean whole) {
    public VorbisComment {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /// Parses `bytes[offset, offset + length)`: the comment without the head that a codec puts before it and without
    /// the framing bit behind it. Reads what it can; never throws for what the bytes say.
    public static VorbisComment parse(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, offset + length);
        String vendor = cursor.string();
        long count = cursor.number();
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (long i = 0; i < count && cursor.whole; i++) {
            String field = cursor.string();
            int equals = field.indexOf('=');
            if (equals > 0) {
                tags.computeIfAbsent(field.substring(0, equals).toUpperCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(field.substring(equals + 1));
            }
        }
        tags.replaceAll((_, values) -> List.copyOf(values));
        return new VorbisComment(vendor, tags, cursor.whole);
    }

    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;
        private boolean whole = true;

        Cursor(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        long number() {
            if (end - at < 4) {
                whole = false;
                return 0;
            }
            at += 4;
            return (bytes[at - 4] & 0xffL)
                    | ((bytes[at - 3] & 0xffL) << 8)
                    | ((bytes[at - 2] & 0xffL) << 16)
                    | ((bytes[at - 1] & 0xffL) << 24);
        }

        String string() {
            long length = number();
            if (length > end - at) {
                whole = false;
                return "";
            }
            at += (int) length;
            return new String(bytes, at - (int) length, (int) length, StandardCharsets.UTF_8);
        }
    }
}
