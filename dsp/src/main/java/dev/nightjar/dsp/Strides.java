package dev.nightjar.dsp;

/// Moves each `stride`-th word of a block. The strides that frames usually have are constants in a loop of their own:
/// only then the compiler takes the range checks out of the loop.
final class Strides {
    private Strides() {}

    static void take(long[] block, int at, int stride, long[] words, int count) {
        switch (stride) {
            case 1 -> takeLongs(block, at, 1, words, count);
            case 2 -> takeLongs(block, at, 2, words, count);
            case 3 -> takeLongs(block, at, 3, words, count);
            case 4 -> takeLongs(block, at, 4, words, count);
            default -> takeLongs(block, at, stride, words, count);
        }
    }

    private static void takeLongs(long[] block, int at, int stride, long[] words, int count) {
        for (int i = 0; i < count; i++) {
            words[i] = block[at + i * stride];
        }
    }

    static void put(long[] words, long[] block, int at, int stride, int count) {
        switch (stride) {
            case 1 -> putLongs(words, block, at, 1, count);
            case 2 -> putLongs(words, block, at, 2, count);
            case 3 -> putLongs(words, block, at, 3, count);
            case 4 -> putLongs(words, block, at, 4, count);
            default -> putLongs(words, block, at, stride, count);
        }
    }

    private static void putLongs(long[] words, long[] block, int at, int stride, int count) {
        for (int i = 0; i < count; i++) {
            block[at + i * stride] = words[i];
        }
    }

    static void take(int[] block, int at, int stride, long[] words, int count) {
        switch (stride) {
            case 1 -> takeInts(block, at, 1, words, count);
            case 3 -> takeInts(block, at, 3, words, count);
            default -> takeInts(block, at, stride, words, count);
        }
    }

    private static void takeInts(int[] block, int at, int stride, long[] words, int count) {
        for (int i = 0; i < count; i++) {
            words[i] = block[at + i * stride];
        }
    }

    static void put(long[] words, int[] block, int at, int stride, int count) {
        switch (stride) {
            case 1 -> putInts(words, block, at, 1, count);
            case 3 -> putInts(words, block, at, 3, count);
            default -> putInts(words, block, at, stride, count);
        }
    }

    private static void putInts(long[] words, int[] block, int at, int stride, int count) {
        for (int i = 0; i < count; i++) {
            block[at + i * stride] = (int) words[i];
        }
    }

    static void take(float[] block, int at, int stride, float[] plane, int first, int count) {
        switch (stride) {
            case 2 -> takeFloats(block, at, 2, plane, first, count);
            case 6 -> takeFloats(block, at, 6, plane, first, count);
            case 8 -> takeFloats(block, at, 8, plane, first, count);
            default -> takeFloats(block, at, stride, plane, first, count);
        }
    }

    private static void takeFloats(float[] block, int at, int stride, float[] plane, int first, int count) {
        for (int i = 0; i < count; i++) {
            plane[first + i] = block[at + i * stride];
        }
    }

    static void put(float[] plane, int first, float[] block, int at, int stride, int count) {
        switch (stride) {
            case 2 -> putFloats(plane, first, block, at, 2, count);
            case 6 -> putFloats(plane, first, block, at, 6, count);
            case 8 -> putFloats(plane, first, block, at, 8, count);
            default -> putFloats(plane, first, block, at, stride, count);
        }
    }

    private static void putFloats(float[] plane, int first, float[] block, int at, int stride, int count) {
        for (int i = 0; i < count; i++) {
            block[at + i * stride] = plane[first + i];
        }
    }
}
