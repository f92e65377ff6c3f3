package dev.nightjar.spi;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Between a ring of interleaved frames and the side of a turn, whatever its packing. Allocates only in the
/// constructor.
public final class Packing {
    private final StreamFormat format;
    private final MemorySegment scratch;

    /// @param format the native format of the side
    /// @param maxFrames the most frames of one turn
    public Packing(StreamFormat format, int maxFrames) {
        this.format = format;
        this.scratch = format.isPlanar()
                ? Arena.ofAuto().allocate((long) maxFrames * format.frameBytes(), 8)
                : MemorySegment.NULL;
    }

    /// Between a program that pushes or fetches frames of one format and an endpoint that has to have it.
    ///
    /// @param ofEndpoint the native format of the side
    /// @param ofProgram the format of the frames in the ring, interleaved
    /// @param maxFrames the most frames of one turn
    ///
    /// @throws IllegalStateException if it has another one
    public static Packing of(StreamFormat ofEndpoint, StreamFormat ofProgram, int maxFrames) {
        if (!ofEndpoint.withPacking(ofProgram.packing()).equals(ofProgram)) {
            throw new IllegalStateException("the endpoint now has " + ofEndpoint + ", but the frames are " + ofProgram
                    + "; open a stream and a buffer of the new format");
        }
        return new Packing(ofEndpoint, maxFrames);
    }

    /// Fills a side from its frame `first` on.
    ///
    /// @return how many frames there were
    @AudioThread
    public int read(FrameRing ring, RawTurn.Side side, int first, int frames) {
        if (!format.isPlanar()) {
            return ring.read(side.segment(0), side.offset(0) + (long) first * format.frameBytes(), frames);
        }
        int read = ring.read(scratch, 0, frames);
        for (int channel = 0; channel < format.channels(); channel++) {
            long to = side.offset(channel) + (long) first * format.sample().bytes();
            copy(
                    scratch,
                    channelOffset(channel),
                    format.frameBytes(),
                    side.segment(channel),
                    to,
                    strideOfPlane(),
                    read);
        }
        return read;
    }

    /// Takes all frames of a side.
    ///
    /// @return how many there was room for
    @AudioThread
    public int write(RawTurn.Side side, int frames, FrameRing ring) {
        if (!format.isPlanar()) {
            return ring.write(side.segment(0), side.offset(0), frames);
        }
        for (int channel = 0; channel < format.channels(); channel++) {
            MemorySegment plane = side.segment(channel);
            long from = side.offset(channel);
            copy(plane, from, strideOfPlane(), scratch, channelOffset(channel), format.frameBytes(), frames);
        }
        return ring.write(scratch, 0, frames);
    }

    private long channelOffset(int channel) {
        return (long) channel * format.sample().bytes();
    }

    private int strideOfPlane() {
        return format.sample().bytes();
    }

    @AudioThread
    private void copy(
            MemorySegment in, long from, long inStride, MemorySegment out, long to, long outStride, int count) {
        int bytes = format.sample().bytes();
        for (int i = 0; i < count; i++) {
            if (bytes == Integer.BYTES) {
                int word = in.get(ValueLayout.JAVA_INT_UNALIGNED, from + i * inStride);
                out.set(ValueLayout.JAVA_INT_UNALIGNED, to + i * outStride, word);
            } else {
                MemorySegment.copy(in, from + i * inStride, out, to + i * outStride, bytes);
            }
        }
    }
}
