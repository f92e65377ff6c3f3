package dev.nightjar.media.flac;

/// Makes left and right of the channels that a frame holds (RFC 9639 section 9.1.3), in place.
final class Stereo {
    private static final int START = FrameDecoder.START;

    private Stereo() {}

    static void restore(int assignment, int[][] channels, int blockSize) {
        int[] first = channels[0];
        int[] second = channels[1];
        int end = START + blockSize;
        switch (assignment) {
            case FrameHeader.LEFT_SIDE -> {
                for (int i = START; i < end; i++) {
                    second[i] = first[i] - second[i];
                }
            }
            case FrameHeader.SIDE_RIGHT -> {
                for (int i = START; i < end; i++) {
                    first[i] += second[i];
                }
            }
            case FrameHeader.MID_SIDE -> {
                for (int i = START; i < end; i++) {
                    int side = second[i];
                    int doubled = (first[i] << 1) | (side & 1);
                    first[i] = (doubled + side) >> 1;
                    second[i] = (doubled - side) >> 1;
                }
            }
            default -> {}
        }
    }

    /// For a side channel of 33 bits, which is not in `channels`.
    static void restoreWide(int assignment, int[][] channels, long[] side, int blockSize) {
        int[] left = channels[0];
        int[] right = channels[1];
        for (int i = START; i < START + blockSize; i++) {
            if (assignment == FrameHeader.LEFT_SIDE) {
                right[i] = (int) (left[i] - side[i]);
            } else if (assignment == FrameHeader.SIDE_RIGHT) {
                left[i] = (int) (right[i] + side[i]);
            } else {
                long doubled = ((long) left[i] << 1) | (side[i] & 1);
                left[i] = (int) ((doubled + side[i]) >> 1);
                right[i] = (int) ((doubled - side[i]) >> 1);
            }
        }
    }
}
