package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Moves interleaved frames of an even number of channels, little-endian and of 16 or 32 bits, to and from planes of
/// `float`. The samples of two or four neighbouring channels are moved as one word, since an access costs the same
/// whatever its width; a vectorised loop takes the words apart or puts them together. Belongs to one thread at a time;
/// allocates only when built.
final class ChannelWords {
    private final SampleFormat sample;
    private final int validBits;
    /// How many channels are in a word of 4 or 8 bytes, and how many words are in a frame.
    private final int group;
    private final int groups;
    private final int wordBytes;
    private final int frameBytes;
    /// From the bits in a word to left-aligned.
    private final int shift;
    private final int mask;
    /// One word of each frame.
    private final long[] words;
    /// The channels of a word.
    private final int[][] ints;
    private final MemorySegment[] bits;
    /// The frames of memory that is not of [OffHeap].
    private final MemorySegment scratch;

    private ChannelWords(StreamFormat format, int group) {
        this.group = group;
        sample = format.sample();
        validBits = format.validBits();
        groups = format.channels() / group;
        boolean low = sample.alignment() == SampleFormat.Alignment.LOW;
        shift = low ? Integer.SIZE - validBits : Integer.SIZE - sample.bits();
        mask = -1 << (Integer.SIZE - validBits);
        int frames = Container.blockFrames(format.channels());
        words = new long[frames];
        ints = new int[group][frames];
        bits = new MemorySegment[group];
        Arrays.setAll(bits, c -> MemorySegment.ofArray(ints[c]));
        wordBytes = group * sample.bytes();
        frameBytes = format.frameBytes();
        scratch = Arena.ofAuto().allocate((long) frames * frameBytes, Long.BYTES);
    }

    /// Null when frames of the format are not such words.
    static @Nullable ChannelWords of(StreamFormat format) {
        SampleFormat sample = format.sample();
        boolean fits = sample.isPcm()
                && !format.isPlanar()
                && format.channels() % 2 == 0
                && sample.order() == ByteOrder.LITTLE_ENDIAN
                && (sample.bytes() == Short.BYTES || sample.bytes() == Integer.BYTES);
        if (!fits) {
            return null;
        }
        boolean quads = sample.bytes() == Short.BYTES && format.channels() % 4 == 0;
        return new ChannelWords(format, quads ? 4 : 2);
    }

    /// At most [Container#blockFrames] frames.
    void decode(MemorySegment in, long offset, float[][] planes, int first, int frames) {
        boolean direct = OffHeap.holds(in);
        if (!direct) {
            MemorySegment.copy(in, offset, scratch, 0, (long) frames * frameBytes);
        }
        for (int g = 0; g < groups; g++) {
            take(direct ? in : scratch, (direct ? offset : 0) + (long) g * wordBytes, frames);
            for (int c = 0; c < group; c++) {
                float[] plane = planes[g * group + c];
                if (sample.isFloat()) {
                    part(words, c * Integer.SIZE, ints[c], frames);
                    MemorySegment.copy(bits[c], FloatContainer.FLOAT, 0, plane, first, frames);
                } else {
                    part(words, c * sample.bits() - shift, mask, plane, first, frames);
                }
            }
        }
    }

    private void take(MemorySegment in, long offset, int frames) {
        if (wordBytes == Long.BYTES) {
            OffHeap.take(in, offset, frameBytes, words, 0, frames);
        } else {
            OffHeap.takeLow(in, offset, frameBytes, words, frames);
        }
    }

    private static void part(long[] words, int down, int[] out, int frames) {
        for (int i = 0; i < frames; i++) {
            out[i] = (int) (words[i] >>> down);
        }
    }

    private static void part(long[] words, int turn, int mask, float[] plane, int first, int frames) {
        for (int i = 0; i < frames; i++) {
            plane[first + i] = ((int) Long.rotateRight(words[i], turn) & mask) * Scaling.TO_FLOAT;
        }
    }

    /// At most [Container#blockFrames] frames, rounded and not dithered.
    void encode(float[][] planes, int first, MemorySegment out, long offset, int frames) {
        boolean direct = OffHeap.holds(out);
        for (int g = 0; g < groups; g++) {
            put(planes, g * group, first, direct ? out : scratch, (direct ? offset : 0) + (long) g * wordBytes, frames);
        }
        if (!direct) {
            MemorySegment.copy(scratch, 0, out, offset, (long) frames * frameBytes);
        }
    }

    private void put(float[][] planes, int channel, int first, MemorySegment out, long offset, int frames) {
        for (int c = 0; c < group; c++) {
            float[] plane = planes[channel + c];
            if (sample.isFloat()) {
                MemorySegment.copy(plane, first, bits[c], FloatContainer.FLOAT, 0, frames);
            } else {
                Scaling.toInts(plane, first, ints[c], frames, validBits);
            }
        }
        if (sample.bytes() == Integer.BYTES) {
            twoInts(ints[0], ints[1], shift, words, frames);
        } else if (group == 4) {
            fourShorts(ints, words, frames);
        } else {
            twoShorts(ints[0], ints[1], words, frames);
        }
        if (wordBytes == Long.BYTES) {
            OffHeap.put(words, 0, out, offset, frameBytes, frames);
        } else {
            OffHeap.putLow(words, out, offset, frameBytes, frames);
        }
    }

    private static void twoShorts(int[] a, int[] b, long[] words, int frames) {
        for (int i = 0; i < frames; i++) {
            int both = (a[i] >>> 16) | (b[i] & 0xffff_0000);
            words[i] = both;
        }
    }

    private static void fourShorts(int[][] ints, long[] words, int frames) {
        int[] a = ints[0];
        int[] b = ints[1];
        int[] c = ints[2];
        int[] d = ints[3];
        for (int i = 0; i < frames; i++) {
            int low = (a[i] >>> 16) | (b[i] & 0xffff_0000);
            int high = (c[i] >>> 16) | (d[i] & 0xffff_0000);
            words[i] = (low & 0xffff_ffffL) | ((long) high << 32);
        }
    }

    private static void twoInts(int[] a, int[] b, int down, long[] words, int frames) {
        for (int i = 0; i < frames; i++) {
            words[i] = ((a[i] >> down) & 0xffff_ffffL) | ((long) (b[i] >> down) << 32);
        }
    }
}
