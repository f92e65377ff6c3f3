package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.Arrays;

/// What a reader gives when it is read to its end: all frames counted, the first ones kept.
final class Heard {
    private static final int PORTION_BYTES = 64 * 1024;
    private static final int KEPT_BYTES = 256 * 1024;

    /// A few bytes of FLAC stand for a block of 65,535 frames, so that the end may be far.
    private static final long ENOUGH_BYTES = 32L << 20;

    private final byte[] portion = new byte[PORTION_BYTES];
    private final byte[] kept = new byte[KEPT_BYTES];
    private int keptBytes;
    private int frameBytes;
    private boolean opened;
    private boolean exact;
    private boolean whole;
    private long frames;
    private int failures;

    /// Opens and reads through, closes if that was possible.
    void listen(MediaOracle.Opener opener, ByteInput input, int inputBytes) throws IOException {
        opened = false;
        whole = false;
        keptBytes = 0;
        frames = 0;
        failures = 0;
        try (MediaReader reader = opener.open(input)) {
            opened = true;
            frameBytes = reader.info().format().frameBytes();
            exact = reader.info().exact();
            readThrough(reader, inputBytes);
        } catch (MediaException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(input.isClosed())
                .as("a reader closes its input, a failure does not")
                .isEqualTo(opened);
    }

    private void readThrough(MediaReader reader, int inputBytes) throws IOException {
        int most = portion.length / frameBytes;
        while (frames * frameBytes < ENOUGH_BYTES) {
            try {
                int count = reader.read(portion, 0, most);
                if (count < 0) {
                    whole = true;
                    assertThat(reader.read(portion, 0, 1))
                            .as("a read behind the end")
                            .isEqualTo(-1);
                    return;
                }
                assertThat(count).isPositive();
                int length = Math.min(count * frameBytes, kept.length - keptBytes);
                System.arraycopy(portion, 0, kept, keptBytes, length);
                keptBytes += length;
                frames += count;
                if (failures == 0) {
                    assertThat(reader.position()).isEqualTo(frames);
                }
            } catch (MediaException e) {
                assertThat(e.getMessage()).isNotBlank();
                failures++;
                assertThat(failures).as("failures must end").isLessThanOrEqualTo(inputBytes + 1);
            }
        }
    }

    boolean opened() {
        return opened;
    }

    int frameBytes() {
        return frameBytes;
    }

    /// Whether the frames are those that went into the file.
    boolean exact() {
        return exact;
    }

    /// Whether the end was reached.
    boolean whole() {
        return whole;
    }

    /// How often reading failed on the way.
    int failures() {
        return failures;
    }

    /// How many frames there were.
    long frames() {
        return frames;
    }

    /// How many whole frames from the first on are kept.
    int keptFrames() {
        return keptBytes / frameBytes;
    }

    byte[] kept(long from, int count) {
        return Arrays.copyOfRange(kept, (int) from * frameBytes, ((int) from + count) * frameBytes);
    }
}
