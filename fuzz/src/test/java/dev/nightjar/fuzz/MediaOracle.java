package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/// What holds for the reader of a file whatever its bytes are: it says no with a `MediaException` or gives frames,
/// ends, allocates within a bound that the input justifies, seeks to the frames that reading through gives, and reads
/// a stream as it reads a file.
final class MediaOracle {
    private static final int SEEKS = 4;
    private static final int FRAMES_BEHIND_SEEK = 64;

    private final Opener opener;
    private final long baseBytes;
    private final Heard file = new Heard();
    private final Heard stream = new Heard();

    /// How bytes become a reader.
    interface Opener {
        MediaReader open(MediaInput input) throws IOException;
    }

    /// @param baseBytes what a reader may allocate however short its input is
    MediaOracle(Opener opener, long baseBytes) {
        this.opener = opener;
        this.baseBytes = baseBytes;
    }

    void check(byte[] bytes) throws IOException {
        Allocation.assertWithin(
                baseBytes, bytes.length, () -> file.listen(opener, ByteInput.file(bytes), bytes.length));
        Allocation.assertWithin(
                baseBytes, bytes.length, () -> stream.listen(opener, ByteInput.pipe(bytes), bytes.length));
        if (!file.opened()) {
            assertThat(stream.opened())
                    .as("a stream is read only if the file is")
                    .isFalse();
            return;
        }
        if (stream.opened() && file.exact() && file.whole() && stream.whole()) {
            assertThat(stream.frameBytes()).isEqualTo(file.frameBytes());
            assertThat(stream.frames()).as("frames of the stream").isEqualTo(file.frames());
            int kept = file.keptFrames();
            assertThat(stream.kept(0, kept)).isEqualTo(file.kept(0, kept));
        }
        if (file.exact() && file.whole() && file.failures() == 0) {
            checkSeeks(bytes);
        }
    }

    private void checkSeeks(byte[] bytes) throws IOException {
        Random random = new Random(Arrays.hashCode(bytes));
        byte[] portion = new byte[FRAMES_BEHIND_SEEK * file.frameBytes()];
        try (MediaReader reader = opener.open(ByteInput.file(bytes))) {
            for (int i = 0; i < SEEKS && reader.canSeek(); i++) {
                long target = i == 0 ? file.frames() : random.nextInt(file.keptFrames() + 1);
                reader.seek(target);
                assertThat(reader.position()).isEqualTo(target);
                int count = reader.read(portion, 0, FRAMES_BEHIND_SEEK);
                if (target == file.frames()) {
                    assertThat(count).as("a read at the end").isEqualTo(-1);
                } else {
                    assertThat(count)
                            .as("a read at frame %d of %d", target, file.frames())
                            .isPositive();
                    int known = Math.min(count, (int) (file.keptFrames() - target));
                    assertThat(Arrays.copyOf(portion, known * file.frameBytes()))
                            .as("frames from %d on", target)
                            .isEqualTo(file.kept(target, known));
                }
            }
        }
    }
}
