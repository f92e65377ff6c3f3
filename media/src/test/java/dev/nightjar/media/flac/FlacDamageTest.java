package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that were cut off, that lost bits, and that were made to do harm. The time limits are for decoders that
/// hang; none comes near.
@Timeout(300)
class FlacDamageTest {
    private static final int RATE = 44_100;

    /// Short, with all kinds of subframes but of few samples, so that all its bits can be tried.
    private static byte[] shortFile(boolean known) {
        FlacStream stream = FlacStream.of(RATE, 16, 32, Signal.music(2, 16, 96));
        stream.frames().clear();
        int[][] samples = Signal.music(2, 16, 96);
        Subframe linear = new Subframe.Linear(new int[] {1020, -9}, 12, 10, Subframe.Residual.best(2));
        stream.frame(frame(0, samples).assignment(8));
        stream.frame(frame(1, samples).assignment(10).coded(linear));
        stream.frame(frame(2, samples).coded(new Subframe.Verbatim()));
        if (!known) {
            stream.total = 0;
            stream.md5 = new byte[16];
        }
        return stream.bytes();
    }

    private static FlacFrame frame(int number, int[][] samples) {
        return new FlacFrame(number, RATE, 16, FlacStream.part(samples, number * 32, number * 32 + 32));
    }

    @Test
    void saysOfEveryTruncationThatItIsOne() throws Exception {
        byte[] file = shortFile(true);
        byte[] whole = FlacFiles.decode(file).samples();
        for (int length = 0; length < file.length; length++) {
            FlacFiles.Decoded decoded = FlacFiles.decode(Arrays.copyOf(file, length));

            assertThat(decoded.failures().getLast().kind())
                    .as("the first %d of %d bytes: %s", length, file.length, decoded.failures())
                    .isEqualTo(length < 4 ? Kind.UNRECOGNISED : Kind.TRUNCATED);
            assertThat(decoded.samples()).isEqualTo(Arrays.copyOf(whole, decoded.samples().length));
        }
    }

    @Test
    void readsTruncatedFilesAsTheReferenceDoes() throws Exception {
        truncations(11);
    }

    @Test
    @Tag("long")
    void readsAllTruncatedFilesAsTheReferenceDoes() throws Exception {
        truncations(1);
    }

    private static void truncations(int step) throws Exception {
        for (boolean known : new boolean[] {true, false}) {
            byte[] file = shortFile(known);
            for (int length = 0; length < file.length; length += step) {
                Reference.assertSame(Arrays.copyOf(file, length));
            }
        }
    }

    @Test
    void survivesEverySingleBitThatFlips() throws Exception {
        byte[] file = shortFile(true);
        int noticed = 0;
        for (int bit = 0; bit < file.length * 8; bit++) {
            FlacFiles.Decoded decoded = FlacFiles.decode(flipped(file, bit));
            assertThat(decoded.samples().length).isLessThanOrEqualTo(60 * 96 * 4);
            noticed += decoded.failures().isEmpty() ? 0 : 1;
        }
        // Neither sizes in STREAMINFO nor the number of all samples, if it grows smaller, count.
        assertThat(noticed).isGreaterThan(file.length * 8 - 12 * 8);
    }

    @Test
    void readsFlippedBitsAsTheReferenceDoes() throws Exception {
        flips(61);
    }

    @Test
    @Tag("long")
    void readsAllFlippedBitsAsTheReferenceDoes() throws Exception {
        flips(1);
    }

    private static void flips(int step) throws Exception {
        for (boolean known : new boolean[] {true, false}) {
            byte[] file = shortFile(known);
            for (int bit = 0; bit < file.length * 8; bit += step) {
                Reference.assertSame(flipped(file, bit));
            }
        }
    }

    private static byte[] flipped(byte[] file, int bit) {
        byte[] other = file.clone();
        other[bit >> 3] ^= (byte) (0x80 >> (bit & 7));
        return other;
    }

    @Test
    void goesOnBehindADamagedFrameAtItsPlace() throws Exception {
        int[][] samples = Signal.music(2, 16, 192 * 10);
        FlacStream stream = FlacStream.of(RATE, 16, 192, samples);
        stream.frames().get(4)[20] ^= 1;

        FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());

        byte[] whole = FlacStream.packed(samples, 16);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(whole, 0, 4 * 192 * 4);
        rest.write(whole, 5 * 192 * 4, 5 * 192 * 4);
        assertThat(decoded.samples()).isEqualTo(rest.toByteArray());
        assertThat(decoded.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
            assertThat(failure).hasMessageContaining("checksum").hasMessageContaining("the next good one is at");
        });
        try (var reader = FlacFiles.open(stream.bytes())) {
            long position = -1;
            byte[] block = new byte[192 * 4];
            for (int reads = 0; reads < 6; ) {
                try {
                    reader.read(block, 0, 192);
                    position = reader.position();
                    reads++;
                } catch (MediaException e) {
                    assertThat(position).isEqualTo(4 * 192);
                }
            }
            assertThat(position).isEqualTo(7 * 192);
        }
    }

    @Test
    void findsItsWayThroughNoise() throws Exception {
        Random random = new Random(3);
        FlacStream stream = FlacStream.of(RATE, 16, 192, Signal.music(2, 16, 192 * 10));
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        stream.frames().add(5, noise);

        FlacFiles.Decoded decoded = Reference.assertSame(stream.bytes());

        assertThat(decoded.samples()).isEqualTo(FlacStream.packed(Signal.music(2, 16, 192 * 10), 16));
    }

    /// Each false frame is right up to its checksum and as long to decode as a frame can be.
    @Test
    void givesUpAmongFalseFramesThatTakeTime() throws Exception {
        FlacStream stream = new FlacStream(RATE, 8, 16);
        FlacFrame frame = new FlacFrame(0, RATE, 16, new int[8][65_536]).coded(new Subframe.Constant());
        stream.frame(frame);
        stream.frames().addAll(Collections.nCopies(40_000, frame.wrongChecksum().bytes()));

        FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());

        assertThat(decoded.good()).isEqualTo(65_536 * 8 * 2);
        assertThat(decoded.failures()).singleElement().asString().contains("too many false ones");
    }

    @Test
    void holdsNoMoreThanAFrameOfARiceCodeWithoutEnd() throws Exception {
        FlacStream stream = new FlacStream(RATE, 1, 16);
        byte[] frame = new FlacFrame(0, RATE, 16, new int[1][4096])
                .coded(new Subframe.Fixed(0, new Subframe.Residual(0, 0, 0)))
                .bytes();
        byte[] endless = Arrays.copyOf(Arrays.copyOf(frame, 12), 40 << 20);
        stream.frames().add(endless);

        FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());

        assertThat(decoded.failures()).singleElement().asString().contains("longer than 16 MiB");
    }

    @Test
    void readsSyncCodesWithoutFramesInOneGo() throws Exception {
        byte[] syncs = new byte[4 << 20];
        for (int i = 0; i < syncs.length; i += 2) {
            syncs[i] = (byte) 0xff;
            syncs[i + 1] = (byte) 0xf8;
        }
        FlacStream stream = FlacStream.of(RATE, 16, 192, Signal.music(1, 16, 192));
        stream.frames().add(syncs);

        assertThat(FlacFiles.decode(stream.bytes()).failures()).hasSize(1);
    }

    @Test
    void readsAnyRandomDamageAsTheReferenceDoes() throws Exception {
        randomDamage(40, 1);
    }

    @Test
    @Tag("long")
    void readsMuchRandomDamageAsTheReferenceDoes() throws Exception {
        randomDamage(3000, 2);
    }

    private static void randomDamage(int files, long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> originals = List.of(
                FlacSyntaxTest.variable(Signal.music(2, 16, 3000), 5).bytes(),
                FlacStream.of(RATE, 24, 192, Signal.music(3, 24, 1000)).bytes(),
                FlacStream.of(RATE, 32, 192, Signal.music(2, 32, 1000), frame -> frame.assignment(10))
                        .bytes());
        for (int i = 0; i < files; i++) {
            byte[] file = originals.get(random.nextInt(originals.size())).clone();
            int from = 42 + random.nextInt(file.length - 42);
            int to = Math.min(file.length, from + 1 + random.nextInt(40));
            if (random.nextBoolean()) {
                random.nextBytes(file);
                System.arraycopy(originals.getFirst(), 0, file, 0, 42);
            } else {
                for (int at = from; at < to; at++) {
                    file[at] = (byte) random.nextInt();
                }
            }
            Reference.assertSame(file);
        }
    }
}
