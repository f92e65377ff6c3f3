package dev.nightjar.driver.virtual;

import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaReader;
import dev.nightjar.spi.AudioThread;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/// A microphone that hears a file, from its first frame on, and silence afterwards. The file is read when the
/// stream opens.
final class HeardFile implements FrameSource {
    private static final int MAX_BYTES = 1 << 29;

    private final MemorySegment frames;
    private final StreamFormat format;
    private long next;

    private HeardFile(MemorySegment frames, StreamFormat format) {
        this.frames = frames;
        this.format = format;
    }

    /// Reads the whole file.
    ///
    /// @throws AudioException if the file cannot be heard: NOT_OFFERED
    static HeardFile read(Path file) throws AudioException {
        try (MediaReader reader = Media.open(file)) {
            StreamFormat format = reader.info().format();
            byte[] bytes = new byte[1 << 16];
            int length = 0;
            int step = 4096;
            while (true) {
                if (bytes.length - length < step * format.frameBytes()) {
                    if (bytes.length >= MAX_BYTES) {
                        throw refused(file, "it is larger than " + (MAX_BYTES >> 20) + " MiB of samples");
                    }
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length + step * format.frameBytes());
                }
                int read = reader.read(bytes, length, step);
                if (read < 0) {
                    return new HeardFile(MemorySegment.ofArray(Arrays.copyOf(bytes, length)), format);
                }
                length += read * format.frameBytes();
            }
        } catch (IOException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private static AudioException refused(Path file, String why) {
        return AudioException.of(Failure.NOT_OFFERED, "hear " + file, why);
    }

    StreamFormat format() {
        return format;
    }

    @Override
    @AudioThread
    public void give(RawTurn.Side side, int count) {
        long total = frames.byteSize() / format.frameBytes();
        int there = Math.clamp(total - next, 0, count);
        int bytes = format.sample().bytes();
        if (there == 0) {
            return;
        }
        if (!side.format().isPlanar()) {
            long length = (long) there * format.frameBytes();
            MemorySegment.copy(frames, next * format.frameBytes(), side.segment(0), side.offset(0), length);
        } else {
            for (int channel = 0; channel < format.channels(); channel++) {
                for (int i = 0; i < there; i++) {
                    long from = (next + i) * format.frameBytes() + (long) channel * bytes;
                    MemorySegment.copy(
                            frames, from, side.segment(channel), side.offset(channel) + (long) i * bytes, bytes);
                }
            }
        }
        next += count;
    }
}
