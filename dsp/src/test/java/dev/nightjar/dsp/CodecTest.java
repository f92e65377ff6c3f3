package dev.nightjar.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.StreamFormat.Packing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    private static final int RUN = 1 << 16;

    static List<StreamFormat> integers() {
        return Stream.of(SampleFormat.values())
                .filter(SampleFormat::isInteger)
                .flatMap(sample -> Stream.of(
                        StreamFormat.of(48_000, ChannelLayout.MONO, sample),
                        StreamFormat.of(48_000, ChannelLayout.MONO, sample)
                                .withValidBits(Math.min(sample.bits(), 24) - 4)))
                .toList();
    }

    static List<StreamFormat> integersOf24Bits() {
        return integers().stream()
                .map(format -> format.withValidBits(Math.min(24, format.validBits())))
                .distinct()
                .toList();
    }

    /// The bytes of every value of a format, in runs that begin at a value.
    private static void write(StreamFormat format, long first, MemorySegment memory, int count) {
        SampleFormat sample = format.sample();
        int up = sample.alignment() == SampleFormat.Alignment.HIGH ? sample.bits() - format.validBits() : 0;
        boolean big = sample.order() == ByteOrder.BIG_ENDIAN;
        long bias = sample.coding() == SampleFormat.Coding.UNSIGNED ? 1L << (format.validBits() - 1) : 0;
        for (int i = 0; i < count; i++) {
            long bits = (first + i + bias) << up;
            for (int b = 0; b < sample.bytes(); b++) {
                int at = big ? sample.bytes() - 1 - b : b;
                memory.set(ValueLayout.JAVA_BYTE, (long) i * sample.bytes() + at, (byte) (bits >> (8 * b)));
            }
        }
    }

    /// All values, as adjacent samples and as frames of 2 and of 8 channels.
    @ParameterizedTest
    @MethodSource("integersOf24Bits")
    void everyIntegerUpTo24BitsSurvivesFloat(StreamFormat mono) {
        int values = 1 << mono.validBits();
        int run = Math.min(RUN, values);
        for (int channels : new int[] {1, 2, 8}) {
            StreamFormat format = mono.withLayout(ChannelLayout.discrete(channels));
            int frames = run / channels;
            FloatCodec codec = new FloatCodec(format, Dither.NONE);
            float[][] planes = new float[channels][frames];
            MemorySegment in = Memory.of(format, frames)[0];
            MemorySegment out = Memory.of(format, frames)[0];
            for (long first = -values / 2; first < values / 2; first += run) {
                write(mono, first, in, run);
                codec.decode(in, 0, planes, 0, frames);
                for (int i = 0; i < run; i++) {
                    if (planes[i % channels][i / channels] * (values / 2.0) != first + i) {
                        throw new AssertionError(format + ": " + (first + i) + " is read as another value");
                    }
                }
                codec.encode(planes, 0, out, 0, frames);
                assertThat(in.asSlice(0, in.byteSize() - Memory.OFFSET)
                                .mismatch(out.asSlice(0, out.byteSize() - Memory.OFFSET)))
                        .isEqualTo(-1);
            }
        }
    }

    /// All values up to 24 bits; of 32 bits runs that are spread over all, and both ends and the middle.
    @ParameterizedTest
    @MethodSource("integers")
    void everyIntegerSurvivesDouble(StreamFormat format) {
        long half = 1L << (format.validBits() - 1);
        int run = (int) Math.min(RUN, 2 * half);
        long step = format.validBits() > 24 ? RUN * 61L : run;
        for (long first = -half; first <= half - run; first += step) {
            survivesDouble(format, first, run);
        }
        survivesDouble(format, half - run, run);
        survivesDouble(format, -run / 2, run);
    }

    private static void survivesDouble(StreamFormat format, long first, int run) {
        double half = Math.scalb(1.0, format.validBits() - 1);
        DoubleCodec codec = new DoubleCodec(format, Dither.NONE);
        double[][] planes = new double[1][run];
        MemorySegment in = Memory.of(format, run)[0];
        MemorySegment out = Memory.of(format, run)[0];
        write(format, first, in, run);
        codec.decode(in, 0, planes, 0, run);
        for (int i = 0; i < run; i++) {
            if (planes[0][i] * half != first + i) {
                throw new AssertionError(format + ": " + (first + i) + " is read as " + planes[0][i]);
            }
        }
        codec.encode(planes, 0, out, 0, run);
        assertThat(in.mismatch(out)).isEqualTo(-1);
    }

    static List<SampleFormat> pcm() {
        return SampleConverterTest.pcm();
    }

    @ParameterizedTest
    @MethodSource("pcm")
    void codecsAgreeWithTheConverterForEveryPackingAndNumberOfChannels(SampleFormat sample) {
        int frames = 1500;
        for (int channels : new int[] {1, 2, 3, 4, 6, 7, 8, 9, 16, 17}) {
            for (Packing packing : Packing.values()) {
                StreamFormat format = StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample)
                        .withPacking(packing);
                MemorySegment[] in = Memory.of(format, frames);
                new TestSequence(format).fill(in, Memory.OFFSET, 5, frames);
                compareFloats(format, in, frames);
                compareDoubles(format, in, frames);
            }
        }
    }

    private static void compareFloats(StreamFormat format, MemorySegment[] in, int frames) {
        StreamFormat planar = format.withSample(SampleFormat.F32).withPacking(Packing.PLANAR);
        MemorySegment[] floats = Memory.of(planar, frames);
        new SampleConverter(format, planar, Dither.NONE).convert(in, Memory.OFFSET, floats, Memory.OFFSET, frames);
        float[][] planes = new float[format.channels()][frames + 2];
        FloatCodec codec = new FloatCodec(format, Dither.NONE);
        codec.decode(in, Memory.OFFSET, planes, 2, frames);
        for (int c = 0; c < format.channels(); c++) {
            for (int i = 0; i < frames; i++) {
                float expected = floats[c].get(ValueLayout.JAVA_FLOAT_UNALIGNED, Memory.OFFSET + 4L * i);
                if (planes[c][2 + i] != expected) {
                    throw new AssertionError(format + ": frame=" + i + ", channel=" + c);
                }
            }
        }
        MemorySegment[] back = Memory.of(format, frames);
        MemorySegment[] expected = Memory.of(format, frames);
        new SampleConverter(planar, format, Dither.NONE)
                .convert(floats, Memory.OFFSET, expected, Memory.OFFSET, frames);
        codec.encode(planes, 2, back, Memory.OFFSET, frames);
        assertThat(Memory.same(back, expected)).as("%s", format).isTrue();
    }

    private static void compareDoubles(StreamFormat format, MemorySegment[] in, int frames) {
        double[][] planes = new double[format.channels()][frames + 2];
        DoubleCodec codec = new DoubleCodec(format, Dither.NONE);
        codec.decode(in, Memory.OFFSET, planes, 2, frames);
        MemorySegment[] back = Memory.of(format, frames);
        codec.encode(planes, 2, back, Memory.OFFSET, frames);
        assertThat(new TestSequence(format).verify(back, Memory.OFFSET, 5, frames))
                .as("%s", format)
                .isEqualTo(TestSequence.SAME);
    }

    /// Floats near halves, around the limits and at all magnitudes, in every width.
    @ParameterizedTest
    @MethodSource("integers")
    void roundsHalvesToEvenAndSaturates(StreamFormat mono) {
        float[] values = nearHalvesAndLimits(mono);
        for (int channels : new int[] {1, 2, 8}) {
            StreamFormat format = mono.withLayout(ChannelLayout.discrete(channels));
            int frames = values.length / channels;
            float[][] planes = new float[channels][frames];
            for (int i = 0; i < values.length; i++) {
                planes[i % channels][i / channels] = values[i];
            }
            MemorySegment[] out = Memory.of(format, frames);
            new FloatCodec(format, Dither.NONE).encode(planes, 0, out, 0, frames);
            Reference reference = new Reference(format);
            for (int i = 0; i < values.length; i++) {
                BigInteger bits = reference.bits(out, 0, i / channels, i % channels);
                if (!bits.equals(reference.encodeFloating(values[i]))) {
                    throw new AssertionError(
                            format + ": " + values[i] + " became " + bits.toString(16) + ", index=" + i);
                }
            }
        }
    }

    private static float[] nearHalvesAndLimits(StreamFormat format) {
        Random random = new Random(11);
        int count = 16_000;
        float[] values = new float[count];
        double half = Math.scalb(1.0, format.validBits() - 1);
        float[] edges = {
            Float.NaN,
            Float.intBitsToFloat(0xFFC0_0001),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.MIN_VALUE,
            -0f,
            1,
            -1,
            1 - 0x1p-24f,
            -1 - 0x1p-23f,
            1e9f,
            -1e9f
        };
        for (int i = 0; i < count; i++) {
            double halfway = Math.floor(random.nextDouble(-half, half) / (1L << random.nextInt(32))) + 0.5;
            float near = (float) (halfway / half);
            values[i] = switch (i % 4) {
                case 0 -> near;
                case 1 -> Math.nextUp(near);
                case 2 -> Math.nextDown(near);
                default -> Float.intBitsToFloat(random.nextInt());
            };
        }
        System.arraycopy(edges, 0, values, 100, edges.length);
        return values;
    }

    @Test
    void floatsKeepTheirBitsAsFramesAndAsPlanes() {
        int[] bits = {0x8000_0000, 1, 0x8000_0001, 0x7f80_0000, 0xff80_0000, 0x7fc0_1234, 0xffc0_0001, 0x0040_0000};
        for (SampleFormat sample : List.of(SampleFormat.F32, SampleFormat.F32_BE)) {
            for (int channels : new int[] {1, 2, 3, 8}) {
                StreamFormat format = StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample);
                float[][] planes = new float[channels][bits.length];
                float[][] back = new float[channels][bits.length];
                for (int i = 0; i < bits.length; i++) {
                    for (int c = 0; c < channels; c++) {
                        planes[c][i] = Float.intBitsToFloat(bits[(i + c) % bits.length]);
                    }
                }
                MemorySegment memory = Memory.of(format, bits.length)[0];
                FloatCodec codec = new FloatCodec(format, Dither.TPDF);
                codec.encode(planes, 0, memory, 1, bits.length);
                codec.decode(memory, 1, back, 0, bits.length);
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < bits.length; i++) {
                        assertThat(Float.floatToRawIntBits(back[c][i])).isEqualTo(bits[(i + c) % bits.length]);
                    }
                }
            }
        }
    }

    @Test
    void aBlockCanBeCutAnywhereWithoutADifference() {
        StreamFormat format = StreamFormat.of(44_100, ChannelLayout.SURROUND_5_1, SampleFormat.S16);
        for (Packing packing : Packing.values()) {
            StreamFormat packed = format.withPacking(packing);
            float[][] planes = new float[6][2000];
            new Tone(44_100, 997, 0.3).fill(planes, 0, 2000);
            MemorySegment[] whole = Memory.of(packed, 2000);
            MemorySegment[] cut = Memory.of(packed, 2000);
            new FloatCodec(packed, Dither.SHAPED).encode(planes, 0, whole, 1, 2000);
            FloatCodec codec = new FloatCodec(packed, Dither.SHAPED);
            for (int at = 0, n = 1; at < 2000; at += n, n = Math.min(n * 3, 2000 - at)) {
                codec.encode(planes, at, cut, 1 + (long) at * packed.strideBytes(), n);
            }
            assertThat(Memory.same(whole, cut)).isTrue();
        }
    }
}
