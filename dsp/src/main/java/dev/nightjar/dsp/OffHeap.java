package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Loops between arrays and little-endian memory outside the heap. The compiler vectorises a loop over a segment only
/// where it knows the class of the segment, and it learns that from what a loop was called with. So these are called
/// with memory that [#holds] is true for, and with no other; other memory is copied first.
final class OffHeap {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private OffHeap() {}

    /// Whether it is of the one class of the loops here: mapped files have a class of their own.
    static boolean holds(MemorySegment memory) {
        return memory.isNative() && !memory.isMapped();
    }

    static void load16(MemorySegment in, long offset, float[] out, int first, int count) {
        for (int i = 0; i < count; i++) {
            out[first + i] = in.get(SHORT, offset + 2L * i) * 0x1p-15f;
        }
    }

    static void load32(MemorySegment in, long offset, float[] out, int first, int count) {
        for (int i = 0; i < count; i++) {
            out[first + i] = in.get(INT, offset + 4L * i) * Scaling.TO_FLOAT;
        }
    }

    /// Rounds to 32 bits as [Scaling#toInts] does.
    static void store32(float[] in, int first, MemorySegment out, long offset, int count) {
        for (int i = 0; i < count; i++) {
            double steps = in[first + i] * Scaling.FULL_SCALE;
            out.set(INT, offset + 4L * i, (int) Math.rint(steps));
        }
    }

    /// Stores words a stride apart. The range check leaves a loop only if the stride is a constant, so the usual ones
    /// have a loop of their own, here and below: in a method that they share, it would not be one.
    static void put(long[] words, int first, MemorySegment out, long offset, int stride, int count) {
        switch (stride) {
            case 6 -> {
                for (int i = 0; i < count; i++) {
                    out.set(LONG, offset + 6L * i, words[first + i]);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    out.set(LONG, offset + 8L * i, words[first + i]);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    out.set(LONG, offset + 16L * i, words[first + i]);
                }
            }
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    out.set(LONG, offset + 32L * i, words[first + i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    out.set(LONG, offset + (long) i * stride, words[first + i]);
                }
            }
        }
    }

    /// Stores the low halves of words.
    static void putLow(long[] words, MemorySegment out, long offset, int stride, int count) {
        if (stride == Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                out.set(INT, offset + 4L * i, (int) words[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                out.set(INT, offset + (long) i * stride, (int) words[i]);
            }
        }
    }

    static void take(MemorySegment in, long offset, int stride, long[] words, int first, int count) {
        switch (stride) {
            case 6 -> {
                for (int i = 0; i < count; i++) {
                    words[first + i] = in.get(LONG, offset + 6L * i);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    words[first + i] = in.get(LONG, offset + 8L * i);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    words[first + i] = in.get(LONG, offset + 16L * i);
                }
            }
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    words[first + i] = in.get(LONG, offset + 32L * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    words[first + i] = in.get(LONG, offset + (long) i * stride);
                }
            }
        }
    }

    static void takeLow(MemorySegment in, long offset, int stride, long[] words, int count) {
        if (stride == Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                words[i] = in.get(INT, offset + 4L * i);
            }
        } else {
            for (int i = 0; i < count; i++) {
                words[i] = in.get(INT, offset + (long) i * stride);
            }
        }
    }
}
