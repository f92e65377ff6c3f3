package dev.nightjar.codec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damaged files: whatever the bytes are, a reader gives frames or a [MediaException], and ends.
public final class Hostile {
    /// No format here packs more frames into a byte: 5,760 of an Opus packet in one byte and its lacing
    /// value.
    private static final long FRAMES_PER_BYTE = 6000;

    private Hostile() {}

    /// Cuts the file at many places.
    public static void truncate(MediaFormat format, byte[] good, int cuts) throws IOException {
        for (int i = 0; i < cuts; i++) {
            int length = i < 200 ? Math.min(i, good.length) : (int) ((long) good.length * i / cuts);
            drain(format, Arrays.copyOf(good, length));
        }
    }

    /// Turns bits and overwrites stretches, in reproducible places.
    public static void damage(MediaFormat format, byte[] good, int times) throws IOException {
        Random random = new Random(20);
        for (int i = 0; i < times; i++) {
            byte[] bad = good.clone();
            int hits = 1 + random.nextInt(20);
            for (int hit = 0; hit < hits; hit++) {
                int at = random.nextInt(i % 2 == 0 ? Math.min(2000, bad.length) : bad.length);
                bad[at] ^= (byte) (1 << random.nextInt(8));
            }
            if (i % 5 == 0) {
                int at = random.nextInt(bad.length - 100);
                byte[] noise = new byte[100];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bad, at, 100);
            }
            drain(format, bad);
        }
    }

    /// Damages packets and positions of an Ogg file, and makes the checksums right again, so that a
    /// decoder gets to see it.
    public static void damagePackets(MediaFormat format, byte[] good, int times) throws IOException {
        Random random = new Random(22);
        for (int i = 0; i < times; i++) {
            List<byte[]> pages = Pages.split(good);
            int hits = 1 + random.nextInt(8);
            for (int hit = 0; hit < hits; hit++) {
                byte[] page = pages.get(random.nextInt(i % 2 == 0 ? Math.min(4, pages.size()) : pages.size()));
                int body = Pages.body(page);
                int at = random.nextInt(10) == 0 ? 6 + random.nextInt(8) : body + random.nextInt(page.length - body);
                page[at] ^= (byte) (1 << random.nextInt(8));
                Pages.seal(page);
            }
            drain(format, Pages.join(pages));
        }
    }

    /// Reads as file and as pipe, seeks about, and goes on after each failure.
    ///
    /// @return the failures met
    public static int drain(MediaFormat format, byte[] bytes) throws IOException {
        format.matches(Arrays.copyOf(bytes, Math.min(bytes.length, MediaFormat.HEAD_BYTES)));
        return drain(format, ByteInput.file(bytes), bytes.length) + drain(format, ByteInput.pipe(bytes), bytes.length);
    }

    private static int drain(MediaFormat format, ByteInput input, int size) throws IOException {
        int failures = 0;
        try (MediaReader reader = format.open(input)) {
            int frameBytes = reader.info().format().frameBytes();
            byte[] portion = new byte[4096 * frameBytes];
            failures += readAll(reader, portion, size);
            if (reader.canSeek()) {
                for (long target :
                        new long[] {0, 5000, Math.max(0, reader.info().frames() - 1), Long.MAX_VALUE / 4}) {
                    try {
                        reader.seek(target);
                        reader.read(portion, 0, 4096);
                    } catch (MediaException e) {
                        failures++;
                    }
                }
            }
        } catch (MediaException e) {
            assertThat(e.getMessage()).isNotBlank();
            failures++;
        }
        return failures;
    }

    private static int readAll(MediaReader reader, byte[] portion, int size) throws IOException {
        int failures = 0;
        long frames = 0;
        while (true) {
            try {
                int read = reader.read(portion, 0, 4096);
                if (read < 0) {
                    return failures;
                }
                assertThat(read).isPositive();
                frames += read;
            } catch (MediaException e) {
                failures++;
            }
            assertThat(frames).isLessThanOrEqualTo(FRAMES_PER_BYTE * (size + 1));
            assertThat(failures).as("failures must not go on for ever").isLessThanOrEqualTo(size + 1);
        }
    }
}
