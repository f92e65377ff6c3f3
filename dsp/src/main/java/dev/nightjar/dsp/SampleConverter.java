package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Converts native frames into native frames of another container, byte order, number of valid bits or packing. Rate
/// and number of channels stay; see [ChannelMap] for other layouts.
///
/// **Values.** An integer of `n` valid bits is its value / 2^(n-1), a float is its value. To fewer bits, and from
/// floats, the nearest value is taken, halves to even; what is beyond full scale saturates and NaN becomes silence.
/// Between floats the bits are copied or cast. Bits of a container that are not valid are ignored in the input; in
/// the output they are zero, or the sign in a low-aligned container.
///
/// **Dither** is applied when bits are lost: from more valid bits to fewer, and from floats to integers (from
/// [SampleFormat#F32] only up to 24 valid bits, because a float has nothing to lose below that near full scale).
/// Otherwise it is not, and [#isExact()] tells.
///
/// **DSD and encoded bursts** are only moved: to another byte order, word size or order of bits. DSD words of another
/// size have another rate, and so another number of frames: 4 frames of [SampleFormat#DSD_U8] are 1 of
/// [SampleFormat#DSD_U32]. Any other conversion of them is refused.
///
/// Memory is an array of segments: one when a format is interleaved, one for each channel when it is planar; an
/// offset in bytes holds for each of them. In and out do not overlap. An instance has state (dither, scratch memory)
/// and belongs to one thread at a time; it allocates only when built.
public final class SampleConverter {
    private static final int SINGLE_BITS = 24;

    private final StreamFormat from;
    private final StreamFormat to;
    private final Dither applied;
    private final boolean exact;
    /// One for the interleaved frames, or one for each channel.
    private final Conversion[] conversions;
    private final StridedCopy gathering;
    private final StridedCopy scattering;
    private final MemorySegment gathered;
    private final MemorySegment scattered;
    private final MemorySegment[] singleIn = new MemorySegment[1];
    private final MemorySegment[] singleOut = new MemorySegment[1];

    /// `[control-thread]`
    ///
    /// @throws IllegalArgumentException when channels or rates differ, or bits would change that must not
    public SampleConverter(StreamFormat from, StreamFormat to, Dither dither) {
        check(from, to);
        this.from = from;
        this.to = to;
        exact = isExact(from, to);
        applied = isDithered(from, to) ? dither : Dither.NONE;
        boolean together = !from.isPlanar() && !to.isPlanar() && (from.sample().isPcm() || from.equals(to));
        conversions = new Conversion[together ? 1 : from.channels()];
        for (int c = 0; c < conversions.length; c++) {
            conversions[c] = conversion(c, together ? from.channels() : 1);
        }
        gathering = new StridedCopy(from);
        scattering = new StridedCopy(to);
        gathered = Arena.ofAuto().allocate((long) Container.BLOCK * Long.BYTES, Long.BYTES);
        scattered = Arena.ofAuto().allocate((long) Container.BLOCK * Long.BYTES, Long.BYTES);
        Arrays.fill(singleIn, MemorySegment.NULL);
        Arrays.fill(singleOut, MemorySegment.NULL);
    }

    private static void check(StreamFormat from, StreamFormat to) {
        if (from.channels() != to.channels()) {
            throw new IllegalArgumentException(
                    "a conversion of samples keeps the number of channels, from=" + from + ", to=" + to);
        }
        SampleFormat in = from.sample();
        SampleFormat out = to.sample();
        if (in.isPcm() != out.isPcm() || in.isDsd() != out.isDsd()) {
            throw new IllegalArgumentException(
                    "PCM, DSD and encoded bursts are not converted into one another, from=" + from + ", to=" + to);
        }
        if (!in.isPcm() && (from.validBits() != in.bits() || to.validBits() != out.bits())) {
            throw new IllegalArgumentException(
                    "all bits of DSD and encoded words are valid, from=" + from + ", to=" + to);
        }
        if ((long) from.rate() * unit(in) != (long) to.rate() * unit(out)) {
            throw new IllegalArgumentException("a conversion of samples keeps the rate, from=" + from + ", to=" + to);
        }
    }

    /// What a rate counts: words of DSD by their bytes, all else by the container.
    private static int unit(SampleFormat format) {
        return format.isDsd() ? format.bytes() : 1;
    }

    private static boolean isExact(StreamFormat from, StreamFormat to) {
        SampleFormat in = from.sample();
        SampleFormat out = to.sample();
        if (in.isInteger()) {
            return from.validBits() <= (out.isInteger() ? to.validBits() : out.maxValidBits());
        }
        return !in.isFloat() || (out.isFloat() && out.bytes() >= in.bytes());
    }

    private static boolean isDithered(StreamFormat from, StreamFormat to) {
        boolean nothingToLose =
                from.sample().isFloat() && from.sample().bytes() == Float.BYTES && to.validBits() > SINGLE_BITS;
        return !isExact(from, to) && to.sample().isInteger() && !nothingToLose;
    }

    private Conversion conversion(int firstChannel, int channels) {
        SampleFormat in = from.sample();
        SampleFormat out = to.sample();
        if (in == out && (from.validBits() == to.validBits() || in.isFloat())) {
            return new Conversion.Copied(from, channels);
        } else if (!in.isPcm()) {
            return new Conversion.Words(in, out);
        } else if (applied == Dither.NONE && in.isInteger() && out.isInteger()) {
            return new Conversion.OfInt(from, to, channels);
        } else if (applied == Dither.NONE && in.bytes() <= Float.BYTES && out.bytes() <= Float.BYTES) {
            return new Conversion.OfFloat(from, to, channels);
        }
        return new Conversion.OfDouble(Container.of(from), Container.of(to, applied, firstChannel, channels), channels);
    }

    public StreamFormat from() {
        return from;
    }

    public StreamFormat to() {
        return to;
    }

    /// Whether every valid bit arrives unchanged: widening, other containers, byte orders and packings.
    public boolean isExact() {
        return exact;
    }

    /// The dither that is applied: the one asked for if bits are lost, else [Dither#NONE].
    public Dither dither() {
        return applied;
    }

    /// Converts interleaved frames (or those of one channel). `[audio-thread]`
    ///
    /// @param frames of the input
    /// @throws IllegalArgumentException when a side is planar, or DSD frames do not fill whole words of the output
    /// @throws IndexOutOfBoundsException when the frames are not within the segments
    public void convert(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
        if (from.channels() > 1 && (from.isPlanar() || to.isPlanar())) {
            throw new IllegalArgumentException("planar frames have a segment for each channel");
        }
        singleIn[0] = in;
        singleOut[0] = out;
        convert(singleIn, inOffset, singleOut, outOffset, frames);
        singleIn[0] = MemorySegment.NULL;
        singleOut[0] = MemorySegment.NULL;
    }

    /// Converts frames of either packing. `[audio-thread]`
    ///
    /// @param frames of the input
    /// @throws IllegalArgumentException when DSD frames do not fill whole words of the output
    /// @throws IndexOutOfBoundsException when the frames are not within the segments, or there are too few of these
    public void convert(MemorySegment[] in, long inOffset, MemorySegment[] out, long outOffset, int frames) {
        if (from.rate() != to.rate()
                && (long) frames * from.sample().bytes() % to.sample().bytes() != 0) {
            throw new IllegalArgumentException("DSD frames fill whole words, frames=" + frames + ", to=" + to);
        }
        int channels = from.channels() / conversions.length;
        int block = Container.blockFrames(channels);
        for (int done = 0; done < frames; done += block) {
            int n = Math.min(block, frames - done);
            long inAt = inOffset + (long) done * from.strideBytes();
            long outAt = outOffset + (long) outFrames(done) * to.strideBytes();
            if (conversions.length == 1) {
                conversions[0].run(in[0], inAt, out[0], outAt, n);
            } else {
                for (int c = 0; c < conversions.length; c++) {
                    convertChannel(in, inAt, out, outAt, c, n);
                }
            }
        }
    }

    private int outFrames(int frames) {
        return frames * unit(from.sample()) / unit(to.sample());
    }

    private void convertChannel(
            MemorySegment[] in, long inAt, MemorySegment[] out, long outAt, int channel, int frames) {
        MemorySegment source = gathered;
        long sourceAt = 0;
        if (from.isPlanar()) {
            source = in[channel];
            sourceAt = inAt;
        } else {
            gathering.gather(in[0], inAt + (long) channel * from.sample().bytes(), gathered, frames);
        }
        if (to.isPlanar()) {
            conversions[channel].run(source, sourceAt, out[channel], outAt, frames);
        } else {
            conversions[channel].run(source, sourceAt, scattered, 0, frames);
            scattering.scatter(
                    scattered, out[0], outAt + (long) channel * to.sample().bytes(), outFrames(frames));
        }
    }

    /// For example `S32 (24 valid bits) → S16, TPDF dither`.
    @Override
    public String toString() {
        return name(from) + " → " + name(to) + (exact || !to.sample().isInteger() ? "" : ", " + applied);
    }

    private static String name(StreamFormat format) {
        SampleFormat sample = format.sample();
        return sample
                + (format.validBits() == sample.maxValidBits() ? "" : " (" + format.validBits() + " valid bits)")
                + (format.isPlanar() ? " planar" : "");
    }
}
