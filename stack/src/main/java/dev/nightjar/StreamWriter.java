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
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The blocking way to render: frames are pushed and wait in a buffer until the stream asks for them. One
/// thread writes. When a paced stream finds the buffer empty it renders silence and counts it in
/// [StreamCounter#STARVED_FRAMES]; one without a pace waits. Frames of one format are written, so a stream
/// that goes to an endpoint of another format fails. `[control-thread]`
public final class StreamWriter {
    private static final long POLL_NANOS = 500_000;
    private static final int BLOCK_FRAMES = 1024;
    private static final Duration DRAIN_STEP = Duration.ofMillis(100);

    private final Stream stream;
    private final StreamFormat format;
    private final FrameRing ring;
    private final Feeder feeder;
    private final MemorySegment block;
    private @Nullable FloatCodec codec;
    private boolean started;

    StreamWriter(Stream stream, StreamFormat nativeFormat, int bufferFrames, Counters counters) {
        this.stream = stream;
        this.format = nativeFormat.withPacking(StreamFormat.Packing.INTERLEAVED);
        this.ring = new FrameRing(format.frameBytes(), bufferFrames);
        this.feeder = new Feeder(stream, ring, format, counters);
        this.block = Arena.ofAuto().allocate((long) BLOCK_FRAMES * format.frameBytes(), 8);
    }

    /// What [#write(MemorySegment, long, int)] takes: the native frames, interleaved.
    public StreamFormat format() {
        return format;
    }

    /// How many frames can be written without waiting.
    public int available() {
        return ring.writable();
    }

    /// How many frames wait to be rendered.
    public int pending() {
        return ring.readable();
    }

    /// Writes native frames, waiting until all are in the buffer.
    ///
    /// @throws AudioException if the stream cannot take them any more, or cannot be started
    /// - CLOSED when it was closed, stopped or drained
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - the failure of the stream when it failed
    public void write(MemorySegment frames, long offset, int count) throws AudioException {
        requireGoingOn();
        int done = ring.write(frames, offset, count);
        while (done < count || ring.writable() == 0) {
            start();
            if (done == count) {
                return;
            }
            stream.waitUntil(() -> ring.writable() > 0 || stream.state().isOver());
            requireGoingOn();
            done += ring.write(frames, offset + (long) done * format.frameBytes(), count - done);
        }
    }

    /// Writes float frames, one plane per channel of the native layout, waiting until all are in the buffer.
    /// They are dithered where the endpoint holds fewer bits than the program has.
    ///
    /// @param first the index of the first frame in each plane
    /// @throws AudioException if the stream cannot take them any more, or cannot be started
    /// - CLOSED when it was closed, stopped or drained
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - the failure of the stream when it failed
    public void write(float[][] planes, int first, int count) throws AudioException {
        if (codec == null) {
            boolean loses = FloatAdapter.loses(format, stream.spec());
            codec = new FloatCodec(format, loses ? Dither.TPDF : Dither.NONE);
        }
        for (int done = 0; done < count; done += BLOCK_FRAMES) {
            int step = Math.min(BLOCK_FRAMES, count - done);
            codec.encode(planes, first + done, block, 0, step);
            write(block, 0, step);
        }
    }

    /// Starts the stream before the buffer is full. Does nothing when it runs.
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    public void start() throws AudioException {
        if (!started) {
            stream.startRaw(feeder);
            started = true;
        }
    }

    /// Discards what waits here and in the host.
    ///
    /// @return how many frames will not be heard
    public long flush() {
        return ring.flush() + stream.flush();
    }

    /// Says that nothing more will be written, and waits until all was played.
    ///
    /// @return whether the position says that all was played
    /// @throws AudioException if the stream could not be started
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    public boolean drain() throws AudioException {
        feeder.finished = true;
        start();
        if (stream.state() == StreamState.PAUSED) {
            stream.resume();
        }
        while (!stream.state().isOver()) {
            stream.await(DRAIN_STEP);
        }
        return stream.drained();
    }

    private void requireGoingOn() throws AudioException {
        StreamState state = stream.state();
        if (state.isOver() && (started || state != StreamState.STOPPED)) {
            throw stream.failure()
                    .orElseGet(() -> AudioException.of(
                            Failure.CLOSED, "write to " + stream.endpoint(), "the stream is " + state));
        }
    }

    /// The turn's end of the ring.
    private static final class Feeder implements RawProcessor {
        private final Stream stream;
        private final FrameRing ring;
        private final StreamFormat written;
        private final Counters counters;
        private volatile boolean finished;
        private boolean paced = true;
        private @Nullable Packing packing;

        Feeder(Stream stream, FrameRing ring, StreamFormat written, Counters counters) {
            this.stream = stream;
            this.ring = ring;
            this.written = written;
            this.counters = counters;
        }

        @Override
        public void prepare(StreamShape shape) {
            paced = shape.paced();
            packing = Packing.of(shape.output().orElseThrow(), written, shape.maxFrames());
        }

        @Override
        @AudioThread
        public void process(RawTurn turn) {
            int frames = turn.frames();
            int done = fill(turn, 0);
            while (done < frames && !paced && !finished && !stream.isLeaving()) {
                LockSupport.parkNanos(this, POLL_NANOS);
                done += fill(turn, done);
            }
            if (done < frames && finished) {
                done += fill(turn, done);
            }
            if (done < frames && (finished || !paced)) {
                turn.end(done);
            } else if (done < frames) {
                counters.add(StreamCounter.STARVED_FRAMES, frames - done);
            }
        }

        @AudioThread
        private int fill(RawTurn turn, int done) {
            return packing == null ? 0 : packing.read(ring, turn.output(), done, turn.frames() - done);
        }
    }
}
