package dev.nightjar.media.flac;

import dev.nightjar.dsp.SampleFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Interleaves decoded channels into bytes, little-endian, in a container of 1 to 4 bytes.
final class Packer {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /// How many bytes behind the last frame may be written over.
    static final int SLACK = 2;

    private static final int START = FrameDecoder.START;

    private Packer() {}

    /// The smallest container for so many bits.
    static SampleFormat container(int bits) {
        return switch ((bits + 7) / 8) {
            case 1 -> SampleFormat.S8;
            case 2 -> SampleFormat.S16;
            case 3 -> SampleFormat.S24;
            default -> SampleFormat.S32;
        };
    }

    /// Packs the block that the decoder holds to the start of `into`, which must be [#SLACK] bytes longer than
    /// that.
    ///
    static void pack(FrameDecoder decoder, FrameHeader frame, Shape shape, byte[] into) {
        int channels = frame.channels();
        int sampleBytes = shape.sampleBytes;
        int shift = shape.shift;
        if (channels == 2 && sampleBytes == 2) {
            packStereo16(decoder, frame.blockSize(), shift, into);
        } else if (channels == 2 && sampleBytes == 3) {
            packStereo24(decoder, frame.blockSize(), shift, into);
        } else {
            for (int channel = 0; channel < channels; channel++) {
                int[] samples = decoder.channel(channel);
                packChannel(
                        samples,
                        frame.blockSize(),
                        shift,
                        new Place(into, channel * sampleBytes, sampleBytes, channels));
            }
        }
    }

    /// What becomes of a sample.
    ///
    /// @param sampleBytes the size of the container
    /// @param shift by how many bits to the left it goes
    record Shape(int sampleBytes, int shift) {}

    private record Place(
            @SuppressWarnings("ArrayRecordComponent") byte[] into, int offset, int sampleBytes, int channels) {}

    private static void packStereo16(FrameDecoder decoder, int frames, int shift, byte[] into) {
        int[] left = decoder.channel(0);
        int[] right = decoder.channel(1);
        for (int i = 0; i < frames; i++) {
            int low = (left[START + i] << shift) & 0xffff;
            INTS.set(into, i * 4, (right[START + i] << shift << 16) | low);
        }
    }

    /// Writes eight bytes for the six of each frame; the next frame, or the slack, takes the rest.
    private static void packStereo24(FrameDecoder decoder, int frames, int shift, byte[] into) {
        int[] left = decoder.channel(0);
        int[] right = decoder.channel(1);
        for (int i = 0; i < frames; i++) {
            long low = (left[START + i] << shift) & 0xff_ffffL;
            LONGS.set(into, i * 6, ((long) (right[START + i] << shift) << 24) | low);
        }
    }

    private static void packChannel(int[] samples, int frames, int shift, Place place) {
        byte[] into = place.into;
        int stride = place.sampleBytes * place.channels;
        int at = place.offset;
        for (int i = START; i < START + frames; i++, at += stride) {
            int value = samples[i] << shift;
            switch (place.sampleBytes) {
                case 1 -> into[at] = (byte) value;
                case 2 -> SHORTS.set(into, at, (short) value);
                case 3 -> {
                    SHORTS.set(into, at, (short) value);
                    into[at + 2] = (byte) (value >> 16);
                }
                default -> INTS.set(into, at, value);
            }
        }
    }
}
