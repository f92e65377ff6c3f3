package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.OggPage;
import dev.nightjar.media.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// FLAC in Ogg as `flac` and `ffmpeg` write it, chained, cut off and damaged.
@Timeout(300)
class OggFlacTest {
    private static final int FRAMES = 60_000;

    private static byte[] byFlac(int[][] samples, int bits, int serial) throws IOException, InterruptedException {
        List<String> command = List.of(
                "flac",
                "-s",
                "-c",
                "--ogg",
                "--serial-number=" + serial,
                "--force-raw-format",
                "--endian=little",
                "--sign=signed",
                "--channels=" + samples.length,
                "--bps=" + bits,
                "--sample-rate=48000",
                "-T",
                "TITLE=ogg",
                "--padding=100",
                "-");
        return Tool.run(FlacStream.packed(samples, bits), command);
    }

    private static byte[] byFfmpeg(int[][] samples) throws IOException, InterruptedException {
        String channels = Integer.toString(samples.length);
        return Tool.run(
                FlacStream.packed(samples, 16),
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "s16le",
                        "-ar",
                        "48000",
                        "-ac",
                        channels,
                        "-i",
                        "-",
                        "-c:a",
                        "flac",
                        "-f",
                        "ogg",
                        "-metadata",
                        "title=ogg",
                        "-"));
    }

    @Test
    void decodesWhatFlacWrites() throws Exception {
        for (int bits : new int[] {8, 16, 24, 32}) {
            int[][] samples = Signal.music(2, bits, FRAMES);
            exact(byFlac(samples, bits, 1), FlacStream.packed(samples, bits), FRAMES);
        }
        int[][] six = Signal.music(6, 16, 10_000);
        exact(byFlac(six, 16, 1), FlacStream.packed(six, 16), 10_000);
    }

    @Test
    void decodesWhatFfmpegWrites() throws Exception {
        int[][] samples = Signal.music(2, 16, FRAMES);
        byte[] file = byFfmpeg(samples);

        exact(file, FlacStream.packed(samples, 16), FRAMES);
        FlacSeekTest.seeksExactly(file, FlacStream.packed(samples, 16));
    }

    private static void exact(byte[] file, byte[] samples, long frames) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(file);
        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.samples()).isEqualTo(samples);
        try (MediaReader reader = FlacFiles.open(file)) {
            assertThat(reader.info().container()).isEqualTo("Ogg");
            assertThat(reader.info().frames()).isEqualTo(frames);
            assertThat(reader.info().tags()).containsEntry("TITLE", List.of("ogg"));
        }
    }

    @Test
    void readsThroughAChain() throws Exception {
        int[][] first = Signal.music(2, 16, 20_000);
        int[][] second = Signal.extremes(2, 16, 9_000);
        byte[] chain = join(byFlac(first, 16, 1), byFlac(second, 16, 2));

        FlacFiles.Decoded decoded = FlacFiles.decode(chain);

        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.samples()).isEqualTo(join(FlacStream.packed(first, 16), FlacStream.packed(second, 16)));
        assertThat(FlacFiles.decodeStream(chain).samples()).isEqualTo(decoded.samples());
        try (MediaReader reader = FlacFiles.open(chain)) {
            byte[] piece = new byte[4000];
            long position = 0;
            for (int count = reader.read(piece, 0, 1000); count > 0; count = reader.read(piece, 0, 1000)) {
                position += count;
                assertThat(reader.position()).isEqualTo(position);
            }
            assertThat(position).isEqualTo(29_000);
        }
    }

    @Test
    void endsAChainWhereTheFormatChanges() throws Exception {
        int[][] first = Signal.music(2, 16, 5_000);
        byte[] chain = join(byFlac(first, 16, 1), byFlac(Signal.music(1, 16, 5_000), 16, 2));

        FlacFiles.Decoded decoded = FlacFiles.decode(chain);

        assertThat(decoded.samples()).isEqualTo(FlacStream.packed(first, 16));
        assertThat(decoded.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(failure).hasMessageContaining("1 channels");
        });
    }

    @Test
    void goesOnBehindAPageThatIsLost() throws Exception {
        int[][] samples = Signal.music(2, 16, FRAMES);
        byte[] whole = FlacStream.packed(samples, 16);
        List<byte[]> pages = pages(byFlac(samples, 16, 1));
        pages.remove(pages.size() - 2);

        FlacFiles.Decoded decoded = FlacFiles.decode(join(pages.toArray(byte[][]::new)));

        assertThat(decoded.failures()).isNotEmpty();
        assertThat(decoded.failures().getFirst().kind()).isEqualTo(Kind.CORRUPT);
        assertThat(decoded.good()).isPositive();
        assertThat(decoded.samples()).startsWith(Arrays.copyOf(whole, decoded.good()));
        byte[] tail = Arrays.copyOfRange(whole, whole.length - 20_000, whole.length);
        assertThat(decoded.samples()).endsWith(tail);
    }

    @Test
    void readsOnWithoutThePageOfTheTags() throws Exception {
        int[][] samples = Signal.music(2, 16, FRAMES);
        List<byte[]> pages = pages(byFlac(samples, 16, 1));
        pages.remove(1);

        FlacFiles.Decoded decoded = Reference.assertSame(join(pages.toArray(byte[][]::new)));

        assertThat(decoded.samples()).isEqualTo(FlacStream.packed(samples, 16));
    }

    /// Where a page ends a stream of unknown length may end as well.
    @Test
    void saysOfEveryTruncationWithinAPageThatItIsOne() throws Exception {
        byte[] file = byFlac(Signal.music(1, 8, 300), 8, 1);
        byte[] whole = FlacFiles.decode(file).samples();
        List<Integer> ends = new ArrayList<>();
        pages(file).forEach(page -> ends.add(page.length + (ends.isEmpty() ? 0 : ends.getLast())));
        for (int length = 0; length < file.length; length++) {
            FlacFiles.Decoded decoded = FlacFiles.decode(Arrays.copyOf(file, length));
            assertThat(decoded.samples()).isEqualTo(Arrays.copyOf(whole, decoded.samples().length));
            if (!ends.contains(length)) {
                assertThat(decoded.failures()).as("%d bytes", length).isNotEmpty();
            }
        }
    }

    @Test
    void survivesFlippedBits() throws Exception {
        flips(17);
    }

    @Test
    @Tag("long")
    void survivesEveryFlippedBit() throws Exception {
        flips(1);
    }

    /// A page whose checksum is wrong is lost whole, so nothing but the right samples comes out.
    private static void flips(int step) throws IOException, InterruptedException {
        byte[] file = byFlac(Signal.music(1, 8, 300), 8, 1);
        byte[] whole = FlacFiles.decode(file).samples();
        for (int bit = 0; bit < file.length * 8; bit += step) {
            byte[] other = file.clone();
            other[bit >> 3] ^= (byte) (0x80 >> (bit & 7));
            FlacFiles.Decoded decoded = FlacFiles.decode(other);
            if (decoded.failures().isEmpty()) {
                assertThat(decoded.samples()).isEqualTo(whole);
            }
            FlacFiles.decodeStream(other);
        }
    }

    @Test
    void seeksInNothingButTheRightFramesWhenPagesAreDamaged() throws Exception {
        int[][] samples = Signal.music(2, 16, FRAMES);
        byte[] whole = FlacStream.packed(samples, 16);
        byte[] file = byFlac(samples, 16, 1);
        Random random = new Random(8);
        file[file.length / 2] ^= 0x10;
        file[file.length / 8] ^= 0x10;
        int found = 0;
        try (MediaReader reader = FlacFiles.open(file)) {
            byte[] frame = new byte[4];
            for (int i = 0; i < 100; i++) {
                int to = random.nextInt(FRAMES);
                try {
                    reader.seek(to);
                    if (reader.read(frame, 0, 1) == 1) {
                        int at = (int) reader.position() - 1;
                        assertThat(frame).isEqualTo(Arrays.copyOfRange(whole, at * 4, at * 4 + 4));
                        found += at == to ? 1 : 0;
                    }
                } catch (MediaException e) {
                    assertThat(e.kind()).isIn(Kind.CORRUPT, Kind.TRUNCATED);
                }
            }
        }
        assertThat(found).isGreaterThan(30);
    }

    private static List<byte[]> pages(byte[] file) {
        List<byte[]> pages = new ArrayList<>();
        for (int at = 0; at < file.length; ) {
            int length = OggPage.length(file, at, file.length);
            pages.add(Arrays.copyOfRange(file, at, at + length));
            at += length;
        }
        return pages;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
