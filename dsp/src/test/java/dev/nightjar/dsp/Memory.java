package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;

/// Native memory for frames, with odd offsets, as a host may have it.
final class Memory {
    /// Where the frames begin; odd on purpose.
    static final long OFFSET = 3;

    private Memory() {}

    static MemorySegment[] of(StreamFormat format, int frames) {
        MemorySegment[] segments = new MemorySegment[format.isPlanar() ? format.channels() : 1];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = Arena.ofAuto().allocate(OFFSET + (long) frames * format.strideBytes());
        }
        return segments;
    }

    static void randomize(MemorySegment[] segments, RandomGenerator random) {
        for (MemorySegment segment : segments) {
            byte[] bytes = new byte[Math.toIntExact(segment.byteSize())];
            random.nextBytes(bytes);
            MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        }
    }

    static boolean same(MemorySegment[] a, MemorySegment[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i].mismatch(b[i]) >= 0) {
                return false;
            }
        }
        return true;
    }
}
