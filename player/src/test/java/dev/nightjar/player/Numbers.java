package dev.nightjar.player;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// A mono file of 32 bit whose samples are numbers: the frame's index and a base, so that a test sees which frames
/// were heard. Never 0, which is silence.
final class Numbers implements MediaReader {
    static final int RATE = 48_000;
    static final StreamFormat FORMAT = StreamFormat.of(RATE, ChannelLayout.MONO, SampleFormat.S32);

    private final int base;
    private final long frames;
    private final long told;
    private final boolean seekable;
    private final long damagedAt;
    private final LongConsumer beforeRead;
    private final StreamFormat format;
    private long position;
    private boolean damageTold;
    boolean closed;

    private Numbers(Builder of) {
        base = of.base;
        frames = of.frames;
        told = of.lengthTold ? frames : -1;
        seekable = of.seekable;
        damagedAt = of.damagedAt;
        beforeRead = of.beforeRead;
        format = of.format;
    }

    static Builder from(int base, long frames) {
        return new Builder(base, frames);
    }

    static final class Builder {
        private final int base;
        private final long frames;
        private boolean lengthTold = true;
        private boolean seekable = true;
        private long damagedAt = -1;
        private LongConsumer beforeRead = _ -> {};
        private StreamFormat format = FORMAT;
        final AtomicInteger opened = new AtomicInteger();
        final List<Numbers> readers = new ArrayList<>();

        private Builder(int base, long frames) {
            this.base = base;
            this.frames = frames;
        }

        Builder asPipe() {
            seekable = false;
            lengthTold = false;
            return this;
        }

        Builder damagedAt(long frame) {
            damagedAt = frame;
            return this;
        }

        /// Runs before each read, with the position.
        Builder beforeRead(LongConsumer what) {
            beforeRead = what;
            return this;
        }

        Builder format(StreamFormat other) {
            format = other;
            return this;
        }

        Track track(String name) {
            return new Track(name, () -> {
                opened.incrementAndGet();
                Numbers reader = new Numbers(this);
                readers.add(reader);
                return reader;
            });
        }
    }

    @Override
    public MediaInfo info() {
        return new MediaInfo("test", "PCM", format, told, true, Map.of(), List.of());
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        beforeRead.accept(position);
        if (damagedAt >= 0 && position == damagedAt) {
            if (damageTold) {
                return -1;
            }
            damageTold = true;
            throw new MediaException(MediaException.Kind.CORRUPT, "a frame is broken");
        }
        long end = damagedAt >= 0 && position < damagedAt ? Math.min(frames, damagedAt) : frames;
        int count = (int) Math.min(wanted, end - position);
        if (count <= 0) {
            return -1;
        }
        ByteBuffer out = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN).position(offset);
        for (int i = 0; i < count; i++) {
            for (int b = 0; b < format.frameBytes(); b += 4) {
                if (format.frameBytes() - b >= 4) {
                    out.putInt(base + (int) position + i);
                } else {
                    out.put((byte) 0x55);
                    b -= 3;
                }
            }
        }
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean canSeek() {
        return seekable;
    }

    @Override
    public void seek(long frame) {
        if (!seekable) {
            throw new UnsupportedOperationException();
        }
        position = frame;
    }

    @Override
    public void close() {
        closed = true;
    }

    /// The numbers of a mono S32 file.
    static int[] of(Wav wav) {
        int[] numbers = new int[wav.frames()];
        ByteBuffer.wrap(wav.bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
        return numbers;
    }
}
