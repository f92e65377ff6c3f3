package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a stream's frames, channel by channel, as they were rendered or captured.
final class Samples {
    private final StreamFormat format;
    private final List<ByteArrayOutputStream> channels = new ArrayList<>();

    Samples(StreamFormat format) {
        this.format = format;
        for (int channel = 0; channel < format.channels(); channel++) {
            channels.add(new ByteArrayOutputStream());
        }
    }

    /// Adds the first frames of a side.
    void add(RawTurn.Side side, int frames) {
        int bytes = format.sample().bytes();
        byte[] sample = new byte[bytes];
        for (int channel = 0; channel < format.channels(); channel++) {
            for (int i = 0; i < frames; i++) {
                long at = side.offset(channel) + (long) i * format.strideBytes();
                MemorySegment.copy(side.segment(channel), at, MemorySegment.ofArray(sample), 0, bytes);
                channels.get(channel).write(sample, 0, bytes);
            }
        }
    }

    /// Writes bytes that differ from frame to frame and from channel to channel.
    static void scribble(RawTurn.Side side, int frames) {
        StreamFormat format = side.format();
        for (int channel = 0; channel < format.channels(); channel++) {
            for (int i = 0; i < frames; i++) {
                long at = side.offset(channel) + (long) i * format.strideBytes();
                long mark = (side.position() + i) * 0x9E37_79B9_7F4A_7C15L + channel * 0xD1B5_4A32L;
                for (int b = 0; b < format.sample().bytes(); b++) {
                    side.segment(channel).set(ValueLayout.JAVA_BYTE, at + b, (byte) (mark >> (8 * (b % 7) + 3)));
                }
            }
        }
    }

    byte[] channel(int channel) {
        return channels.get(channel).toByteArray();
    }

    /// The frames with the channels of each together.
    byte[] interleaved() {
        int bytes = format.sample().bytes();
        List<byte[]> each =
                channels.stream().map(ByteArrayOutputStream::toByteArray).toList();
        int frames = each.getFirst().length / bytes;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int frame = 0; frame < frames; frame++) {
            for (byte[] channel : each) {
                all.write(channel, frame * bytes, bytes);
            }
        }
        return all.toByteArray();
    }
}
