package dev.nightjar.media.flac;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the frame that holds a sample: halves the file, in which every frame says its place, until little is
/// left, and reads through that. A seek table narrows the range first, but is not believed.
///
/// Not thread-safe.
final class FlacSeek {
    private static final long SMALL_BYTES = 32 * 1024;

    private final FlacWindow window;
    private final FlacFrames frames;
    private final List<FlacMetadata.SeekPoint> points;
    private final long firstFrame;

    FlacSeek(FlacWindow window, FlacFrames frames, FlacMetadata metadata) {
        this.window = window;
        this.frames = frames;
        this.points = metadata.seekPoints();
        this.firstFrame = metadata.firstFrame();
    }

    /// Decodes the frame that holds a sample, or the first one behind it if that one is damaged.
    ///
    /// @param end the length of the input
    /// @return null if the stream ends before
    @Nullable
    FrameHeader find(long sample, long end) throws IOException {
        long low = firstFrame;
        long high = end;
        int behind = firstPointBehind(sample);
        if (behind > 0 && sampleAt(points.get(behind - 1).offset()) <= sample) {
            low = firstFrame + points.get(behind - 1).offset();
        }
        if (behind < points.size() && isBehind(sampleAt(points.get(behind).offset()), sample)) {
            high = firstFrame + points.get(behind).offset();
        }
        while (high - low > SMALL_BYTES) {
            long middle = low + (high - low) / 2;
            window.seek(middle);
            FrameHeader frame = frames.search(high);
            if (frame == null || frames.sample(frame) > sample) {
                high = middle;
            } else if (sample < frames.sample(frame) + frame.blockSize()) {
                return frame;
            } else {
                low = window.position();
            }
        }
        window.seek(low);
        frames.restart();
        return readUpTo(sample);
    }

    private int firstPointBehind(long sample) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).sample() <= sample) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first sample of the frame that begins so many bytes behind the first one, [Long#MAX_VALUE] if none
    /// does.
    private long sampleAt(long offset) throws IOException {
        window.seek(firstFrame + offset);
        FrameHeader frame = frames.search(firstFrame + offset + 1);
        return frame == null ? Long.MAX_VALUE : frames.sample(frame);
    }

    private static boolean isBehind(long found, long sample) {
        return found > sample && found < Long.MAX_VALUE;
    }

    /// Reads through the frames up to the one that holds a sample, past damage.
    @Nullable
    FrameHeader readUpTo(long sample) throws IOException {
        while (true) {
            try {
                FrameHeader frame = frames.next();
                if (frame == null || frames.sample(frame) + frame.blockSize() > sample) {
                    return frame;
                }
            } catch (MediaException e) {
                if (e.kind() == Kind.UNSUPPORTED) {
                    throw e;
                }
            }
        }
    }
}
