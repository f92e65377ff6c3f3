package dev.nightjar.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// All frames of a file, as bytes.
public final class Frames {
    private final MediaInfo info;
    private final byte[] bytes;

    private Frames(MediaInfo info, byte[] bytes) {
        this.info = info;
        this.bytes = bytes;
    }

    public MediaInfo info() {
        return info;
    }

    public byte[] bytes() {
        return bytes;
    }

    public static Frames of(Path file) throws IOException {
        try (MediaReader reader = Media.open(file)) {
            return new Frames(reader.info(), rest(reader));
        }
    }

    /// The same from a stream that cannot seek and does not know its length.
    public static Frames streamed(byte[] file) throws IOException {
        try (MediaReader reader = Media.open(new StreamMediaInput(new ByteArrayInputStream(file)), null)) {
            return new Frames(reader.info(), rest(reader));
        }
    }

    /// The same from memory, which can seek.
    public static Frames of(byte[] file) throws IOException {
        try (MediaReader reader = Media.open(new ArrayInput(file), null)) {
            return new Frames(reader.info(), rest(reader));
        }
    }

    /// What is left, read in pieces of odd sizes.
    public static byte[] rest(MediaReader reader) throws IOException {
        int frameBytes = reader.info().format().frameBytes();
        Random sizes = new Random(frameBytes);
        byte[] piece = new byte[1 + 777 * frameBytes];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int count;
        while ((count = reader.read(piece, 1, 1 + sizes.nextInt(777))) > 0) {
            all.write(piece, 1, count * frameBytes);
        }
        return all.toByteArray();
    }
}
