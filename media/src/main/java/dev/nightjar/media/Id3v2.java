package dev.nightjar.media;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text frames of an ID3v2 tag, versions 2.2 to 2.4 (id3.org, "ID3 tag version 2.4.0 - Main Structure"): in front
/// of
/// MPEG audio, and in a chunk of its own in WAV and AIFF.
public final class Id3v2 {
    /// The bytes that [#size] needs.
    public static final int HEADER_BYTES = 10;

    private static final int MAX_TEXT_BYTES = 64 * 1024;
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("TIT2", "TITLE"),
            Map.entry("TT2", "TITLE"),
            Map.entry("TIT3", "SUBTITLE"),
            Map.entry("TPE1", "ARTIST"),
            Map.entry("TP1", "ARTIST"),
            Map.entry("TPE2", "ALBUMARTIST"),
            Map.entry("TP2", "ALBUMARTIST"),
            Map.entry("TPE3", "CONDUCTOR"),
            Map.entry("TALB", "ALBUM"),
            Map.entry("TAL", "ALBUM"),
            Map.entry("TRCK", "TRACKNUMBER"),
            Map.entry("TRK", "TRACKNUMBER"),
            Map.entry("TPOS", "DISCNUMBER"),
            Map.entry("TPA", "DISCNUMBER"),
            Map.entry("TDRC", "DATE"),
            Map.entry("TYER", "DATE"),
            Map.entry("TYE", "DATE"),
            Map.entry("TCON", "GENRE"),
            Map.entry("TCO", "GENRE"),
            Map.entry("TCOM", "COMPOSER"),
            Map.entry("TCM", "COMPOSER"),
            Map.entry("TCOP", "COPYRIGHT"),
            Map.entry("TCR", "COPYRIGHT"),
            Map.entry("TSRC", "ISRC"),
            Map.entry("TRC", "ISRC"),
            Map.entry("TENC", "ENCODED-BY"),
            Map.entry("TSSE", "ENCODER"),
            Map.entry("TSS", "ENCODER"),
            Map.entry("COMM", "COMMENT"),
            Map.entry("COM", "COMMENT"));

    private final byte[] tag;
    private final int major;
    private final Map<String, List<String>> fields;

    private Id3v2(byte[] tag, Map<String, List<String>> fields) {
        this.tag = tag;
        this.major = tag[3];
        this.fields = fields;
    }

    /// The size of the tag that begins with these ten bytes, header and footer included, or 0 if they are no such
    /// header. [any-thread]
    public static long size(byte[] bytes, int offset) {
        if (bytes.length - offset < HEADER_BYTES
                || bytes[offset] != 'I'
                || bytes[offset + 1] != 'D'
                || bytes[offset + 2] != '3') {
            return 0;
        }
        boolean versioned = bytes[offset + 3] != -1 && bytes[offset + 4] != -1;
        int size = synchsafe(bytes, offset + 6);
        boolean footer = bytes[offset + 3] == 4 && (bytes[offset + 5] & 0x10) != 0;
        return !versioned || size < 0 ? 0 : (long) HEADER_BYTES + size + (footer ? HEADER_BYTES : 0);
    }

    /// Adds the text of a tag to `fields`, by upper-case Vorbis comment field name, as far as the bytes reach; what
    /// cannot be understood is left out. Never throws for what the bytes say. [any-thread]
    public static void read(byte[] bytes, Map<String, List<String>> fields) {
        if (size(bytes, 0) == 0 || bytes[3] < 2 || bytes[3] > 4) {
            return;
        }
        boolean unsynchronised = (bytes[5] & 0x80) != 0 && bytes[3] < 4;
        new Id3v2(unsynchronised ? synchronised(bytes) : bytes, fields).frames();
    }

    private void frames() {
        int at = HEADER_BYTES + extendedHeader();
        int header = major == 2 ? 6 : 10;
        while (at >= 0 && at <= tag.length - header && tag[at] != 0) {
            String id = new String(tag, at, major == 2 ? 3 : 4, StandardCharsets.ISO_8859_1);
            int size = frameSize(at);
            int flags = major == 2 ? 0 : tag[at + 9] & 0xFF;
            at += header;
            if (size < 0 || size > tag.length - at) {
                return;
            }
            if (size <= MAX_TEXT_BYTES && (id.charAt(0) == 'T' || FIELDS.containsKey(id))) {
                byte[] body = body(at, size, flags);
                if (body.length > 1) {
                    text(id, body);
                }
            }
            at += size;
        }
    }

    private int extendedHeader() {
        if (major == 2 || (tag[5] & 0x40) == 0 || tag.length < HEADER_BYTES + 4) {
            return 0;
        }
        int size = major == 4 ? synchsafe(tag, HEADER_BYTES) : int32(HEADER_BYTES) + 4;
        return size < 0 || size > tag.length ? tag.length : size;
    }

    private int frameSize(int at) {
        return switch (major) {
            case 2 -> int32(at + 2) & 0xFF_FFFF;
            case 3 -> int32(at + 4);
            default -> synchsafe(tag, at + 4);
        };
    }

    /// The frame without what its flags put around it; empty if it is compressed or encrypted.
    private byte[] body(int at, int size, int flags) {
        if (major == 2) {
            return Arrays.copyOfRange(tag, at, at + size);
        }
        if ((flags & (major == 3 ? 0xC0 : 0x0C)) != 0) {
            return new byte[0];
        }
        int skip = (flags & (major == 3 ? 0x20 : 0x40)) == 0 ? 0 : 1;
        skip += major == 4 && (flags & 0x01) != 0 ? 4 : 0;
        byte[] body = Arrays.copyOfRange(tag, at + Math.min(skip, size), at + size);
        return major == 4 && ((flags & 0x02) != 0 || (tag[5] & 0x80) != 0) ? synchronised(body) : body;
    }

    private void text(String id, byte[] body) {
        Charset charset = charset(body);
        if (charset == null) {
            return;
        }
        boolean comment = id.startsWith("COM");
        int from = comment ? 4 : 1;
        if (from > body.length) {
            return;
        }
        List<String> parts = parts(body, from, charset);
        if (comment || id.equals("TXXX") || id.equals("TXX")) {
            String description = parts.removeFirst();
            if (!comment) {
                add(description.toUpperCase(Locale.ROOT), parts);
            } else if (description.isEmpty()) {
                add("COMMENT", parts);
            }
        } else if (FIELDS.containsKey(id)) {
            add(FIELDS.get(id), parts);
        }
    }

    private void add(@Nullable String field, List<String> values) {
        if (field == null || field.isEmpty()) {
            return;
        }
        for (String value : values) {
            if (!value.isEmpty()) {
                fields.computeIfAbsent(field, key -> new ArrayList<>()).add(value);
            }
        }
    }

    private static @Nullable Charset charset(byte[] body) {
        return switch (body[0]) {
            case 0 -> StandardCharsets.ISO_8859_1;
            case 1 -> StandardCharsets.UTF_16;
            case 2 -> StandardCharsets.UTF_16BE;
            case 3 -> StandardCharsets.UTF_8;
            default -> null;
        };
    }

    /// The strings between NULs, at least one. In UTF-16 each begins with a byte order mark, the same for all of a
    /// frame.
    private static List<String> parts(byte[] body, int from, Charset charset) {
        boolean little = body.length - from >= 2 && body[from] == -1 && body[from + 1] == -2;
        Charset ordered = !charset.equals(StandardCharsets.UTF_16)
                ? charset
                : little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        List<String> parts = new ArrayList<>();
        for (String part : new String(body, from, body.length - from, ordered).split("\0", -1)) {
            parts.add(part.startsWith("\uFEFF") ? part.substring(1) : part);
        }
        return parts;
    }

    /// Without the zero bytes that were put behind 0xFF so that no decoder sees a sync pattern.
    private static byte[] synchronised(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            out[length++] = bytes[i];
            if (bytes[i] == -1 && i + 1 < bytes.length && bytes[i + 1] == 0) {
                i++;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static int synchsafe(byte[] bytes, int offset) {
        int size = 0;
        for (int i = 0; i < 4; i++) {
            if (bytes[offset + i] < 0) {
                return -1;
            }
            size = size << 7 | bytes[offset + i];
        }
        return size;
    }

    private int int32(int offset) {
        return (tag[offset] & 0xFF) << 24
                | (tag[offset + 1] & 0xFF) << 16
                | (tag[offset + 2] & 0xFF) << 8
                | (tag[offset + 3] & 0xFF);
    }
}
