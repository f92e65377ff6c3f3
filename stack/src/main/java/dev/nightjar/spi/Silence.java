package dev.nightjar.spi;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Fills frames with the silence of their format. Allocates only in the constructor.
public final class Silence {
    private final StreamFormat format;
    private final MemorySegment pattern;
    private final int maxFrames;

    /// @param format of the frames that will be filled
    /// @param maxFrames how many are copied at once; more are filled in several steps
    public Silence(StreamFormat format, int maxFrames) {
        this.format = format;
        this.maxFrames = maxFrames;
        this.pattern = Arena.ofAuto().allocate((long) maxFrames * format.strideBytes());
        pattern.fill(format.sample().silence());
    }

    /// Fills frames of a turn's side, from one frame on.
    @AudioThread
    public void fill(RawTurn.Side side, int fromFrame, int frames) {
        int planes = format.isPlanar() ? format.channels() : 1;
        for (int plane = 0; plane < planes; plane++) {
            long stride = format.strideBytes();
            fill(side.segment(plane), side.offset(plane) + fromFrame * stride, frames);
        }
    }

    /// Fills contiguous frames, or contiguous samples of one plane.
    @AudioThread
    public void fill(MemorySegment segment, long offset, int frames) {
        long stride = format.strideBytes();
        for (int done = 0; done < frames; done += maxFrames) {
            int step = Math.min(maxFrames, frames - done);
            MemorySegment.copy(pattern, 0, segment, offset + done * stride, step * stride);
        }
    }
}
