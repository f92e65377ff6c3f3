package dev.nightjar.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DitherTest {
    private static final int FRAMES = 1 << 20;
    private static final double STEP = 0x1p-15;

    /// The error of 16 bits in steps.
    private static double[] error(double[] signal, int rate, Dither dither) {
        double[] out = quantized(signal, rate, dither);
        for (int i = 0; i < out.length; i++) {
            out[i] = (out[i] - signal[i]) / STEP;
        }
        return out;
    }

    private static double[] quantized(double[] signal, int rate, Dither dither) {
        StreamFormat format = StreamFormat.of(rate, ChannelLayout.MONO, SampleFormat.S16);
        MemorySegment memory = Memory.of(format, signal.length)[0];
        double[][] out = new double[1][signal.length];
        new DoubleCodec(format, dither).encode(new double[][] {signal}, 0, memory, 0, signal.length);
        new DoubleCodec(format, Dither.NONE).decode(memory, 0, out, 0, signal.length);
        return out[0];
    }

    private static double[] constant(double steps) {
        double[] signal = new double[FRAMES];
        Arrays.fill(signal, steps * STEP);
        return signal;
    }

    private static double[] sine(int rate, double frequency, double amplitude) {
        double[][] signal = new double[1][FRAMES];
        new Tone(rate, frequency, amplitude).fill(signal, 0, FRAMES);
        return signal[0];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double power(double[] values) {
        return Arrays.stream(values).map(v -> v * v).sum() / values.length;
    }

    /// Mean and power of the error do not depend on the signal: the first two moments of Lipshitz, Wannamaker,
    /// Vanderkooy 1992.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25, 0.5, 0.77, -0.33, 1000.5})
    void triangularDitherMakesTheErrorIndependentOfTheSignal(double steps) {
        double[] error = error(constant(steps), 48_000, Dither.TPDF);
        assertThat(mean(error)).isCloseTo(0, within(5 * 0.5 / Math.sqrt(FRAMES)));
        assertThat(power(error)).isCloseTo(0.25, within(0.002));
    }

    @Test
    void triangularDitherOfSilenceHasTheHistogramOfItsTriangle() {
        double[] out = quantized(constant(0), 48_000, Dither.TPDF);
        int[] counts = new int[5];
        for (double value : out) {
            counts[(int) (value / STEP) + 2]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(counts[4]).isZero();
        assertThat(counts[1] / (double) FRAMES).isCloseTo(0.125, within(0.002));
        assertThat(counts[2] / (double) FRAMES).isCloseTo(0.75, within(0.002));
        assertThat(counts[3] / (double) FRAMES).isCloseTo(0.125, within(0.002));
    }

    /// Below a sine of full scale: 6.02 dB for each bit and 1.76 dB, and dither costs 4.77 dB of it.
    @Test
    void sixteenBitsAre98DecibelsAndDithered93() {
        double[] tone = sine(48_000, 997, 0.99);
        double sine = 10 * Math.log10(0.5);
        double plain = 10 * Math.log10(power(error(tone, 48_000, Dither.NONE)) * STEP * STEP);
        double dithered = 10 * Math.log10(power(error(tone, 48_000, Dither.TPDF)) * STEP * STEP);
        assertThat(sine - plain).isCloseTo(98.09, within(0.1));
        assertThat(sine - dithered).isCloseTo(93.32, within(0.1));
    }

    @Test
    void planesCodedOneByOneHaveTheNoiseOfTheirChannel() {
        StreamFormat format =
                StreamFormat.of(48_000, ChannelLayout.QUAD, SampleFormat.S16).withPacking(StreamFormat.Packing.PLANAR);
        MemorySegment[] together = Memory.of(format, 1000);
        MemorySegment[] alone = Memory.of(format, 1000);
        float[][] planes = new float[4][1000];
        new FloatCodec(format, Dither.TPDF).encode(planes, 0, together, 0, 1000);
        for (int c = 0; c < 4; c++) {
            FloatCodec codec = FloatCodec.ofChannel(format, c, Dither.TPDF);
            codec.encode(new float[][] {planes[c]}, 0, alone[c], 0, 1000);
            assertThat(alone[c].mismatch(together[c])).isEqualTo(-1);
        }
        assertThat(alone[1].mismatch(alone[0])).isNotNegative();
    }

    @Test
    void triangularDitherIsWhite() {
        Spectrum spectrum = new Spectrum(error(constant(0.3), 48_000, Dither.TPDF), 4096, 48_000);
        double expected = 10 * Math.log10(0.25 * 2000 / 24_000.0);
        for (int hz = 1000; hz < 23_000; hz += 2000) {
            assertThat(spectrum.bandDb(hz, hz + 2000.0)).isCloseTo(expected, within(0.15));
        }
    }

    @Test
    void ditherTurnsTheDistortionOfAQuietToneIntoNoise() {
        double[] tone = sine(48_000, 1000, 1.2 * STEP);
        Spectrum plain = new Spectrum(error(tone, 48_000, Dither.NONE), 1 << 16, 48_000);
        Spectrum dithered = new Spectrum(error(tone, 48_000, Dither.TPDF), 1 << 16, 48_000);
        assertThat(plain.bandDb(2990, 3010)).isGreaterThan(-26);
        assertThat(dithered.bandDb(2990, 3010))
                .isCloseTo(dithered.bandDb(3490, 3510), within(2.0))
                .isLessThan(-36);
    }

    /// The spectrum of the shaped error is that of the filter, |1 - sum c z^-k|^2, on the white error of the dither.
    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000, 192_000})
    void shapedNoiseFollowsThePublishedFilter(int rate) {
        double[] taps = rate < 56_000 ? new double[] {2.033, -2.165, 1.959, -1.590, 0.6149} : new double[] {2, -1};
        Spectrum spectrum = new Spectrum(error(sine(rate, 997, 0.1), rate, Dither.SHAPED), 8192, rate);
        for (int hz = 1000; hz < rate / 2 - 500; hz += 500) {
            double filtered = 0;
            for (double f = hz - 200; f < hz + 200; f += rate / 8192.0) {
                filtered += response(taps, f / rate) * 0.25 / 4096;
            }
            assertThat(spectrum.bandDb(hz - 200, hz + 200))
                    .as("%d Hz", hz)
                    .isCloseTo(10 * Math.log10(filtered), within(0.6));
        }
    }

    private static double response(double[] taps, double turns) {
        double re = 1;
        double im = 0;
        for (int k = 0; k < taps.length; k++) {
            re -= taps[k] * Math.cos(2 * Math.PI * turns * (k + 1));
            im += taps[k] * Math.sin(2 * Math.PI * turns * (k + 1));
        }
        return re * re + im * im;
    }

    @ParameterizedTest
    @CsvSource({"44100, 3, 18", "48000, 4, 18", "96000, 12, 17", "192000, 23, 28"})
    void shapingLowersTheNoiseThatIsHeard(int rate, double weighted, double mostAudible) {
        double[] tone = sine(rate, 997, 0.1);
        Spectrum flat = new Spectrum(error(tone, rate, Dither.TPDF), 8192, rate);
        Spectrum shaped = new Spectrum(error(tone, rate, Dither.SHAPED), 8192, rate);
        assertThat(flat.weightedDb() - shaped.weightedDb()).isGreaterThan(weighted);
        assertThat(flat.bandDb(2500, 5000) - shaped.bandDb(2500, 5000)).isGreaterThan(mostAudible);
    }

    @Test
    void atLowRatesThereIsNothingToShape() {
        double[] tone = sine(16_000, 997, 0.1);
        assertThat(quantized(tone, 16_000, Dither.SHAPED)).isEqualTo(quantized(tone, 16_000, Dither.TPDF));
    }

    @Test
    void channelsHaveNoiseOfTheirOwnAndEachRunIsTheSame() {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        double[][] silence = new double[2][FRAMES];
        MemorySegment first = Memory.of(format, FRAMES)[0];
        MemorySegment second = Memory.of(format, FRAMES)[0];
        new DoubleCodec(format, Dither.TPDF).encode(silence, 0, first, 0, FRAMES);
        new DoubleCodec(format, Dither.TPDF).encode(silence, 0, second, 0, FRAMES);
        assertThat(first.mismatch(second)).isEqualTo(-1);
        double[][] noise = new double[2][FRAMES];
        new DoubleCodec(format, Dither.NONE).decode(first, 0, noise, 0, FRAMES);
        double product = 0;
        for (int i = 0; i < FRAMES; i++) {
            product += noise[0][i] / STEP * noise[1][i] / STEP;
        }
        assertThat(product / FRAMES).isCloseTo(0, within(5 * 0.25 / Math.sqrt(FRAMES)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 1.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shapingStaysStableBeyondFullScale(double level) {
        double[] signal = new double[48_000];
        Arrays.fill(signal, 0, 24_000, level);
        double[] out = quantized(signal, 48_000, Dither.SHAPED);
        assertThat(out[20_000]).isCloseTo(Math.signum(level), within(20 * STEP));
        for (int i = 24_100; i < 48_000; i++) {
            assertThat(Math.abs(out[i])).isLessThan(30 * STEP);
        }
    }

    @Test
    void notANumberIsSilenceAndLeavesNoTrace() {
        double[] signal = new double[1000];
        Arrays.fill(signal, 0, 500, Double.NaN);
        for (Dither dither : Dither.values()) {
            for (double value : quantized(signal, 48_000, dither)) {
                assertThat(Math.abs(value)).isLessThan(30 * STEP);
            }
        }
    }
}
