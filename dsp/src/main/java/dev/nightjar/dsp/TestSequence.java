package dev.nightjar.dsp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// A pseudo-random signal that is a function of frame and channel, in native frames of any format: it shows whether a
/// path is bit-exact, and if not, in which frame it is not.
///
/// The valid bits of PCM are the top ones of one 32-bit hash. So the sequence in 16 bits, in 32 bits of which 16 are
/// valid, and in a float of which 16 are valid are each other's exact conversions. Bits that are not valid are zero,
/// or the sign in a low-aligned container. All DSD formats carry the same one-bit samples in time.
///
/// Memory is an array of segments: one when the format is interleaved, one for each channel when it is planar; an
/// offset in bytes holds for each of them. Belongs to one thread at a time; allocates only when built.
public final class TestSequence {
    /// What [#verify] says when no frame differs.
    public static final long SAME = -1;

    private final StreamFormat format;
    private final int bytes;
    private final int mask;
    private final Container container;
    private final Conversion.Words words;
    private final StridedCopy strided;
    private final double[] values = new double[Container.BLOCK];
    private final MemorySegment bits = Arena.ofAuto().allocate((long) Container.BLOCK * Long.BYTES);
    private final MemorySegment expected = Arena.ofAuto().allocate((long) Container.BLOCK * Long.BYTES, Long.BYTES);
    private final MemorySegment actual = Arena.ofAuto().allocate((long) Container.BLOCK * Long.BYTES, Long.BYTES);

    /// `[control-thread]`
    public TestSequence(StreamFormat format) {
        this.format = format;
        SampleFormat sample = format.sample();
        bytes = sample.bytes();
        mask = -1 << (Integer.SIZE - Math.min(Integer.SIZE, format.validBits()));
        container = Container.of(sample.isPcm() ? format : format.withSample(words16(sample)));
        words = new Conversion.Words(SampleFormat.DSD_U8, sample);
        strided = new StridedCopy(format);
    }

    private static SampleFormat words16(SampleFormat sample) {
        return sample.order() == ByteOrder.BIG_ENDIAN ? SampleFormat.S16_BE : SampleFormat.S16;
    }

    /// Writes frames. `[audio-thread]`
    ///
    /// @param firstFrame the number of the first frame in the sequence
    public void fill(MemorySegment[] out, long offset, long firstFrame, int frames) {
        for (int done = 0; done < frames; done += Container.BLOCK) {
            int n = Math.min(Container.BLOCK, frames - done);
            long at = offset + (long) done * format.strideBytes();
            for (int c = 0; c < format.channels(); c++) {
                generate(firstFrame + done, c, n);
                if (format.isPlanar()) {
                    MemorySegment.copy(expected, 0, out[c], at, (long) n * bytes);
                } else {
                    strided.scatter(expected, out[0], at + (long) c * bytes, n);
                }
            }
        }
    }

    /// Compares frames with the sequence. `[audio-thread]`
    ///
    /// @param firstFrame the number that the first frame should have in the sequence
    /// @return how many frames are right before the first that differs in any channel, or [#SAME]
    public long verify(MemorySegment[] in, long offset, long firstFrame, int frames) {
        for (int done = 0; done < frames; done += Container.BLOCK) {
            int n = Math.min(Container.BLOCK, frames - done);
            long at = offset + (long) done * format.strideBytes();
            long right = Long.MAX_VALUE;
            for (int c = 0; c < format.channels(); c++) {
                generate(firstFrame + done, c, n);
                if (format.isPlanar()) {
                    MemorySegment.copy(in[c], at, actual, 0, (long) n * bytes);
                } else {
                    strided.gather(in[0], at + (long) c * bytes, actual, n);
                }
                long same = MemorySegment.mismatch(expected, 0, (long) n * bytes, actual, 0, (long) n * bytes);
                right = same < 0 ? right : Math.min(right, same / bytes);
            }
            if (right < Long.MAX_VALUE) {
                return done + right;
            }
        }
        return SAME;
    }

    private void generate(long firstFrame, int channel, int frames) {
        if (format.sample().isDsd()) {
            for (int i = 0; i < frames * bytes; i++) {
                bits.set(IntegerContainer.BYTE, i, (byte) (hash(firstFrame * bytes + i, channel) >> 24));
            }
            words.run(bits, 0, expected, 0, frames * bytes);
            return;
        }
        for (int i = 0; i < frames; i++) {
            values[i] = (hash(firstFrame + i, channel) & mask) * 0x1p-31;
        }
        container.storeDoubles(values, 0, expected, 0, frames);
    }

    /// The top half of SplitMix64's finaliser.
    private static int hash(long index, int channel) {
        long x = index * 0x9E37_79B9_7F4A_7C15L + channel * 0xD1B5_4A32_D192_ED03L + 0x2545_F491_4F6C_DD1DL;
        x = (x ^ (x >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return (int) ((x ^ (x >>> 31)) >> 32);
    }
}
