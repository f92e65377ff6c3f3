package dev.nightjar.driver.virtual;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.ShareMode;
import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.RawClient;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.StreamShape;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream on one device, or on a render and a capture device: states and transport. The turns are in
/// [VirtualLoop]. `[control-thread]`, under the lock of `stack`, but for [#lose].
final class VirtualStream implements RawStream {
    private final List<VirtualDevice> devices;
    private final RawRequest request;
    private final AudioClock clock;
    private final Pace pace;
    private final StreamShape shape;
    private final Arena arena = Arena.ofShared();
    private final FrameSink sink;
    private final VirtualLoop loop;
    private volatile @Nullable RawClient client;
    private volatile @Nullable AudioException lost;
    private Pace.@Nullable Runner runner;
    private long held;

    /// What a stream is made of.
    ///
    /// @param devices the render device first
    /// @param lead see [VirtualLoop]
    record Parts(List<VirtualDevice> devices, StreamShape shape, int lead, FrameSink sink, FrameSource source) {}

    VirtualStream(RawRequest request, AudioClock clock, Pace pace, Parts parts) {
        this.request = request;
        this.clock = clock;
        this.pace = pace;
        this.devices = parts.devices();
        this.shape = parts.shape();
        this.sink = parts.sink();
        this.loop = new VirtualLoop(devices.getFirst(), sink, parts.source(), shape, parts.lead(), arena);
        loop.moveTo(request.firstPosition());
        discard();
    }

    ShareMode shareMode() {
        return request.shareMode();
    }

    Direction direction() {
        return request.direction();
    }

    String name() {
        return request.name();
    }

    boolean isLost() {
        return lost != null;
    }

    /// The endpoint is gone, or taken away. `[any-thread]`
    void lose(AudioException cause) {
        loop.lose();
        if (lost == null) {
            lost = cause;
            RawClient to = client;
            if (to != null) {
                to.lost(cause);
            }
        }
    }

    @Override
    public StreamShape shape() {
        return shape;
    }

    @Override
    public void start(RawClient newClient) throws AudioException {
        AudioException before = lost;
        if (before != null) {
            throw before;
        }
        client = newClient;
        newClient.prepare(shape);
        held = loop.position();
        run();
    }

    private void run() {
        loop.begin(client, held);
        Pace in = shape.paced() ? pace : Threads.PACE;
        runner = in.run("nightjar-virtual", loop);
    }

    /// Unpaced streams do not follow the clock, whichever it is.
    private static final class Threads {
        static final Pace PACE = new ThreadPace();
    }

    private void halt() {
        if (runner != null) {
            held = loop.converter(clock.nanoTime());
            runner.halt();
            runner = null;
            held = Math.min(loop.position(), Math.max(held, loop.converter(clock.nanoTime())));
        }
    }

    @Override
    public long pause() {
        halt();
        return 0;
    }

    @Override
    public void resume() {
        run();
    }

    @Override
    public long flush() {
        boolean running = runner != null;
        halt();
        long discarded = shape.paced() && shape.output().isPresent() ? loop.position() - held : 0;
        discard();
        if (running) {
            run();
        }
        return discarded;
    }

    @Override
    public void stop() {
        halt();
        discard();
        client = null;
    }

    private void discard() {
        held = loop.position();
        sink.discard(held);
    }

    @Override
    public PlayedPosition played() {
        long now = clock.nanoTime();
        boolean moves = runner != null && shape.paced();
        return new PlayedPosition(moves ? loop.converter(now) : shape.paced() ? held : loop.position(), now);
    }

    @Override
    public void close() {
        release();
        arena.close();
    }

    /// The memory stays: the callback that does not return may still touch it.
    @Override
    public void abandon() {
        loop.lose();
        release();
    }

    private void release() {
        sink.close();
        devices.forEach(device -> device.dismiss(this));
    }
}
