package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.Tool;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// After a seek the next frame is the one asked for, by comparison with a whole decode.
class FlacSeekTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 200_000;
    private static final int[][] SAMPLES = Signal.music(2, 16, FRAMES);
    private static final byte[] WHOLE = FlacStream.packed(SAMPLES, 16);
    private static final int FRAME_BYTES = 4;

    private static FlacStream fixed() {
        return FlacStream.of(RATE, 16, 1152, SAMPLES);
    }

    @Test
    void findsEveryFrameWithoutATable() throws Exception {
        seeksExactly(fixed().bytes(), WHOLE);
    }

    @Test
    void findsEveryFrameWithATable() throws Exception {
        FlacStream stream = fixed();
        seeksExactly(stream.block(3, table(stream, 0, 10)).bytes(), WHOLE);
    }

    @Test
    void findsEveryFrameBetweenBlocksOfManySizes() throws Exception {
        FlacStream stream = FlacSyntaxTest.variable(SAMPLES, 9);
        seeksExactly(stream.bytes(), WHOLE);
        stream.total = 0;
        stream.md5 = new byte[16];
        seeksExactly(stream.bytes(), WHOLE);
    }

    @Test
    void findsEveryFrameOfWhatTheReferenceEncoded() throws Exception {
        List<String> raw = List.of(
                "--force-raw-format",
                "--endian=little",
                "--sign=signed",
                "--channels=2",
                "--bps=16",
                "--sample-rate=44100");
        for (List<String> options :
                List.of(List.of("-8", "-S", "1s"), List.of("-0", "--no-seektable"), List.of("-5", "--ogg"))) {
            List<String> command = new java.util.ArrayList<>(List.of("flac", "-s", "-c"));
            command.addAll(options);
            command.addAll(raw);
            command.add("-");
            seeksExactly(Tool.run(WHOLE, command), WHOLE);
        }
    }

    @Test
    void doesNotBelieveATableThatIsWrong() throws Exception {
        FlacStream shifted = fixed();
        seeksExactly(shifted.block(3, table(shifted, 37, 10)).bytes(), WHOLE);
        FlacStream nonsense = fixed();
        byte[] random = new byte[18 * 50];
        new Random(4).nextBytes(random);
        seeksExactly(nonsense.block(3, random).bytes(), WHOLE);
        FlacStream placeholders = fixed();
        byte[] empty = new byte[18 * 50 + 7];
        Arrays.fill(empty, (byte) 0xff);
        seeksExactly(placeholders.block(3, empty).bytes(), WHOLE);
        FlacStream beyond = fixed();
        byte[] far = new BitWriter()
                .bits(1000, 64)
                .bits(Long.MAX_VALUE - 5, 64)
                .bits(1152, 16)
                .toBytes();
        seeksExactly(beyond.block(3, far).bytes(), WHOLE);
    }

    /// Points to frames that are really so many samples further on.
    private static byte[] table(FlacStream stream, long wrong, int step) {
        BitWriter table = new BitWriter();
        long offset = 0;
        for (int i = 0; i < stream.frames().size(); i++) {
            if (i % step == 0) {
                table.bits(i * 1152L + wrong * i, 64).bits(offset, 64).bits(1152, 16);
            }
            offset += stream.frames().get(i).length;
        }
        return table.toBytes();
    }

    @Test
    void countsAStreamThatWasJoinedFromItsFirstFrame() throws Exception {
        FlacStream stream = fixed();
        stream.magic = false;
        stream.frames().subList(0, 40).clear();

        seeksExactly(stream.bytes(), Arrays.copyOfRange(WHOLE, 40 * 1152 * FRAME_BYTES, WHOLE.length));
    }

    @Test
    void checksTheMd5AgainAfterASeekToTheStart() throws Exception {
        FlacStream stream = fixed();
        stream.md5[0] ^= 1;
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            reader.seek(5000);
            assertThat(FlacFiles.rest(reader).failures()).isEmpty();
            reader.seek(0);
            assertThat(FlacFiles.rest(reader).failures())
                    .singleElement()
                    .asString()
                    .contains("MD5");
        }
    }

    @Test
    void saysThatTheFrameAskedForIsDamagedAndGoesOnBehindIt() throws Exception {
        FlacStream stream = fixed();
        stream.frames().get(100)[200] ^= 1;
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            assertThatThrownBy(() -> reader.seek(100 * 1152 + 5))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining("damaged or missing");
            byte[] frame = new byte[FRAME_BYTES];
            assertThat(reader.read(frame, 0, 1)).isEqualTo(1);
            assertThat(reader.position()).isEqualTo(101 * 1152 + 1);
            reader.seek(99 * 1152);
            assertThat(reader.read(frame, 0, 1)).isEqualTo(1);
            assertThat(frame).isEqualTo(at(WHOLE, 99 * 1152));
        }
    }

    @Test
    void cannotSeekAStream() throws Exception {
        try (MediaReader reader = FlacFiles.openStream(fixed().bytes())) {
            assertThat(reader.canSeek()).isFalse();
            assertThatThrownBy(() -> reader.seek(0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    static void seeksExactly(byte[] file, byte[] whole) throws IOException {
        Random random = new Random(file.length);
        long frames = whole.length / FRAME_BYTES;
        try (MediaReader reader = FlacFiles.open(file)) {
            assertThat(reader.canSeek()).isTrue();
            byte[] read = new byte[FRAME_BYTES];
            for (int i = 0; i < 60; i++) {
                long to = i == 0 ? frames - 1 : i == 1 ? 0 : i == 2 ? 1151 : random.nextLong(frames);
                reader.seek(to);
                assertThat(reader.position()).isEqualTo(to);
                assertThat(reader.read(read, 0, 1)).isEqualTo(1);
                assertThat(read).as("frame %d", to).isEqualTo(at(whole, to));
                assertThat(reader.position()).isEqualTo(to + 1);
            }
            for (long beyond : new long[] {frames, frames + 1, 1L << 40}) {
                reader.seek(beyond);
                assertThat(reader.read(read, 0, 1)).isEqualTo(-1);
            }
            reader.seek(frames - 3000);
            FlacFiles.Decoded rest = FlacFiles.rest(reader);
            assertThat(rest.failures()).isEmpty();
            assertThat(rest.samples())
                    .isEqualTo(Arrays.copyOfRange(whole, whole.length - 3000 * FRAME_BYTES, whole.length));
        }
    }

    private static byte[] at(byte[] whole, long frame) {
        return Arrays.copyOfRange(whole, (int) frame * FRAME_BYTES, ((int) frame + 1) * FRAME_BYTES);
    }
}
