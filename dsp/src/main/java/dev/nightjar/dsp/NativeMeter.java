package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;

/// A [Meter] of native frames of one PCM format. Belongs to one thread at a time; allocates only when built.
public final class NativeMeter {
    private final StreamFormat format;
    private final FloatCodec codec;
    private final Meter meter;
    private final float[][] planes;

    /// @throws IllegalArgumentException when the format is not PCM
    public NativeMeter(StreamFormat format) {
        this.format = format;
        codec = new FloatCodec(format, Dither.NONE);
        meter = new Meter(format.channels());
        planes = new float[format.channels()][Container.blockFrames(format.channels())];
    }

    /// Measures frames of either packing; memory is as in [FloatCodec]. `[audio-thread]`
    public void measure(MemorySegment[] in, long offset, int frames) {
        int block = planes[0].length;
        for (int done = 0; done < frames; done += block) {
            int n = Math.min(block, frames - done);
            codec.decode(in, offset + (long) done * format.strideBytes(), planes, 0, n);
            meter.measure(planes, 0, n);
        }
    }

    /// What was measured.
    public Meter meter() {
        return meter;
    }
}
