package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Reading of an input in order: blocks of a size that is not trusted, and skips that work without seeking.
final class Bytes {
    private static final int STEP = 8192;

    private Bytes() {}

    /// Reads `wanted` bytes, or those there are. Allocates no more than about twice what the input has.
    static byte[] read(MediaInput input, long wanted) throws IOException {
        byte[] bytes = new byte[(int) Math.min(wanted, STEP)];
        int length = 0;
        while (length < wanted) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * length));
            }
            int count = input.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return Arrays.copyOf(bytes, length);
            }
            length += count;
        }
        return bytes;
    }

    /// Moves `count` bytes on, or to the end.
    static void skip(MediaInput input, long count) throws IOException {
        if (input.canSeek()) {
            long to = input.position() + count;
            input.seek(to < 0 ? Long.MAX_VALUE : to);
            return;
        }
        byte[] scratch = new byte[(int) Math.min(count, STEP)];
        long left = count;
        while (left > 0) {
            int read = input.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    /// Bytes as characters up to U+00FF.
    static String latin(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /// Four characters as a message shows them: in quotes if they can be read, else in hexadecimal.
    static String printable(String id) {
        if (id.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            return "'" + id + "'";
        }
        return "0x" + HexFormat.of().formatHex(id.getBytes(StandardCharsets.ISO_8859_1));
    }

    static boolean startsWith(byte[] bytes, int offset, String magic) {
        return bytes.length >= offset + magic.length()
                && latin(bytes, offset, magic.length()).equals(magic);
    }
}
