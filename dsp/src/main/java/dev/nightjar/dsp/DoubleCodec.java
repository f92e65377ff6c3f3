package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;

/// Between the native frames of one format and planes of `double`, one array for each channel; full scale is [-1, 1).
/// For signals where the 24 bits of [FloatCodec], its twin, are not enough.
///
/// Decoding is exact. Encoding rounds to the nearest, halves to even, saturates beyond full scale and turns NaN into
/// silence; into integers it applies the dither. Planes that were decoded and not changed come back bit for bit if
/// the dither is [Dither#NONE].
///
/// Memory is an array of segments: one when the format is interleaved, one for each channel when it is planar; an
/// offset in bytes holds for each of them. An instance has state (dither, scratch memory) and belongs to one thread
/// at a time; it allocates only when built.
public final class DoubleCodec {
    private final StreamFormat format;
    /// One for the interleaved frames, or one for each channel.
    private final Container[] containers;
    private final int blockFrames;
    private final double[] block;
    private final MemorySegment[] single = {MemorySegment.NULL};

    /// `[control-thread]`
    ///
    /// @throws IllegalArgumentException when the format is not PCM
    public DoubleCodec(StreamFormat format, Dither dither) {
        this.format = format;
        containers = Container.planesOf(format, dither);
        blockFrames = Container.blockFrames(format.channels());
        block = new double[containers.length == 1 ? Container.BLOCK : 0];
    }

    public StreamFormat format() {
        return format;
    }

    /// Decodes interleaved frames (or those of one channel). `[audio-thread]`
    ///
    /// @param first the index in each plane that the first frame gets
    /// @throws IllegalArgumentException when the format is planar
    /// @throws IndexOutOfBoundsException when the frames are not within the segment or the planes
    public void decode(MemorySegment in, long offset, double[][] planes, int first, int frames) {
        decode(alone(in), offset, planes, first, frames);
        single[0] = MemorySegment.NULL;
    }

    /// Decodes frames of either packing. `[audio-thread]`
    ///
    /// @param first the index in each plane that the first frame gets
    /// @throws IndexOutOfBoundsException when the frames are not within the segments or the planes
    public void decode(MemorySegment[] in, long offset, double[][] planes, int first, int frames) {
        int channels = format.channels();
        if (channels == 1 || format.isPlanar()) {
            for (int c = 0; c < channels; c++) {
                containers[c].loadDoubles(in[c], offset, planes[c], first, frames);
            }
            return;
        }
        for (int done = 0; done < frames; done += blockFrames) {
            int n = Math.min(blockFrames, frames - done);
            containers[0].loadDoubles(in[0], offset + (long) done * format.frameBytes(), block, 0, n * channels);
            Interleaving.split(block, planes, first + done, n, channels);
        }
    }

    /// Encodes interleaved frames (or those of one channel). `[audio-thread]`
    ///
    /// @param first the index in each plane of the first frame
    /// @throws IllegalArgumentException when the format is planar
    /// @throws IndexOutOfBoundsException when the frames are not within the segment or the planes
    public void encode(double[][] planes, int first, MemorySegment out, long offset, int frames) {
        encode(planes, first, alone(out), offset, frames);
        single[0] = MemorySegment.NULL;
    }

    /// Encodes frames of either packing. `[audio-thread]`
    ///
    /// @param first the index in each plane of the first frame
    /// @throws IndexOutOfBoundsException when the frames are not within the segments or the planes
    public void encode(double[][] planes, int first, MemorySegment[] out, long offset, int frames) {
        int channels = format.channels();
        for (int done = 0; done < frames; done += blockFrames) {
            int n = Math.min(blockFrames, frames - done);
            long at = offset + (long) done * format.strideBytes();
            if (channels == 1 || format.isPlanar()) {
                for (int c = 0; c < channels; c++) {
                    containers[c].storeDoubles(planes[c], first + done, out[c], at, n);
                }
            } else {
                Interleaving.join(planes, first + done, block, n, channels);
                containers[0].storeDoubles(block, 0, out[0], at, n * channels);
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
