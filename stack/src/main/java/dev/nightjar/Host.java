package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.RawStream.PlayedPosition;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The endpoint that a stream is on and the driver's stream there, with the order in which that is opened,
/// started, left and closed. `[control-thread]`, under the stream's lock, but for [#open] and what is only
/// read.
final class Host {
    static final AtomicLong LEAKED = new AtomicLong();

    private final Endpoint home;
    private final @Nullable Endpoint capture;
    private final StreamSpec spec;
    private final AudioClock clock;
    private volatile Endpoint endpoint;
    private volatile RawStream raw;
    private volatile StreamShape shape;
    private boolean closed;

    /// Opens the endpoint. Wherever the stream goes later, it keeps the sides it has now.
    Host(Endpoint home, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        this.home = home;
        this.endpoint = home;
        this.capture = capture;
        this.raw = home.openFirst(spec, capture, 0);
        this.shape = raw.shape();
        this.clock = shape.paced() ? home.driver().clock() : AudioClock.system();
        this.spec = spec.direction(
                shape.output().isEmpty()
                        ? Direction.CAPTURE
                        : shape.input().isEmpty() ? Direction.RENDER : Direction.DUPLEX);
    }

    /// Opens the endpoint again or another one; may take long, and does not need the lock.
    RawStream open(Endpoint target, long firstPosition) throws AudioException {
        try {
            return target.openFirst(spec, target.equals(home) ? capture : null, firstPosition);
        } catch (RuntimeException | Error e) {
            throw AudioException.causedBy(Failure.DRIVER_FAILED, "open " + target, e);
        }
    }

    /// Is on another endpoint, or on another stream of the same one, from now on.
    void adopt(Endpoint target, RawStream opened) {
        endpoint = target;
        raw = opened;
        closed = false;
        shape = opened.shape();
    }

    /// Lets turns in and tells the driver to run. When that fails everything is closed.
    void start(TurnGate gate) throws AudioException {
        gate.open();
        try {
            raw.start(gate);
            shape = raw.shape();
        } catch (AudioException | RuntimeException | Error e) {
            if (leave(gate)) {
                stop(gate);
                close();
            }
            throw known(e, "start " + endpoint);
        }
    }

    /// Shuts the gate and waits until nobody is inside. When somebody stays, the driver's stream is given up.
    ///
    /// @return whether the driver may be told to stop
    boolean leave(TurnGate gate) {
        gate.shut();
        if (clock.await(gate::isEmpty, clock.nanoTime() + Stream.PATIENCE_NANOS)) {
            return true;
        }
        LEAKED.incrementAndGet();
        closed = true;
        raw.abandon();
        return false;
    }

    /// After [#leave].
    ///
    /// @return how many rendered frames the host could not keep
    long pause(TurnGate gate) throws AudioException {
        long discarded;
        try {
            discarded = raw.pause();
        } catch (AudioException | RuntimeException | Error e) {
            throw known(e, "pause " + endpoint);
        }
        gate.shutFirmly();
        return discarded;
    }

    void resume(TurnGate gate) throws AudioException {
        gate.reopen();
        try {
            raw.resume();
        } catch (AudioException | RuntimeException | Error e) {
            throw known(e, "resume " + endpoint);
        }
    }

    /// After [#leave].
    void stop(TurnGate gate) {
        raw.stop();
        gate.shutFirmly();
    }

    void close() {
        if (!closed) {
            closed = true;
            raw.close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    long flush() {
        return raw.flush();
    }

    PlayedPosition played() {
        return raw.played();
    }

    /// The clock of the stream: that of the driver, or the machine's when turns have no pace, since they do not follow
    /// a clock that a test moves.
    AudioClock clock() {
        return clock;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    StreamShape shape() {
        return shape;
    }

    /// The time after which a drain is over whatever the position says.
    long drainNanos() {
        StreamShape granted = shape;
        long frames = granted.bufferFrames() + granted.reported().outputFrames().orElse(0);
        return Math.round(frames * 1e9 / granted.rate()) + Duration.ofSeconds(1).toNanos();
    }

    /// The failure that something thrown by a driver is.
    static AudioException known(Throwable thrown, String operation) {
        return thrown instanceof AudioException audio
                ? audio
                : AudioException.causedBy(Failure.DRIVER_FAILED, operation, thrown);
    }
}
