package dev.nightjar.dsp;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.StreamFormat.Packing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Frames around the borders of internal blocks, on the heap and outside it, at odd addresses.
class BlocksTest {
    private static final int GUARD = 5;
    private static final byte UNTOUCHED = 0x5A;

    static Iterable<SampleFormat> pcm() {
        return SampleConverterTest.pcm();
    }

    private static int[] lengths(int channels) {
        int block = Container.blockFrames(channels);
        return new int[] {0, 1, 2, block - 1, block, block + 1, 2 * block - 1, 2 * block + 1};
    }

    private static MemorySegment[] memory(StreamFormat format, int frames, IntFunction<MemorySegment> kind) {
        MemorySegment[] segments = new MemorySegment[format.isPlanar() ? format.channels() : 1];
        Arrays.setAll(
                segments,
                i -> kind.apply(2 * GUARD + frames * format.strideBytes()).fill(UNTOUCHED));
        return segments;
    }

    private static MemorySegment heap(int bytes) {
        return MemorySegment.ofArray(new byte[bytes]);
    }

    private static MemorySegment outside(int bytes) {
        return Arena.ofAuto().allocate(bytes);
    }

    @ParameterizedTest
    @MethodSource("pcm")
    void codecsDoManyFramesAsTheyDoOne(SampleFormat sample) {
        for (int channels : new int[] {1, 2, 3, 6, 8}) {
            for (Packing packing : Packing.values()) {
                StreamFormat format = StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample)
                        .withPacking(packing);
                for (int frames : lengths(channels)) {
                    MemorySegment[] host = memory(format, frames, BlocksTest::outside);
                    new TestSequence(format).fill(host, GUARD, 77, frames);
                    MemorySegment[] heap = memory(format, frames, BlocksTest::heap);
                    float[][] whole = decoded(format, host, frames);
                    encode(format, whole, heap, frames);
                    assertThat(Memory.same(heap, host))
                            .as("%s, frames=%d", format, frames)
                            .isTrue();
                    float[][] single = new float[channels][frames];
                    FloatCodec codec = new FloatCodec(format, Dither.NONE);
                    for (int i = 0; i < frames; i++) {
                        codec.decode(readOnly(heap), GUARD + (long) i * format.strideBytes(), single, i, 1);
                    }
                    assertThat(single).isDeepEqualTo(whole);
                }
            }
        }
    }

    private static float[][] decoded(StreamFormat format, MemorySegment[] in, int frames) {
        float[][] planes = new float[format.channels()][frames];
        new FloatCodec(format, Dither.NONE).decode(in, GUARD, planes, 0, frames);
        return planes;
    }

    /// What the floats have lost comes from the sequence, so only formats that lose nothing are equal.
    private static void encode(StreamFormat format, float[][] planes, MemorySegment[] out, int frames) {
        if (format.validBits() <= 24) {
            new FloatCodec(format, Dither.NONE).encode(planes, 0, out, GUARD, frames);
        } else {
            double[][] doubles = new double[format.channels()][frames];
            new TestSequence(format).fill(out, GUARD, 77, frames);
            new DoubleCodec(format, Dither.NONE).decode(out, GUARD, doubles, 0, frames);
            for (MemorySegment segment : out) {
                segment.fill(UNTOUCHED);
            }
            new DoubleCodec(format, Dither.NONE).encode(doubles, 0, out, GUARD, frames);
        }
    }

    private static MemorySegment[] readOnly(MemorySegment[] segments) {
        return Arrays.stream(segments).map(MemorySegment::asReadOnly).toArray(MemorySegment[]::new);
    }

    @ParameterizedTest
    @MethodSource("pcm")
    void convertersDoManyFramesAsTheyDoOne(SampleFormat in) {
        for (SampleFormat out : pcm()) {
            for (Packing packing : Packing.values()) {
                StreamFormat from = StreamFormat.of(48_000, ChannelLayout.STEREO, in);
                StreamFormat to = from.withSample(out).withPacking(packing);
                for (int frames : lengths(packing == Packing.PLANAR ? 1 : 2)) {
                    MemorySegment[] source = memory(from, frames, BlocksTest::heap);
                    MemorySegment[] whole = memory(to, frames, BlocksTest::outside);
                    MemorySegment[] pieces = memory(to, frames, BlocksTest::heap);
                    new TestSequence(from).fill(source, GUARD, 3, frames);
                    SampleConverter converter = new SampleConverter(from, to, Dither.NONE);
                    converter.convert(source, GUARD, whole, GUARD, frames);
                    for (int at = 0; at < frames; at += 7) {
                        converter.convert(
                                source,
                                GUARD + (long) at * from.strideBytes(),
                                pieces,
                                GUARD + (long) at * to.strideBytes(),
                                Math.min(7, frames - at));
                    }
                    assertThat(Memory.same(whole, pieces))
                            .as("%s, frames=%d", converter, frames)
                            .isTrue();
                    assertThat(whole[0].get(ValueLayout.JAVA_BYTE, whole[0].byteSize() - 1))
                            .isEqualTo(UNTOUCHED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pcm")
    void mappedFilesAreReadAndWrittenAsOtherMemory(SampleFormat sample, @TempDir Path folder) throws IOException {
        int frames = Container.blockFrames(8) + 3;
        for (int channels : new int[] {1, 2, 8}) {
            StreamFormat format = StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample);
            MemorySegment[] outside = memory(format, frames, BlocksTest::outside);
            new TestSequence(format).fill(outside, GUARD, 5, frames);
            float[][] planes = decoded(format, outside, frames);
            MemorySegment[] written = memory(format, frames, BlocksTest::outside);
            new FloatCodec(format, Dither.NONE).encode(planes, 0, written, GUARD, frames);
            Path file = folder.resolve("samples" + channels);
            try (Arena arena = Arena.ofConfined();
                    FileChannel opened = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
                MemorySegment mapped = opened.map(MapMode.READ_WRITE, 0, outside[0].byteSize(), arena);
                mapped.copyFrom(outside[0]);
                MemorySegment[] alone = {mapped};
                assertThat(decoded(format, alone, frames)).isDeepEqualTo(planes);
                mapped.fill(UNTOUCHED);
                new FloatCodec(format, Dither.NONE).encode(planes, 0, alone, GUARD, frames);
                assertThat(Memory.same(alone, written)).isTrue();
            }
        }
    }
}
