package dev.nightjar.dsp;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Converts runs of adjacent containers of one or more interleaved channels. Each kind works in the narrowest type
/// that keeps everything the conversion can keep. An instance has scratch memory and belongs to one thread at a time.
/// Allocates only when built.
abstract sealed class Conversion {
    /// @param frames at most [Container#blockFrames]
    abstract void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames);

    /// Between integers: rounded to fewer bits when the target has fewer.
    static final class OfInt extends Conversion {
        private final IntegerContainer from;
        private final IntegerContainer to;
        private final int channels;
        private final int bits;
        private final boolean rounds;
        private final int[] block;

        OfInt(StreamFormat from, StreamFormat to, int channels) {
            this.from = new IntegerContainer(from, null);
            this.to = new IntegerContainer(to, null);
            this.channels = channels;
            bits = to.validBits();
            rounds = to.validBits() < from.validBits();
            block = new int[Container.BLOCK];
        }

        @Override
        void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
            int count = frames * channels;
            from.loadInts(in, inOffset, block, 0, count);
            if (rounds) {
                Scaling.round(block, count, bits);
            }
            to.storeInts(block, 0, out, outOffset, count);
        }
    }

    /// To or from single precision.
    static final class OfFloat extends Conversion {
        private final Container from;
        private final Container to;
        private final int channels;
        private final float[] block;

        OfFloat(StreamFormat from, StreamFormat to, int channels) {
            this.from = Container.of(from);
            this.to = Container.of(to);
            this.channels = channels;
            block = new float[Container.BLOCK];
        }

        @Override
        void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
            from.loadFloats(in, inOffset, block, 0, frames * channels);
            to.storeFloats(block, 0, out, outOffset, frames * channels);
        }
    }

    /// To or from double precision, and to fewer bits with dither.
    static final class OfDouble extends Conversion {
        private final Container from;
        private final Container to;
        private final int channels;
        private final double[] block = new double[Container.BLOCK];

        OfDouble(Container from, Container to, int channels) {
            this.from = from;
            this.to = to;
            this.channels = channels;
        }

        @Override
        void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
            from.loadDoubles(in, inOffset, block, 0, frames * channels);
            to.storeDoubles(block, 0, out, outOffset, frames * channels);
        }
    }

    /// The same containers.
    static final class Copied extends Conversion {
        private final int frameBytes;

        Copied(StreamFormat format, int channels) {
            frameBytes = format.sample().bytes() * channels;
        }

        @Override
        void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
            MemorySegment.copy(in, inOffset, out, outOffset, (long) frames * frameBytes);
        }
    }

    /// Between words of DSD or of encoded bursts, in one channel: the bytes in the order of their time, and in each
    /// byte the bits.
    static final class Words extends Conversion {
        private final int inBytes;
        private final int inTurn;
        private final int outTurn;
        private final boolean reversed;

        Words(SampleFormat from, SampleFormat to) {
            inBytes = from.bytes();
            inTurn = turn(from);
            outTurn = turn(to);
            reversed = from.coding() != to.coding();
        }

        /// What turns the index of a byte in time into its index in memory: the low bits are inverted where the
        /// oldest byte of a word is not the first.
        private static int turn(SampleFormat format) {
            boolean oldestLow = format.coding() == SampleFormat.Coding.DSD_LSB_FIRST;
            boolean oldestFirst = oldestLow == (format.order() == ByteOrder.LITTLE_ENDIAN);
            return oldestFirst ? 0 : format.bytes() - 1;
        }

        @Override
        void run(MemorySegment in, long inOffset, MemorySegment out, long outOffset, int frames) {
            int bytes = frames * inBytes;
            for (int i = 0; i < bytes; i++) {
                byte word = in.get(IntegerContainer.BYTE, inOffset + (i ^ inTurn));
                out.set(IntegerContainer.BYTE, outOffset + (i ^ outTurn), reversed ? reverse(word) : word);
            }
        }

        private static byte reverse(byte bits) {
            return (byte) (Integer.reverse(bits) >>> 24);
        }
    }
}
