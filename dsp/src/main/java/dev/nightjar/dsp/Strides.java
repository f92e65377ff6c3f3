package dev.nightjar.dsp;

/// Moves each `stride`-th sample of a block. The strides that frames usually have are constants in a loop of their own:
/// only then the compiler takes the range checks out of the loop.
final class Strides {
    private Strides() {}

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
