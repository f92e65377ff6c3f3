package dev.nightjar.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsTest {
    @Test
    void aRampMovesLinearlyAndEndsExactly() {
        float[][] planes = {new float[100], new float[100]};
        Arrays.fill(planes[0], 1);
        Arrays.fill(planes[1], -0.5f);
        GainRamp ramp = new GainRamp(1);
        ramp.rampTo(0, 50);
        ramp.apply(planes, 0, 20);
        assertThat(ramp.isSettled()).isFalse();
        ramp.apply(planes, 20, 80);
        for (int i = 0; i < 100; i++) {
            double gain = Math.max(0, 1 - i / 50.0);
            assertThat(planes[0][i]).isCloseTo((float) gain, within(1e-6f));
            assertThat(planes[1][i]).isCloseTo((float) (-0.5 * gain), within(1e-6f));
        }
        assertThat(ramp.isSettled()).isTrue();
        assertThat(ramp.gain()).isZero();
        assertThat(planes[0][50]).isZero();
    }

    @Test
    void aNewTargetStartsWhereTheGainIs() {
        float[][] planes = {new float[30]};
        Arrays.fill(planes[0], 1);
        GainRamp ramp = new GainRamp(0);
        ramp.rampTo(1, 20);
        ramp.apply(planes, 0, 10);
        ramp.rampTo(0, 10);
        ramp.apply(planes, 10, 20);
        for (int i = 1; i < 30; i++) {
            assertThat(Math.abs(planes[0][i] - planes[0][i - 1])).isLessThan(0.0501f);
        }
        assertThat(planes[0][10]).isCloseTo(0.5f, within(1e-6f));
        assertThat(planes[0][20]).isZero();
        assertThatThrownBy(() -> ramp.rampTo(1, -1)).hasMessageContaining("frames=-1");
    }

    @Test
    void unityGainDoesNotTouchTheSamples() {
        float[][] planes = {{0.1f, Float.NaN, -1e-40f}};
        GainRamp ramp = new GainRamp(0.5);
        ramp.rampTo(1, 0);
        assertThat(ramp.isUnity()).isTrue();
        ramp.apply(planes, 0, 3);
        assertThat(planes[0]).containsExactly(0.1f, Float.NaN, -1e-40f);
    }

    @Test
    void decibelsAreThoseOfAmplitude() {
        assertThat(Mixing.gain(-20)).isCloseTo(0.1, within(1e-12));
        assertThat(Mixing.gain(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Mixing.decibels(0.5)).isCloseTo(-6.0206, within(1e-4));
        assertThat(Mixing.decibels(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        float[] sum = {1, 1, 1, 1};
        Mixing.add(new float[] {1, 2, 3, 4}, sum, 1, 2, 0.5f);
        Mixing.add(new float[] {1, 2, 3, 4}, sum, 2, 1);
        Mixing.scale(sum, 3, 1, -2);
        assertThat(sum).containsExactly(1, 2, 5.5f, -2);
    }

    @Test
    void aFullScaleSineReadsZeroAndMinusThree() {
        float[][] planes = new float[2][48_000];
        new Tone(48_000, 1000, 1).fill(new float[][] {planes[1]}, 0, 48_000);
        Meter meter = new Meter(2);
        assertThat(meter.rms(0)).isZero();
        for (int at = 0; at < 48_000; at += 480) {
            meter.measure(planes, at, 480);
        }
        assertThat(meter.frames()).isEqualTo(48_000);
        assertThat(meter.peakDbfs(1)).isCloseTo(0, within(0.0001));
        assertThat(meter.rmsDbfs(1)).isCloseTo(-3.0103, within(0.0001));
        assertThat(meter.peakDbfs(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        meter.reset();
        assertThat(meter.peak(1)).isZero();
        meter.measure(new float[][] {{Float.NaN, -0.5f}, {0, 0}}, 0, 2);
        assertThat(meter.peak(0)).isEqualTo(0.5);
        assertThat(meter.rms(0)).isCloseTo(Math.sqrt(0.125), within(1e-9));
    }

    @Test
    void aConstantReadsItsSizeAndInfinityIsNotHidden() {
        float[][] planes = {new float[100], {-0f, 1e-40f, Float.NEGATIVE_INFINITY}};
        Arrays.fill(planes[0], -0.5f);
        Meter meter = new Meter(1);
        meter.measure(planes, 0, 0);
        assertThat(meter.rmsDbfs(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        meter.measure(planes, 0, 100);
        assertThat(meter.peakDbfs(0)).isCloseTo(-6.0206, within(1e-4));
        assertThat(meter.rmsDbfs(0)).isCloseTo(-6.0206, within(1e-4));
        meter.measure(new float[][] {planes[1]}, 0, 2);
        assertThat(meter.peak(0)).isEqualTo(0.5);
        meter.measure(new float[][] {planes[1]}, 2, 1);
        assertThat(meter.peak(0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aShownPeakFalls20DecibelsIn1700MillisecondsAndItsMarkIsHeldForASecond() {
        int rate = 48_000;
        Meter meter = new Meter(1);
        PeakFall shown = new PeakFall(rate, 1);
        float[][] planes = {new float[480]};
        planes[0][7] = 0.5f;
        double[] levels = new double[300];
        double[] marks = new double[300];
        for (int i = 0; i < levels.length; i++) {
            meter.measure(planes, 0, 480);
            shown.follow(meter);
            meter.reset();
            levels[i] = shown.levelDbfs(0);
            marks[i] = shown.heldDbfs(0);
            planes[0][7] = 0;
        }
        assertThat(levels[0]).isCloseTo(-6.0206, within(1e-4));
        assertThat(levels[85]).isCloseTo(levels[0] - 10, within(1e-6));
        assertThat(levels[170]).isCloseTo(levels[0] - 20, within(1e-6));
        assertThat(marks[99]).isCloseTo(-6.0206, within(1e-4));
        assertThat(marks[100]).isEqualTo(levels[100]);
        assertThat(marks[200]).isEqualTo(levels[200]);
        planes[0][7] = 1;
        meter.measure(planes, 0, 480);
        shown.follow(meter);
        assertThat(shown.level(0)).isEqualTo(1);
        assertThat(shown.held(0)).isEqualTo(1);
        meter.reset();
        meter.measure(new float[][] {new float[20 * rate]}, 0, 20 * rate);
        shown.follow(meter);
        assertThat(shown.level(0)).isZero();
        assertThat(shown.held(0)).isZero();
    }

    @ParameterizedTest
    @EnumSource(SampleFormat.class)
    void nativeFramesAreMeteredAsTheirFloats(SampleFormat sample) {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.discrete(3), sample);
        if (!sample.isPcm()) {
            assertThatThrownBy(() -> new NativeMeter(format)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        float[][] planes = new float[3][4800];
        new Tone(48_000, 1000, 0.5).fill(new float[][] {planes[2]}, 0, 4800);
        MemorySegment[] memory = Memory.of(format, 4800);
        new FloatCodec(format, Dither.NONE).encode(planes, 0, memory, 3, 4800);
        NativeMeter meter = new NativeMeter(format);
        meter.measure(memory, 3, 4800);
        assertThat(meter.meter().frames()).isEqualTo(4800);
        assertThat(meter.meter().peakDbfs(2)).isCloseTo(-6.02, within(0.1));
        assertThat(meter.meter().rmsDbfs(2)).isCloseTo(-9.03, within(0.1));
        assertThat(meter.meter().peak(1)).isZero();
    }

    @Test
    void aToneHasItsPhaseAfterADay() {
        Tone tone = new Tone(48_000, 1000, 0.5);
        long day = 24L * 3600 * 48_000;
        tone.seek(day + 12);
        double[][] sample = new double[1][1];
        tone.fill(sample, 0, 1);
        assertThat(sample[0][0]).isCloseTo(0.5, within(1e-12));
        double[][] ran = new double[1][48_012];
        new Tone(48_000, 1000, 0.5).fill(ran, 0, 48_012);
        Tone sought = new Tone(48_000, 1000, 0.5);
        sought.seek(48_011);
        sought.fill(sample, 0, 1);
        assertThat(sample[0][0]).isEqualTo(ran[0][48_011]);
        assertThatThrownBy(() -> new Tone(48_000, 24_001, 1)).hasMessageContaining("frequency=24001.0");
        assertThatThrownBy(() -> new Tone(48_000, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(SampleFormat.class)
    void theSequenceFindsTheFirstWrongFrame(SampleFormat sample) {
        for (StreamFormat.Packing packing : StreamFormat.Packing.values()) {
            StreamFormat format =
                    StreamFormat.of(48_000, ChannelLayout.discrete(3), sample).withPacking(packing);
            TestSequence sequence = new TestSequence(format);
            int frames = 3000;
            MemorySegment[] memory = Memory.of(format, frames);
            sequence.fill(memory, 3, 1_000_000_000_000L, frames);
            assertThat(sequence.verify(memory, 3, 1_000_000_000_000L, frames)).isEqualTo(TestSequence.SAME);
            assertThat(sequence.verify(memory, 3, 1_000_000_000_001L, frames)).isZero();
            for (int wrong : new int[] {2999, 2048, 1023, 7}) {
                MemorySegment plane = memory[format.isPlanar() ? 1 : 0];
                long at = 3 + (long) wrong * format.strideBytes() + (format.isPlanar() ? 0 : sample.bytes());
                plane.set(ValueLayout.JAVA_BYTE, at, (byte) (plane.get(ValueLayout.JAVA_BYTE, at) ^ 1));
                assertThat(sequence.verify(memory, 3, 1_000_000_000_000L, frames))
                        .isEqualTo(wrong);
            }
        }
    }

    @Test
    void theSequenceFillsTheWholeRangeAndDiffersByChannel() {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.F32);
        MemorySegment[] memory = Memory.of(format, 100_000);
        new TestSequence(format).fill(memory, 0, 0, 100_000);
        float[][] planes = new float[2][100_000];
        new FloatCodec(format, Dither.NONE).decode(memory, 0, planes, 0, 100_000);
        Meter meter = new Meter(2);
        meter.measure(planes, 0, 100_000);
        assertThat(meter.peak(0)).isGreaterThan(0.999);
        assertThat(meter.rmsDbfs(0)).isCloseTo(-4.77, within(0.05));
        assertThat(planes[0]).isNotEqualTo(planes[1]);
    }
}
