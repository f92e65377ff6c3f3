package dev.nightjar.codec.mp3;

import java.util.Arrays;

/// Where each MPEG frame of a file begins, as far as it has been scanned.
final class FrameIndex {
    /// The bytes before a frame that its main data may begin in (`main_data_begin`, 9 bits).
    private static final int RESERVOIR = 511;

    private long[] offsets = new long[1024];
    private int count;

    int count() {
        return count;
    }

    long offset(int frame) {
        return offsets[frame];
    }

    void add(long offset) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = offset;
    }

    /// The frame to begin decoding at, so that `frame` comes out as if all before it had been decoded: two or three for
    /// what overlap and
    /// synthesis filter keep, and what the bit reservoir reaches back before those.
    int decodeFrom(int frame, FrameHeader stream) {
        int first = Math.max(0, frame - (stream.samples() == 1152 ? 2 : 3));
        if (stream.layer() != 3) {
            return first;
        }
        int overhead = FrameHeader.BYTES + 2 + stream.sideInfoBytes();
        long reservoir = 0;
        while (first > 0 && reservoir < RESERVOIR) {
            reservoir += Math.max(0, offsets[first] - offsets[first - 1] - overhead);
            first--;
        }
        return first;
    }
}
