package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Moves one channel's containers between a plane and an interleaved frame, untouched.
final class StridedCopy {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final int bytes;
    private final int frameBytes;

    StridedCopy(StreamFormat format) {
        bytes = format.sample().bytes();
        frameBytes = format.frameBytes();
    }

    /// From the interleaved frame at `offset`, which is that of the channel, to the start of a plane.
    void gather(MemorySegment in, long offset, MemorySegment plane, int frames) {
        for (int i = 0; i < frames; i++) {
            move(in, offset + (long) i * frameBytes, plane, (long) i * bytes);
        }
    }

    /// From the start of a plane to the interleaved frame at `offset`, which is that of the channel.
    void scatter(MemorySegment plane, MemorySegment out, long offset, int frames) {
        for (int i = 0; i < frames; i++) {
            move(plane, (long) i * bytes, out, offset + (long) i * frameBytes);
        }
    }

    private void move(MemorySegment in, long from, MemorySegment out, long to) {
        switch (bytes) {
            case 1 -> out.set(BYTE, to, in.get(BYTE, from));
            case 2 -> out.set(SHORT, to, in.get(SHORT, from));
            case 3 -> {
                out.set(SHORT, to, in.get(SHORT, from));
                out.set(BYTE, to + 2, in.get(BYTE, from + 2));
            }
            case 4 -> out.set(INT, to, in.get(INT, from));
            default -> out.set(LONG, to, in.get(LONG, from));
        }
    }
}
