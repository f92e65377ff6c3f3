package dev.nightjar.media;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses what a file is that no installed format knows, in words for a person.
final class Lookalike {
    private Lookalike() {}

    /// @param magic bytes as characters up to U+00FF
    /// @param decoder the module that decodes it, or null if none does
    /// @param audio whether it may be sound at all
    private record Signature(
            int offset, String magic, String what, @Nullable String decoder, boolean audio) {
        static Signature foreign(String magic, String what) {
            return new Signature(0, magic, what, null, false);
        }

        static Signature audio(String magic, String what) {
            return new Signature(0, magic, what, null, true);
        }

        boolean matches(byte[] head) {
            return startsWith(head, offset, magic);
        }
    }

    private static final List<Signature> SIGNATURES = List.of(
            new Signature(28, "OpusHead", "Ogg Opus", "opus", true),
            new Signature(28, "\u0001vorbis", "Ogg Vorbis", "vorbis", true),
            new Signature(28, "Speex   ", "Ogg Speex", null, true),
            new Signature(28, "\u0080theora", "an Ogg Theora video", null, false),
            Signature.audio("OggS", "an Ogg file"),
            new Signature(0, "ID3", "MP3", "mp3", true),
            Signature.audio("ADIF", "AAC (ADIF)"),
            new Signature(4, "ftypM4A", "MPEG-4 audio (AAC or ALAC)", null, true),
            new Signature(4, "ftypM4B", "an MPEG-4 audio book (AAC)", null, true),
            new Signature(4, "ftypqt", "a QuickTime video", null, false),
            new Signature(4, "ftyp", "an MPEG-4 video", null, false),
            new Signature(8, "AVI ", "an AVI video", null, false),
            new Signature(8, "WEBP", "a WebP picture", null, false),
            Signature.audio("MAC ", "Monkey's Audio"),
            Signature.audio("wvpk", "WavPack"),
            Signature.audio("TTA1", "True Audio"),
            Signature.audio("MPCK", "Musepack"),
            Signature.audio("MP+", "Musepack"),
            Signature.audio("DSD ", "DSD (DSF)"),
            Signature.audio("FRM8", "DSD (DSDIFF)"),
            Signature.audio("fLaC", "FLAC"),
            Signature.audio("RIFF", "a RIFF file, but not WAV"),
            Signature.audio("MThd", "MIDI: notes, not sound"),
            Signature.audio("0&\u00b2u\u008ef\u00cf\u0011", "Windows Media"),
            Signature.audio("#!AMR", "AMR speech"),
            Signature.audio("\u000bw", "Dolby AC-3"),
            Signature.foreign("\u001aE\u00df\u00a3", "a Matroska or WebM video"),
            Signature.foreign("FLV\u0001", "a Flash video"),
            Signature.foreign("\u0000\u0000\u0001\u00ba", "an MPEG video"),
            Signature.foreign("\u0000\u0000\u0001\u00b3", "an MPEG video"),
            Signature.foreign("\u00ff\u00d8\u00ff", "a JPEG picture"),
            Signature.foreign("\u0089PNG\r\n\u001a\n", "a PNG picture"),
            Signature.foreign("GIF8", "a GIF picture"),
            Signature.foreign("BM", "a BMP picture"),
            Signature.foreign("II*\u0000", "a TIFF picture"),
            Signature.foreign("MM\u0000*", "a TIFF picture"),
            Signature.foreign("%PDF", "a PDF document"),
            Signature.foreign("%!PS", "a PostScript document"),
            Signature.foreign("PK\u0003\u0004", "a ZIP archive or an office document"),
            Signature.foreign("PK\u0005\u0006", "an empty ZIP archive"),
            Signature.foreign("\u001f\u008b", "a gzip archive"),
            Signature.foreign("BZh", "a bzip2 archive"),
            Signature.foreign("\u00fd7zXZ\u0000", "an xz archive"),
            Signature.foreign("(\u00b5/\u00fd", "a zstd archive"),
            Signature.foreign("7z\u00bc\u00af'\u001c", "a 7-Zip archive"),
            Signature.foreign("Rar!", "a RAR archive"),
            new Signature(257, "ustar", "a tar archive", null, false),
            Signature.foreign("\u007fELF", "a program"),
            Signature.foreign("MZ", "a Windows program"),
            Signature.foreign("\u00ca\u00fe\u00ba\u00be", "a Java class"),
            Signature.foreign("SQLite format 3", "a database"),
            new Signature(0, "#EXTM3U", "a playlist, not the audio itself", null, false));

    /// Whether these bytes, which no installed format knows, are surely those of another one, whatever the file is
    /// named. An ID3 tag says nothing of what is behind it.
    static boolean isForeign(byte[] head) {
        Signature signature = find(head);
        return signature != null ? !signature.magic().equals("ID3") : head.length == 0 || isText(head);
    }

    /// One clause, such as `this looks like a PDF document`.
    static String describe(byte[] head) {
        Signature signature = find(head);
        if (head.length == 0) {
            return "this file is empty";
        } else if (signature != null) {
            return "this looks like " + signature.what() + decoderClause(signature);
        } else if (isText(head)) {
            return "this looks like text" + (startsWith(head, 0, "<") ? " (HTML or XML)" : "");
        } else if (isMpegSync(head)) {
            return (head[1] & 0x06) == 0
                    ? "this looks like AAC (ADTS), which no module of Nightjar decodes"
                    : "this looks like MP3" + decoderClause("mp3");
        } else if (isAll(head, (byte) 0)) {
            return "this file begins with " + head.length + " zero bytes";
        }
        return "this is not an audio file that Nightjar knows";
    }

    private static String decoderClause(Signature signature) {
        if (signature.decoder() != null) {
            return decoderClause(signature.decoder());
        }
        return signature.audio() ? ", which no installed module decodes" : ", not an audio file";
    }

    private static String decoderClause(String module) {
        return ": the module dev.nightjar.codec." + module + " decodes it and is not installed";
    }

    private static @Nullable Signature find(byte[] head) {
        for (Signature signature : SIGNATURES) {
            if (signature.matches(head)) {
                return signature;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] head, int offset, String magic) {
        if (head.length < offset + magic.length()) {
            return false;
        }
        return new String(head, offset, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    private static boolean isMpegSync(byte[] head) {
        return head.length > 3 && head[0] == (byte) 0xFF && (head[1] & 0xE0) == 0xE0 && (head[2] & 0xF0) != 0xF0;
    }

    private static boolean isText(byte[] head) {
        int length = Math.min(head.length, 4096);
        for (int i = 0; i < length; i++) {
            int b = head[i] & 0xFF;
            if (b == 0x7F || (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B)) {
                return false;
            }
        }
        String decoded = new String(head, 0, length, StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') < 0 || decoded.indexOf('\uFFFD') >= decoded.length() - 2;
    }

    private static boolean isAll(byte[] head, byte value) {
        for (byte b : head) {
            if (b != value) {
                return false;
            }
        }
        return true;
    }
}
