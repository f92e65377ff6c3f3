package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;

/// Moves runs of adjacent containers between memory and arrays, scaled so that full scale is [-1, 1). An instance has
/// scratch memory and belongs to one thread at a time. Allocates only when built.
abstract sealed class Container permits IntegerContainer, FloatContainer {
    /// The samples that are converted at once; the scratch arrays of a block stay in the first cache.
    static final int BLOCK = 2048;

    /// The container of a PCM format, without dither.
    static Container of(StreamFormat format) {
        return of(format, Dither.NONE, 0, format.channels());
    }

    /// The container of a PCM format. Dither has a state for each channel: such a container is fed whole frames of
    /// its channels, at most [#BLOCK] samples at once.
    ///
    /// @param firstChannel the index in the stream of the first of the channels
    static Container of(StreamFormat format, Dither dither, int firstChannel, int channels) {
        SampleFormat sample = format.sample();
        if (sample.isFloat()) {
            return new FloatContainer(sample);
        } else if (sample.isInteger()) {
            boolean plain = dither == Dither.NONE;
            return new IntegerContainer(format, plain ? null : new Quantizer(format, dither, firstChannel, channels));
        }
        throw new IllegalArgumentException(
                sample + " is not PCM: its words can be moved, but not scaled, mixed or metered");
    }

    /// The container of all interleaved channels, or one for each plane.
    static Container[] planesOf(StreamFormat format, Dither dither) {
        int channels = format.channels();
        Container[] containers = new Container[format.isPlanar() ? channels : 1];
        for (int c = 0; c < containers.length; c++) {
            containers[c] = c > 0 && dither == Dither.NONE
                    ? containers[0]
                    : of(format, dither, c, channels / containers.length);
        }
        return containers;
    }

    /// The frames that are at most [#BLOCK] samples.
    static int blockFrames(int channels) {
        return Math.max(1, BLOCK / channels);
    }

    abstract void loadFloats(MemorySegment in, long offset, float[] out, int first, int count);

    abstract void storeFloats(float[] in, int first, MemorySegment out, long offset, int count);

    abstract void loadDoubles(MemorySegment in, long offset, double[] out, int first, int count);

    abstract void storeDoubles(double[] in, int first, MemorySegment out, long offset, int count);
}
