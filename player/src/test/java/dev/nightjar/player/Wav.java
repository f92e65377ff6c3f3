package dev.nightjar.player;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// The frames of a file, as a test compares them.
final class Wav {
    final StreamFormat format;
    final byte[] bytes;

    private Wav(StreamFormat format, byte[] bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    static Wav of(Path file) throws IOException {
        try (MediaReader reader = Media.open(file)) {
            StreamFormat format = reader.info().format();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] block = new byte[4096 * format.frameBytes()];
            for (int count; (count = reader.read(block, 0, 4096)) > 0; ) {
                all.write(block, 0, count * format.frameBytes());
            }
            return new Wav(format, all.toByteArray());
        }
    }

    int frames() {
        return bytes.length / format.frameBytes();
    }

    /// The bytes of these frames.
    byte[] slice(int from, int to) {
        return Arrays.copyOfRange(bytes, from * format.frameBytes(), to * format.frameBytes());
    }
}
