package dev.nightjar;

import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.FrameRing;
import dev.nightjar.spi.Packing;
import dev.nightjar.spi.StreamShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The blocking way to capture: frames wait in a buffer until they are fetched. One thread reads. When the buffer
/// is full, a paced stream drops what comes and counts it in [StreamCounter#OVERFLOWED_FRAMES]; one without a
/// pace waits, but for a turn that is inside when it is held. Frames of one format are read, so a stream that goes to
/// an endpoint of another format fails.
/// `[control-thread]`
public final class StreamReader {
    private static final long POLL_NANOS = 500_000;
    private static final int BLOCK_FRAMES = 1024;

    private final Stream stream;
    private final StreamFormat format;
    private final FrameRing ring;
    private final Collector collector;
    private final MemorySegment block;
    private @Nullable FloatCodec codec;
    private boolean started;

    StreamReader(Stream stream, StreamFormat nativeFormat, int bufferFrames, Counters counters) {
        this.stream = stream;
        this.format = nativeFormat.withPacking(StreamFormat.Packing.INTERLEAVED);
        this.ring = new FrameRing(format.frameBytes(), bufferFrames);
        this.collector = new Collector(stream, ring, format, counters);
        this.block = Arena.ofAuto().allocate((long) BLOCK_FRAMES * format.frameBytes(), 8);
    }

    /// What [#read(MemorySegment, long, int)] gives: the native frames, interleaved.
    public StreamFormat format() {
        return format;
    }

    /// How many frames can be read without waiting.
    public int available() {
        return ring.readable();
    }

    /// Reads native frames, waiting until there is at least one.
    ///
    /// @return how many were read, or -1 when the stream is over and all was read
    /// @throws AudioException if the stream could not be started or failed
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - the failure of the stream when it failed
    public int read(MemorySegment into, long offset, int frames) throws AudioException {
        start();
        if (frames == 0) {
            return 0;
        }
        stream.waitUntil(() -> ring.readable() > 0 || stream.state().isOver());
        int read = ring.read(into, offset, frames);
        if (read > 0) {
            return read;
        }
        if (stream.failure().isPresent()) {
            throw stream.failure().get();
        }
        return -1;
    }

    /// Reads float frames, one plane per channel of the native layout, waiting until there is at least one.
    ///
    /// @param first the index in each plane that the first frame gets
    /// @return how many were read, or -1 when the stream is over and all was read
    /// @throws AudioException if the stream could not be started or failed
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - the failure of the stream when it failed
    public int read(float[][] planes, int first, int frames) throws AudioException {
        if (codec == null) {
            codec = new FloatCodec(format, Dither.NONE);
        }
        int read = read(block, 0, Math.min(frames, BLOCK_FRAMES));
        if (read > 0) {
            codec.decode(block, 0, planes, first, read);
        }
        return read;
    }

    /// Starts the stream before the first read. Does nothing when it runs.
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    public void start() throws AudioException {
        if (!started) {
            stream.startRaw(collector);
            started = true;
        }
    }

    /// The turn's end of the ring.
    private static final class Collector implements RawProcessor {
        private final Stream stream;
        private final FrameRing ring;
        private final StreamFormat read;
        private final Counters counters;
        private @Nullable Packing packing;

        Collector(Stream stream, FrameRing ring, StreamFormat read, Counters counters) {
            this.stream = stream;
            this.ring = ring;
            this.read = read;
            this.counters = counters;
        }

        @Override
        public void prepare(StreamShape shape) {
            packing = Packing.of(shape.input().orElseThrow(), read, shape.maxFrames());
        }

        @Override
        @AudioThread
        public void process(RawTurn turn) {
            while (!stream.shape().paced() && ring.writable() < turn.frames() && !stream.isLeaving()) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
            int kept = packing == null ? 0 : packing.write(turn.input(), turn.frames(), ring);
            if (kept < turn.frames()) {
                counters.add(StreamCounter.OVERFLOWED_FRAMES, turn.frames() - kept);
            }
        }
    }
}
