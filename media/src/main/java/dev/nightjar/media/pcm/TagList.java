package dev.nightjar.media.pcm;

import dev.nightjar.media.Id3v2;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tags of a file as they are found, by Vorbis comment field name.
final class TagList {
    /// The most bytes of one chunk that are read for tags.
    static final int MAX_BYTES = 256 * 1024;

    /// No key of [#FIELDS] is longer.
    static final int MAX_KEY_BYTES = 32;

    /// RIFF INFO and the text chunks of AIFF.
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("INAM", "TITLE"),
            Map.entry("IART", "ARTIST"),
            Map.entry("IPRD", "ALBUM"),
            Map.entry("ITRK", "TRACKNUMBER"),
            Map.entry("IPRT", "TRACKNUMBER"),
            Map.entry("ICRD", "DATE"),
            Map.entry("IGNR", "GENRE"),
            Map.entry("ICMT", "COMMENT"),
            Map.entry("ICOP", "COPYRIGHT"),
            Map.entry("ISFT", "ENCODER"),
            Map.entry("IENG", "ENGINEER"),
            Map.entry("IMUS", "COMPOSER"),
            Map.entry("IWRI", "LYRICIST"),
            Map.entry("ILNG", "LANGUAGE"),
            Map.entry("ISRC", "SOURCE"),
            Map.entry("NAME", "TITLE"),
            Map.entry("AUTH", "ARTIST"),
            Map.entry("ANNO", "COMMENT"),
            Map.entry("(c) ", "COPYRIGHT"),
            Map.entry("title", "TITLE"),
            Map.entry("artist", "ARTIST"),
            Map.entry("album", "ALBUM"),
            Map.entry("track number", "TRACKNUMBER"),
            Map.entry("year", "DATE"),
            Map.entry("recorded date", "DATE"),
            Map.entry("genre", "GENRE"),
            Map.entry("composer", "COMPOSER"),
            Map.entry("comments", "COMMENT"),
            Map.entry("copyright", "COPYRIGHT"),
            Map.entry("encoding application", "ENCODER"));

    private final Map<String, List<String>> tags = new LinkedHashMap<>();
    private final Map<String, List<String>> id3 = new LinkedHashMap<>();

    /// All that was added; what an ID3 tag says where nothing else does.
    Map<String, List<String>> tags() {
        Map<String, List<String>> all = new LinkedHashMap<>(tags);
        id3.forEach(all::putIfAbsent);
        return all;
    }

    /// Adds an ID3v2 tag that is the body of a chunk.
    void addId3(byte[] body) {
        Id3v2.read(body, id3);
    }

    /// Adds what a chunk or key of this name says; unknown names and empty texts are passed over.
    void add(String key, byte[] bytes, int offset, int length) {
        String field = FIELDS.get(key);
        if (field != null) {
            addField(field, text(bytes, offset, length));
        }
    }

    void addField(String field, String text) {
        if (!text.isEmpty()) {
            tags.computeIfAbsent(field, name -> new ArrayList<>()).add(text);
        }
    }

    /// The body of a `LIST` chunk, if it is an `INFO` list (RIFF MCI, "Multimedia Programming Interface and Data
    /// Specifications 1.0").
    void addInfo(byte[] body, ChunkStyle style) {
        if (!Bytes.startsWith(body, 0, "INFO")) {
            return;
        }
        int at = 4;
        while (at + 8 <= body.length) {
            int size = ByteBuffer.wrap(body, at + 4, 4).order(style.order()).getInt();
            int length = size < 0 ? body.length - at - 8 : Math.min(size, body.length - at - 8);
            add(Bytes.latin(body, at, 4), body, at + 8, length);
            at += 8 + length;
            if (length % 2 == 1 && at < body.length && body[at] == 0) {
                at++;
            }
        }
    }

    /// Text up to the first zero byte, trimmed: UTF-8 if it is that, else Windows-1252, which says what ISO
    /// 8859-1 says and more.
    static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        try {
            ByteBuffer text = ByteBuffer.wrap(bytes, offset, end - offset);
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString().strip();
        } catch (CharacterCodingException e) {
            return new String(bytes, offset, end - offset, WINDOWS).strip();
        }
    }

    private static final Charset WINDOWS =
            Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;
}
