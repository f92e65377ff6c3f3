package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Between the native frames of one format and planes of `float`, one array for each channel; full scale is [-1, 1).
/// [DoubleCodec] is its twin where 32 valid bits must survive.
///
/// Decoding is exact up to 24 valid bits. Encoding rounds to the nearest, halves to even, saturates beyond full scale
/// and turns NaN into silence; into integers of up to 24 valid bits it applies the dither. Planes that were decoded
/// from integers and not changed come back bit for bit if the dither is [Dither#NONE].
///
/// Memory is an array of segments: one when the format is interleaved, one for each channel when it is planar; an
/// offset in bytes holds for each of them. An instance has state (dither, scratch memory) and belongs to one thread
/// at a time; it allocates only when built.
public final class FloatCodec {
    private static final int SINGLE_BITS = 24;

    private final StreamFormat format;
    /// One for the interleaved frames, or one for each channel.
    private final Container[] containers;
    /// Null when the frames are not of that kind.
    private final @Nullable ChannelWords words;
    private final boolean dithered;
    private final int blockFrames;
    private final float[] block;
    private final MemorySegment[] single = {MemorySegment.NULL};

    /// `[control-thread]`
    ///
    /// @throws IllegalArgumentException when the format is not PCM
    public FloatCodec(StreamFormat format, Dither dither) {
        this(format, applied(format, dither), 0);
    }

    private FloatCodec(StreamFormat format, Dither applied, int firstChannel) {
        this.format = format;
        containers = format.channels() == 1
                ? new Container[] {Container.of(format, applied, firstChannel, 1)}
                : Container.planesOf(format, applied);
        words = ChannelWords.of(format);
        dithered = applied != Dither.NONE;
        blockFrames = Container.blockFrames(format.channels());
        block = new float[containers.length == 1 ? Container.BLOCK : 0];
    }

    private static Dither applied(StreamFormat format, Dither dither) {
        return !format.sample().isInteger() || format.validBits() > SINGLE_BITS ? Dither.NONE : dither;
    }

    /// A codec of one plane of a stream, for hosts that have each channel at an offset of its own. Its dither is that
    /// of the channel, so that the planes' noises have nothing in common. `[control-thread]`
    ///
    /// @param channel the index of the channel in the stream
    /// @throws IllegalArgumentException when the format is not PCM
    public static FloatCodec ofChannel(StreamFormat format, int channel, Dither dither) {
        StreamFormat plane = format.withLayout(ChannelLayout.MONO);
        return new FloatCodec(plane, applied(plane, dither), channel);
    }

    public StreamFormat format() {
        return format;
    }

    /// Decodes interleaved frames (or those of one channel). `[audio-thread]`
    ///
    /// @param first the index in each plane that the first frame gets
    /// @throws IllegalArgumentException when the format is planar
    /// @throws IndexOutOfBoundsException when the frames are not within the segment or the planes
    public void decode(MemorySegment in, long offset, float[][] planes, int first, int frames) {
        decode(alone(in), offset, planes, first, frames);
        single[0] = MemorySegment.NULL;
    }

    /// Decodes frames of either packing. `[audio-thread]`
    ///
    /// @param first the index in each plane that the first frame gets
    /// @throws IndexOutOfBoundsException when the frames are not within the segments or the planes
    public void decode(MemorySegment[] in, long offset, float[][] planes, int first, int frames) {
        int channels = format.channels();
        if (channels == 1 || format.isPlanar()) {
            for (int c = 0; c < channels; c++) {
                containers[c].loadFloats(in[c], offset, planes[c], first, frames);
            }
            return;
        }
        for (int done = 0; done < frames; done += blockFrames) {
            int n = Math.min(blockFrames, frames - done);
            long at = offset + (long) done * format.frameBytes();
            if (words != null) {
                words.decode(in[0], at, planes, first + done, n);
            } else {
                containers[0].loadFloats(in[0], at, block, 0, n * channels);
                Interleaving.split(block, planes, first + done, n, channels);
            }
        }
    }

    /// Encodes interleaved frames (or those of one channel). `[audio-thread]`
    ///
    /// @param first the index in each plane of the first frame
    /// @throws IllegalArgumentException when the format is planar
    /// @throws IndexOutOfBoundsException when the frames are not within the segment or the planes
    public void encode(float[][] planes, int first, MemorySegment out, long offset, int frames) {
        encode(planes, first, alone(out), offset, frames);
        single[0] = MemorySegment.NULL;
    }

    /// Encodes frames of either packing. `[audio-thread]`
    ///
    /// @param first the index in each plane of the first frame
    /// @throws IndexOutOfBoundsException when the frames are not within the segments or the planes
    public void encode(float[][] planes, int first, MemorySegment[] out, long offset, int frames) {
        int channels = format.channels();
        for (int done = 0; done < frames; done += blockFrames) {
            int n = Math.min(blockFrames, frames - done);
            long at = offset + (long) done * format.strideBytes();
            if (channels == 1 || format.isPlanar()) {
                for (int c = 0; c < channels; c++) {
                    containers[c].storeFloats(planes[c], first + done, out[c], at, n);
                }
            } else if (words != null && !dithered) {
                words.encode(planes, first + done, out[0], at, n);
            } else {
                Interleaving.join(planes, first + done, block, n, channels);
                containers[0].storeFloats(block, 0, out[0], at, n * channels);
            }
        }
    }

    private MemorySegment[] alone(MemorySegment segment) {
        if (format.isPlanar() && format.channels() > 1) {
            throw new IllegalArgumentException("planar frames have a segment for each channel, format=" + format);
        }
        single[0] = segment;
        return single;
    }
}
