package dev.nightjar.media.flac;

import static dev.nightjar.media.flac.Subframe.Residual.ESCAPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.flac.Subframe.Residual;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that a frame can say (RFC 9639 section 9), legal and not, beside `flac` and the samples that were
/// written.
class FlacSyntaxTest {
    private static final int RATE = 44_100;

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 20, 21, 23, 24, 25, 27, 28, 31, 32})
    void decodesEveryBitDepthAloneAndInStereo(int bits) throws Exception {
        same(bits, Signal.music(1, bits, 1000), frame -> frame.coded(new Subframe.Fixed(2, Residual.best(0))));
        for (int assignment = 8; assignment <= 10; assignment++) {
            int code = assignment;
            same(bits, Signal.music(2, bits, 1000), frame -> frame.assignment(code));
            same(
                    bits,
                    Signal.extremes(2, bits, 300),
                    frame -> frame.assignment(code).coded(new Subframe.Verbatim()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void decodesEveryNumberOfChannels(int channels) throws Exception {
        same(16, Signal.music(channels, 16, 700), UnaryOperator.identity());
        same(24, Signal.music(channels, 24, 700), UnaryOperator.identity());
        same(32, Signal.music(channels, 32, 700), UnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 1, 12_345,
                65_535, 384_000, 655_350, 655_351, 1_048_575
            })
    void decodesEveryWayToSayARate(int rate) throws Exception {
        int[][] samples = Signal.music(1, 16, 500);

        assertExact(samples, 16, FlacStream.of(rate, 16, 192, samples).bytes());
        if (rate % 1000 == 0 && rate < 256_000) {
            assertExact(
                    samples,
                    16,
                    FlacStream.of(rate, 16, 192, samples, frame -> frame.rateCode(12))
                            .bytes());
        }
        assertExact(
                samples,
                16,
                FlacStream.of(rate, 16, 192, samples, frame -> frame.rateCode(0))
                        .bytes());
    }

    @Test
    void decodesEveryWayToSayABlockSize() throws Exception {
        int[] sizes = {0, 192, 576, 1152, 2304, 4608, 256, 300, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768};
        for (int code = 1; code < 16; code++) {
            int[][] samples = Signal.music(1, 16, sizes[code]);
            int written = code;
            FlacStream stream = FlacStream.of(RATE, 16, sizes[code], samples, frame -> frame.blockSizeCode(written));
            assertExact(samples, 16, stream.bytes());
        }
    }

    @Test
    void decodesBlocksOfManySizesThatSayTheirFirstSample() throws Exception {
        int[][] samples = Signal.music(2, 16, 20_000);
        FlacStream stream = variable(samples, 1);

        assertExact(samples, 16, stream.bytes());
        stream.total = 0;
        assertExact(samples, 16, stream.bytes());
    }

    @Test
    void decodesEveryOrderOfPrediction() throws Exception {
        for (int order = 0; order <= 4; order++) {
            Subframe fixed = new Subframe.Fixed(order, Residual.best(order));
            same(16, Signal.music(2, 16, 1024), frame -> frame.coded(fixed));
            same(28, Signal.music(2, 28, 1024), frame -> frame.assignment(10).coded(fixed));
            if (order == 1 || order == 2) {
                int assignment = 8 + order;
                same(
                        32,
                        Signal.music(2, 32, 1024),
                        frame -> frame.assignment(assignment).coded(fixed));
            }
        }
        Random random = new Random(7);
        for (int order = 1; order <= 32; order++) {
            int[] coefficients = random.ints(order, -30, 31).toArray();
            coefficients[0] = 1020;
            Subframe linear = new Subframe.Linear(coefficients, 12, 10, Residual.best(3));
            same(16, Signal.music(2, 16, 1024), frame -> frame.coded(linear));
            same(24, Signal.music(2, 24, 1024), frame -> frame.assignment(8).coded(linear));
        }
    }

    @Test
    void sumsTheGreatestPredictionsWithoutOverflow() throws Exception {
        int[] greatest = new int[32];
        Arrays.fill(greatest, -16_384);
        for (int bits : new int[] {8, 16, 24}) {
            Subframe linear = new Subframe.Linear(greatest, 15, 15, new Residual(1, 0, bits));
            same(bits, Signal.extremes(2, bits, 400), frame -> frame.coded(linear));
            same(
                    bits,
                    Signal.extremes(2, bits, 400),
                    frame -> frame.assignment(9).coded(linear));
        }
    }

    @Test
    void decodesEveryRiceParameterAndQuotientsOfAnyLength() throws Exception {
        int[][] quiet = Signal.music(1, 8, 512);
        int[][] loud = Signal.extremes(1, 24, 512);
        for (int parameter = 0; parameter <= 30; parameter++) {
            Subframe five = new Subframe.Fixed(1, new Residual(1, 2, parameter));
            same(8, quiet, frame -> frame.coded(five));
            if (parameter < 15) {
                Subframe four = new Subframe.Fixed(1, new Residual(0, 2, parameter));
                same(8, quiet, frame -> frame.coded(four));
            }
            if (parameter > 8) {
                same(24, loud, frame -> frame.coded(five));
            }
        }
    }

    @Test
    void decodesPartitionsThatEscapeTheRiceCode() throws Exception {
        for (int method = 0; method <= 1; method++) {
            Subframe escaped = new Subframe.Fixed(1, new Residual(method, 4, ESCAPED));
            same(16, Signal.music(1, 16, 1024), frame -> frame.coded(escaped));
            same(16, new int[][] {new int[1024]}, frame -> frame.coded(escaped));
        }
    }

    @Test
    void decodesFirstPartitionsThatAreAllWarmUp() throws Exception {
        Subframe filled = new Subframe.Fixed(4, Residual.best(4));
        same(16, Signal.music(1, 16, 64), frame -> frame.coded(filled));
        assertRefused(one(Signal.music(1, 16, 32), frame -> frame.coded(filled)));
    }

    @Test
    void decodesWastedBits() throws Exception {
        for (int wasted : new int[] {1, 4, 15}) {
            int[][] samples = Signal.music(2, 16, 1000);
            for (int[] channel : samples) {
                Arrays.setAll(channel, i -> channel[i] >> wasted << wasted);
            }
            for (Subframe shape : new Subframe[] {
                new Subframe.Verbatim(), new Subframe.Fixed(2, Residual.best(0)), new Subframe.Constant()
            }) {
                FlacStream stream = FlacStream.of(
                        RATE,
                        16,
                        1000,
                        samples,
                        frame -> frame.assignment(8).coded(new Subframe.Wasted(wasted, shape)));
                stream.md5 = new byte[16];
                Reference.assertSame(stream.bytes());
            }
        }
    }

    @Test
    void decodesNumbersOfEveryLength() throws Exception {
        for (int bits = 1; bits <= 36; bits++) {
            FlacStream stream = new FlacStream(RATE, 1, 16);
            long number = (1L << bits) - 1;
            FlacFrame frame = new FlacFrame(number, RATE, 16, Signal.music(1, 16, 200));
            stream.frame(bits > 31 ? frame.bySample(number) : frame);
            Reference.assertSame(stream.bytes());
        }
    }

    @Test
    void refusesWhatIsReserved() throws Exception {
        int[][] samples = Signal.music(2, 16, 192);
        assertRefused(one(samples, frame -> frame.reserved(1)));
        assertRefused(one(samples, frame -> frame.reserved(2)));
        assertRefused(one(samples, frame -> frame.blockSizeCode(0)));
        assertRefused(one(samples, frame -> frame.rateCode(15)));
        assertRefused(one(samples, frame -> frame.bitsCode(3)));
        for (int assignment = 11; assignment < 16; assignment++) {
            int code = assignment;
            assertRefused(one(samples, frame -> frame.assignment(code)));
        }
        for (int type = 2; type < 128; type++) {
            boolean reserved = type < 8 || (type > 12 && type < 32) || type >= 64;
            Subframe typed = new Subframe.Typed(type, new Subframe.Verbatim());
            if (reserved) {
                assertRefused(one(samples, frame -> frame.coded(typed)));
            }
        }
        for (int method = 2; method < 4; method++) {
            Subframe coded = new Subframe.Fixed(1, new Residual(method, 0, 5));
            assertRefused(one(samples, frame -> frame.coded(coded)));
        }
        assertRefused(one(samples, frame -> frame.coded(new Subframe.Linear(new int[] {1}, 16, 0, Residual.best(0)))));
        assertRefused(one(samples, frame -> frame.coded(new Subframe.Linear(new int[] {1}, 5, -1, Residual.best(0)))));
        assertRefused(one(samples, frame -> frame.coded(new Subframe.Wasted(16, new Subframe.Constant()))));
        assertRefused(one(samples, FlacFrame::padded));
    }

    @Test
    void refusesWrongChecksums() throws Exception {
        int[][] samples = Signal.music(2, 16, 192);
        assertRefused(one(samples, FlacFrame::wrongHeaderChecksum));
        assertRefused(one(samples, FlacFrame::wrongChecksum));
    }

    /// `flac` 1.4.2 writes the frame behind the silence as silence too, which its MD5 check then notices.
    @Test
    void fillsMissingFramesWithSilenceAsTheReferenceDoesButKeepsTheFrameBehind() throws Exception {
        int[][] samples = Signal.music(2, 16, 192 * 90);
        for (int lost : new int[] {1, 2, 40, 60}) {
            FlacStream stream = FlacStream.of(RATE, 16, 192, samples);
            stream.frames().subList(5, 5 + lost).clear();
            assertThat(FlacFiles.decode(stream.bytes()).failures()).isNotEmpty();
            assertThat(Reference.decode(stream.bytes()).accepted()).isFalse();
            stream.md5 = new byte[16];
            stream.total = 0;

            byte[] expected = Reference.decode(stream.bytes()).samples();
            byte[] whole = FlacStream.packed(samples, 16);
            int behind = (5 + Math.min(lost, 50)) * 192 * 4;
            System.arraycopy(whole, (5 + lost) * 192 * 4, expected, behind, 192 * 4);
            FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());
            assertThat(decoded.failures()).isEmpty();
            assertThat(decoded.samples()).isEqualTo(expected);
        }
    }

    @Test
    void fillsTheGapBehindFramesThatComeTwice() throws Exception {
        FlacStream stream = FlacStream.of(RATE, 16, 192, Signal.music(2, 16, 192 * 10));
        stream.frames().addAll(4, stream.frames().subList(1, 3).stream().toList());
        stream.md5 = new byte[16];

        FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());

        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.samples())
                .hasSameSizeAs(Reference.decode(stream.bytes()).samples());
    }

    @Test
    void refusesSamplesThatDoNotFitTheirBits() throws Exception {
        int[][] samples = Signal.music(2, 16, 192);
        samples[1][100] = 40_000;
        assertRefused(one(samples, UnaryOperator.identity()));
        assertRefused(one(samples, frame -> frame.assignment(8)));
    }

    /// A stream by first samples, with blocks of random sizes.
    static FlacStream variable(int[][] samples, long seed) {
        Random random = new Random(seed);
        FlacStream stream = new FlacStream(RATE, samples.length, 16);
        stream.maxBlock = 700;
        stream.total = samples[0].length;
        stream.md5 = FlacStream.md5(samples, 16);
        for (int at = 0; at < samples[0].length; ) {
            int end = Math.min(samples[0].length, at + 16 + random.nextInt(684));
            stream.frame(new FlacFrame(0, RATE, 16, FlacStream.part(samples, at, end)).bySample(at));
            at = end;
        }
        return stream;
    }

    private static void same(int bits, int[][] samples, UnaryOperator<FlacFrame> change)
            throws IOException, InterruptedException {
        assertExact(
                samples, bits, FlacStream.of(RATE, bits, 512, samples, change).bytes());
    }

    private static void assertExact(int[][] samples, int bits, byte[] file) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(file);
        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.samples()).isEqualTo(FlacStream.packed(samples, bits));
    }

    private static byte[] one(int[][] samples, UnaryOperator<FlacFrame> change) {
        FlacStream stream = FlacStream.of(RATE, 16, 192, samples, change);
        stream.md5 = new byte[16];
        return stream.bytes();
    }

    private static void assertRefused(byte[] file) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(file);
        assertThat(decoded.failures()).isNotEmpty();
    }
}
