package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// IEEE 754 samples. Between equal widths the bits are copied, NaN included.
final class FloatContainer extends Container {
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final boolean wide;
    private final ValueLayout.OfFloat floats;
    private final ValueLayout.OfDouble doubles;
    private final float[] single = new float[BLOCK];
    private final double[] twice = new double[BLOCK];

    FloatContainer(SampleFormat sample) {
        wide = sample.bytes() == Double.BYTES;
        floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(sample.order());
        doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(sample.order());
    }

    @Override
    void loadFloats(MemorySegment in, long offset, float[] out, int first, int count) {
        if (!wide) {
            MemorySegment.copy(in, floats, offset, out, first, count);
            return;
        }
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            MemorySegment.copy(in, doubles, offset + 8L * done, twice, 0, n);
            Scaling.narrow(twice, 0, out, first + done, n);
        }
    }

    @Override
    void storeFloats(float[] in, int first, MemorySegment out, long offset, int count) {
        if (!wide) {
            MemorySegment.copy(in, first, out, floats, offset, count);
            return;
        }
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            Scaling.widen(in, first + done, twice, 0, n);
            MemorySegment.copy(twice, 0, out, doubles, offset + 8L * done, n);
        }
    }

    @Override
    void loadDoubles(MemorySegment in, long offset, double[] out, int first, int count) {
        if (wide) {
            MemorySegment.copy(in, doubles, offset, out, first, count);
            return;
        }
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            MemorySegment.copy(in, floats, offset + 4L * done, single, 0, n);
            Scaling.widen(single, 0, out, first + done, n);
        }
    }

    @Override
    void storeDoubles(double[] in, int first, MemorySegment out, long offset, int count) {
        if (wide) {
            MemorySegment.copy(in, first, out, doubles, offset, count);
            return;
        }
        for (int done = 0; done < count; done += BLOCK) {
            int n = Math.min(BLOCK, count - done);
            Scaling.narrow(in, first + done, single, 0, n);
            MemorySegment.copy(single, 0, out, floats, offset + 4L * done, n);
        }
    }
}
