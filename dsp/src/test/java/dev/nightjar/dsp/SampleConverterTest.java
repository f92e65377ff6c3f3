package dev.nightjar.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.StreamFormat.Packing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SampleConverterTest {
    private static final int CHANNELS = 3;
    /// More than two blocks of three channels.
    private static final int FRAMES = 700;

    static List<SampleFormat> pcm() {
        return Stream.of(SampleFormat.values()).filter(SampleFormat::isPcm).toList();
    }

    static List<StreamFormat> formats(SampleFormat sample, int channels) {
        List<StreamFormat> formats = new ArrayList<>();
        for (Packing packing : Packing.values()) {
            StreamFormat whole = StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample)
                    .withPacking(packing);
            formats.add(whole);
            if (sample.isInteger()) {
                formats.add(whole.withValidBits(whole.validBits() - 4));
            }
        }
        return formats;
    }

    @ParameterizedTest
    @MethodSource("pcm")
    void convertsAsTheExactArithmeticDoes(SampleFormat in) {
        for (StreamFormat from : formats(in, CHANNELS)) {
            MemorySegment[] source = source(from);
            for (SampleFormat out : pcm()) {
                for (StreamFormat to : formats(out, CHANNELS)) {
                    compare(from, source, to);
                }
            }
        }
    }

    private static void compare(StreamFormat from, MemorySegment[] source, StreamFormat to) {
        SampleConverter converter = new SampleConverter(from, to, Dither.NONE);
        MemorySegment[] target = Memory.of(to, FRAMES);
        converter.convert(source, Memory.OFFSET, target, Memory.OFFSET, FRAMES);
        Reference in = new Reference(from);
        Reference out = new Reference(to);
        boolean copied = from.sample() == to.sample() && from.validBits() == to.validBits();
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                BigInteger bits = in.bits(source, Memory.OFFSET, frame, channel);
                BigInteger expected = copied ? bits : in.convert(bits, out);
                BigInteger actual = out.bits(target, Memory.OFFSET, frame, channel);
                if (!actual.equals(expected) && !bothNaN(out, expected, actual)) {
                    throw new AssertionError(converter + " made " + bits.toString(16) + " into " + actual.toString(16)
                            + " and not " + expected.toString(16) + ", frame=" + frame + ", channel=" + channel);
                }
            }
        }
    }

    private static boolean bothNaN(Reference out, BigInteger expected, BigInteger actual) {
        return Double.isNaN(out.floating(expected)) && Double.isNaN(out.floating(actual));
    }

    private static MemorySegment[] source(StreamFormat format) {
        MemorySegment[] memory = Memory.of(format, FRAMES);
        Random random = new Random(7);
        Memory.randomize(memory, random);
        Reference reference = new Reference(format);
        double[] edges = {
            0,
            -0.0,
            1,
            -1,
            1.5,
            -1.5,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0.5,
            0x1p-8,
            3 * 0x1p-9,
            0x1p-16,
            3 * 0x1p-16,
            5 * 0x1p-16,
            -3 * 0x1p-16,
            0x1p-24,
            3 * 0x1p-24,
            -0x1p-24,
            0x1p-32,
            3 * 0x1p-32,
            0x1p-140,
            1 - 0x1p-24,
            0.5 + 0x1p-24,
            0.75 - 0x1p-24,
            1e30,
            -1e30,
            1e38,
            1 - 0x1p-16
        };
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int channel = 0; channel < format.channels(); channel++) {
                int index = frame * format.channels() + channel;
                double value = index < edges.length ? edges[index] : random.nextDouble(-1.01, 1.01) / (1 << index % 24);
                if (format.sample().isFloat() || index < edges.length) {
                    reference.setBits(memory, Memory.OFFSET, frame, channel, reference.encodeFloating(value));
                }
            }
        }
        return memory;
    }

    @Test
    void tellsWhetherTheValidBitsArriveUnchanged() {
        assertThat(exact("S16", 16, "S32", 32)).isTrue();
        assertThat(exact("S16", 16, "F32", 24)).isTrue();
        assertThat(exact("S24", 24, "F32", 24)).isTrue();
        assertThat(exact("S32", 24, "S24BE", 24)).isTrue();
        assertThat(exact("S32LOW", 20, "S24", 24)).isTrue();
        assertThat(exact("S32", 32, "F64", 53)).isTrue();
        assertThat(exact("F32", 24, "F64BE", 53)).isTrue();
        assertThat(exact("F32", 24, "F32BE", 24)).isTrue();
        assertThat(exact("S32", 32, "F32", 24)).isFalse();
        assertThat(exact("S32", 32, "S24", 24)).isFalse();
        assertThat(exact("S24", 24, "S32", 20)).isFalse();
        assertThat(exact("F32", 24, "S32", 32)).isFalse();
        assertThat(exact("F64", 53, "F32", 24)).isFalse();
    }

    private static boolean exact(String from, int fromBits, String to, int toBits) {
        return converter(from, fromBits, to, toBits).isExact();
    }

    private static SampleConverter converter(String from, int fromBits, String to, int toBits) {
        StreamFormat in = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.ofLabel(from));
        StreamFormat out = in.withSample(SampleFormat.ofLabel(to));
        return new SampleConverter(in.withValidBits(fromBits), out.withValidBits(toBits), Dither.SHAPED);
    }

    @Test
    void dithersOnlyWhereBitsAreLost() {
        assertThat(converter("S24", 24, "S16", 16).dither()).isEqualTo(Dither.SHAPED);
        assertThat(converter("F32", 24, "S24", 24).dither()).isEqualTo(Dither.SHAPED);
        assertThat(converter("F64", 53, "S32", 32).dither()).isEqualTo(Dither.SHAPED);
        assertThat(converter("F32", 24, "S32", 32).dither()).isEqualTo(Dither.NONE);
        assertThat(converter("S16", 16, "S24", 24).dither()).isEqualTo(Dither.NONE);
        assertThat(converter("S32", 32, "F32", 24).dither()).isEqualTo(Dither.NONE);
    }

    @ParameterizedTest
    @EnumSource(Dither.class)
    void ditherDoesNotTouchAnExactConversion(Dither dither) {
        for (SampleFormat in : pcm()) {
            for (SampleFormat out : pcm()) {
                StreamFormat from = StreamFormat.of(44_100, ChannelLayout.STEREO, in);
                StreamFormat to = from.withSample(out);
                SampleConverter converter = new SampleConverter(from, to, dither);
                if (converter.isExact()) {
                    MemorySegment[] source = source(from);
                    MemorySegment[] plain = Memory.of(to, FRAMES);
                    MemorySegment[] dithered = Memory.of(to, FRAMES);
                    new SampleConverter(from, to, Dither.NONE).convert(source, 3, plain, 3, FRAMES);
                    converter.convert(source, 3, dithered, 3, FRAMES);
                    assertThat(Memory.same(plain, dithered)).as("%s", converter).isTrue();
                }
            }
        }
    }

    @Test
    void silenceStaysSilenceWhenTheConversionIsExact() {
        for (SampleFormat in : pcm()) {
            for (SampleFormat out : pcm()) {
                StreamFormat from = StreamFormat.of(44_100, ChannelLayout.STEREO, in);
                SampleConverter converter = new SampleConverter(from, from.withSample(out), Dither.SHAPED);
                MemorySegment silent = Memory.of(from, FRAMES)[0].fill(in.silence());
                MemorySegment target = Memory.of(converter.to(), FRAMES)[0].fill(out.silence());
                MemorySegment expected = Memory.of(converter.to(), FRAMES)[0].fill(out.silence());
                converter.convert(silent, 1, target, 1, FRAMES);
                if (converter.isExact()) {
                    assertThat(target.mismatch(expected)).as("%s", converter).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void movesDsdBetweenAllItsWords() {
        List<SampleFormat> words =
                Stream.of(SampleFormat.values()).filter(SampleFormat::isDsd).toList();
        for (SampleFormat in : words) {
            for (SampleFormat out : words) {
                for (Packing packing : Packing.values()) {
                    StreamFormat from = StreamFormat.of(352_800 / in.bytes(), ChannelLayout.STEREO, in);
                    StreamFormat to = StreamFormat.of(352_800 / out.bytes(), ChannelLayout.STEREO, out)
                            .withPacking(packing);
                    int frames = 4 * 1100 / in.bytes();
                    int outFrames = 4 * 1100 / out.bytes();
                    MemorySegment[] source = Memory.of(from, frames);
                    MemorySegment[] target = Memory.of(to, outFrames);
                    new TestSequence(from).fill(source, Memory.OFFSET, 0, frames);
                    SampleConverter converter = new SampleConverter(from, to, Dither.TPDF);
                    converter.convert(source, Memory.OFFSET, target, Memory.OFFSET, frames);
                    assertThat(converter.isExact()).isTrue();
                    assertThat(new TestSequence(to).verify(target, Memory.OFFSET, 0, outFrames))
                            .as("%s", converter)
                            .isEqualTo(TestSequence.SAME);
                }
            }
        }
    }

    @Test
    void reversesTheBitsOfDsdByHand() {
        StreamFormat from = StreamFormat.of(352_800, ChannelLayout.MONO, SampleFormat.DSD_U8);
        StreamFormat to = StreamFormat.of(88_200, ChannelLayout.MONO, SampleFormat.DSD_U32);
        MemorySegment bytes = MemorySegment.ofArray(new byte[] {1, 2, 3, (byte) 0x80});
        MemorySegment word = MemorySegment.ofArray(new byte[4]);
        new SampleConverter(from, to, Dither.NONE).convert(bytes, 0, word, 0, 4);
        assertThat(word.toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x80, 3, 2, 1);
        MemorySegment reversed = MemorySegment.ofArray(new byte[4]);
        new SampleConverter(from, from.withSample(SampleFormat.DSD_U8_LSB), Dither.NONE)
                .convert(bytes, 0, reversed, 0, 4);
        assertThat(reversed.toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x80, 0x40, 0xC0, 1);
        StreamFormat low = to.withSample(SampleFormat.DSD_U32_LSB);
        new SampleConverter(from, low, Dither.NONE).convert(bytes, 0, reversed, 0, 4);
        assertThat(reversed.toArray(ValueLayout.JAVA_BYTE)).containsExactly(0x80, 0x40, 0xC0, 1);
        StreamFormat lowBig = to.withSample(SampleFormat.DSD_U32_LSB_BE);
        new SampleConverter(from, lowBig, Dither.NONE).convert(bytes, 0, reversed, 0, 4);
        assertThat(reversed.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 0xC0, 0x40, 0x80);
    }

    @Test
    void swapsTheBytesOfEncodedWordsAndNothingElse() {
        StreamFormat from = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.IEC61937);
        StreamFormat to = from.withSample(SampleFormat.IEC61937_BE);
        MemorySegment words = MemorySegment.ofArray(new byte[] {0x72, (byte) 0xF8, 0x1F, 0x4E});
        MemorySegment swapped = MemorySegment.ofArray(new byte[4]);
        new SampleConverter(from, to, Dither.TPDF).convert(words, 0, swapped, 0, 1);
        assertThat(swapped.toArray(ValueLayout.JAVA_BYTE)).containsExactly(0xF8, 0x72, 0x4E, 0x1F);
    }

    @Test
    void refusesToChangeBitsThatAreNotPcm() {
        StreamFormat pcm = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        for (SampleFormat sample : SampleFormat.values()) {
            if (!sample.isPcm()) {
                assertThatThrownBy(() -> new SampleConverter(pcm, pcm.withSample(sample), Dither.NONE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("not converted into one another");
                assertThatThrownBy(() -> new SampleConverter(pcm.withSample(sample), pcm, Dither.NONE))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> new FloatCodec(pcm.withSample(sample), Dither.NONE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is not PCM");
            }
        }
        assertThatThrownBy(() -> new SampleConverter(
                        pcm.withSample(SampleFormat.DSD_U8), pcm.withSample(SampleFormat.IEC61937), Dither.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOtherRatesOtherChannelsAndUnfilledDsdWords() {
        StreamFormat pcm = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        assertThatThrownBy(() -> new SampleConverter(pcm, pcm.withRate(44_100), Dither.NONE))
                .hasMessageContaining("keeps the rate");
        assertThatThrownBy(() -> new SampleConverter(pcm, pcm.withLayout(ChannelLayout.MONO), Dither.NONE))
                .hasMessageContaining("keeps the number of channels");
        StreamFormat bytes = StreamFormat.of(352_800, ChannelLayout.MONO, SampleFormat.DSD_U8);
        StreamFormat words = StreamFormat.of(88_200, ChannelLayout.MONO, SampleFormat.DSD_U32);
        MemorySegment memory = MemorySegment.ofArray(new byte[16]);
        assertThatThrownBy(() -> new SampleConverter(bytes, words, Dither.NONE).convert(memory, 0, memory, 8, 5))
                .hasMessageContaining("whole words");
    }

    @Test
    void refusesOneSegmentForPlanarFrames() {
        StreamFormat from = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        SampleConverter converter = new SampleConverter(from, from.withPacking(Packing.PLANAR), Dither.NONE);
        MemorySegment memory = MemorySegment.ofArray(new byte[16]);
        assertThatThrownBy(() -> converter.convert(memory, 0, memory, 8, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesNothingBeyondTheFrames() {
        for (SampleFormat out : pcm()) {
            StreamFormat from = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S32);
            StreamFormat to = from.withSample(out);
            MemorySegment source = Memory.of(from, 9)[0];
            byte[] target = new byte[9 * to.frameBytes() + 32];
            Arrays.fill(target, (byte) 0x5A);
            new SampleConverter(from, to, Dither.NONE).convert(source, 3, MemorySegment.ofArray(target), 16, 9);
            for (int i = 0; i < 16; i++) {
                assertThat(target[i]).isEqualTo((byte) 0x5A);
                assertThat(target[target.length - 1 - i]).isEqualTo((byte) 0x5A);
            }
        }
    }

    @Test
    void refusesToReadBeyondTheSegment() {
        for (SampleFormat in : pcm()) {
            StreamFormat from = StreamFormat.of(48_000, ChannelLayout.STEREO, in);
            StreamFormat to = from.withSample(SampleFormat.F64);
            MemorySegment source = MemorySegment.ofArray(new byte[8 * from.frameBytes() - 1]);
            MemorySegment target = MemorySegment.ofArray(new byte[8 * to.frameBytes()]);
            assertThatThrownBy(() -> new SampleConverter(from, to, Dither.NONE).convert(source, 0, target, 0, 8))
                    .as("%s", in)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void describesItself() {
        StreamFormat from =
                StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S32).withValidBits(24);
        assertThat(new SampleConverter(from, from.withSample(SampleFormat.S16), Dither.TPDF))
                .hasToString("S32 (24 valid bits) → S16, TPDF dither");
        assertThat(new SampleConverter(
                        from, from.withSample(SampleFormat.F32).withPacking(Packing.PLANAR), Dither.TPDF))
                .hasToString("S32 (24 valid bits) → F32 planar");
    }
}
