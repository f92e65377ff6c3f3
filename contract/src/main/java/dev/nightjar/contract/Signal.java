package dev.nightjar.contract;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.TestSequence;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Writes and recognises frames that are each unlike any other. Allocates only in the constructor.
final class Signal {
    private final StreamFormat format;
    private final TestSequence sequence;
    private final MemorySegment[] block;
    private final MemorySegment silence;

    Signal(StreamFormat format, int maxFrames) {
        this.format = format;
        sequence = new TestSequence(format);
        block = new MemorySegment[format.isPlanar() ? format.channels() : 1];
        long bytes = (long) maxFrames * format.strideBytes();
        for (int plane = 0; plane < block.length; plane++) {
            block[plane] = Arena.ofAuto().allocate(bytes, 8);
        }
        silence = Arena.ofAuto().allocate(bytes).fill(format.sample().silence());
    }

    /// Writes frames of a side.
    ///
    /// @param from the first frame within the side
    /// @param number the number that this frame has in the sequence
    void write(RawTurn.Side side, int from, int frames, long number) {
        sequence.fill(block, 0, number, frames);
        long stride = format.strideBytes();
        for (int plane = 0; plane < block.length; plane++) {
            MemorySegment.copy(
                    block[plane], 0, side.segment(plane), side.offset(plane) + from * stride, frames * stride);
        }
    }

    /// How many frames of a side are those of the sequence before the first that is not; all if they are.
    int recognised(RawTurn.Side side, int from, int frames, long number) {
        long stride = format.strideBytes();
        for (int plane = 0; plane < block.length; plane++) {
            MemorySegment.copy(
                    side.segment(plane), side.offset(plane) + from * stride, block[plane], 0, frames * stride);
        }
        long same = sequence.verify(block, 0, number, frames);
        return same == TestSequence.SAME ? frames : (int) same;
    }

    /// Whether frames of a side are silent.
    boolean isSilent(RawTurn.Side side, int from, int frames) {
        long stride = format.strideBytes();
        for (int plane = 0; plane < block.length; plane++) {
            long begin = side.offset(plane) + from * stride;
            long differs = MemorySegment.mismatch(
                    silence, 0, frames * stride, side.segment(plane), begin, begin + frames * stride);
            if (differs >= 0) {
                return false;
            }
        }
        return true;
    }
}
