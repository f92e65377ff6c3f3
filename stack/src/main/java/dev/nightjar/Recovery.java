package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.RawStream;
import org.jspecify.annotations.Nullable;

/// The way of a stream from a loss, or from an endpoint that it is not to be on any more, back to running. Under the
/// stream's lock, but for opening.
final class Recovery {
    private final Transport transport;
    private final Host host;
    private final Rebuild rebuild;
    private final AudioClock clock;
    private boolean held;

    Recovery(Transport transport, Host host, Rebuild rebuild) {
        this.transport = transport;
        this.host = host;
        this.rebuild = rebuild;
        this.clock = host.clock();
    }

    /// Goes where the policy says from now on.
    void follow() {
        rebuild.follow(() -> clock.execute("nightjar-rebuild", this::moveTo));
    }

    /// Whether the stream is to be paused when it is back.
    void hold(boolean paused) {
        held = paused;
    }

    /// Before a start: a stream that was lost or whose start failed is opened anew, where the policy says.
    ///
    /// @return whether it was
    boolean reopen(@Nullable TurnGate before, long position) throws AudioException {
        if (before != null && before.lostCause() != null) {
            host.close();
        }
        if (!host.isClosed()) {
            return false;
        }
        Endpoint target = rebuild.target();
        host.adopt(target, host.open(target, position));
        rebuild.done(target, clock.nanoTime());
        return true;
    }

    /// No further attempt.
    void cancel() {
        held = false;
        rebuild.cancel();
    }

    /// Without the stream's lock.
    void close() {
        rebuild.close();
    }

    /// Leaves the host and goes on the way back; a stream that was draining stops instead.
    void lose(TurnGate through, AudioException cause) {
        boolean draining = transport.state() == StreamState.DRAINING;
        held = transport.state() == StreamState.PAUSED;
        if (!transport.leave(through)) {
            return;
        }
        host.stop(through);
        host.close();
        if (draining) {
            transport.giveUpDrain();
            return;
        }
        transport.become(StreamState.REBUILDING);
        if (!rebuild.begin(this::attempt, cause, through.lastTurnNanos(), clock.nanoTime())) {
            transport.fail(cause);
        }
    }

    /// The endpoint to be on is another one now: leaves the host and opens the other. `[control-thread]`
    private void moveTo() {
        transport.lock();
        try {
            TurnGate through = transport.gate();
            if (through != null
                    && (transport.state() == StreamState.RUNNING || transport.state() == StreamState.PAUSED)) {
                lose(
                        through,
                        AudioException.of(Failure.ENDPOINT_GONE, "stay on " + host.endpoint(), "another is meant now"));
            } else if (transport.state() == StreamState.OPEN || transport.state() == StreamState.STOPPED) {
                host.close();
            }
        } finally {
            transport.unlock();
        }
    }

    /// One try to open the endpoint anew. `[control-thread]`, a thread of its own: opening may take long.
    private void attempt() {
        TurnGate through = transport.gate();
        if (through == null) {
            return;
        }
        long outage = rebuild.outageNanos(clock.nanoTime());
        long gap = Math.round(outage * 1e-9 * host.shape().rate());
        Endpoint target;
        RawStream opened;
        try {
            target = rebuild.target();
            opened = host.open(target, through.position() + gap);
        } catch (AudioException | RuntimeException | Error e) {
            retryOrFail(through, Host.known(e, "find another endpoint for " + host.endpoint()));
            return;
        }
        transport.lock();
        try {
            if (transport.state() == StreamState.REBUILDING && transport.gate() == through) {
                adopt(through, target, opened, gap, outage);
            } else {
                opened.close();
            }
        } catch (AudioException | RuntimeException | Error e) {
            retryOrFail(through, Host.known(e, "open " + target));
        } finally {
            transport.unlock();
        }
    }

    private void adopt(TurnGate through, Endpoint target, RawStream opened, long gap, long outage)
            throws AudioException {
        boolean moved = !target.equals(host.endpoint());
        host.adopt(target, opened);
        through.gap(gap);
        host.start(through);
        transport.become(StreamState.RUNNING);
        transport.counters().add(StreamCounter.REBUILDS, 1);
        rebuild.done(target, clock.nanoTime());
        transport.tell(StreamEvent.Kind.REBUILT, outage, null);
        if (moved) {
            transport.tell(StreamEvent.Kind.MOVED, 0, null);
        }
        if (held) {
            held = false;
            transport.hold();
        }
    }

    private void retryOrFail(TurnGate through, AudioException cause) {
        transport.lock();
        try {
            if (transport.state() == StreamState.REBUILDING && transport.gate() == through) {
                host.close();
                if (!rebuild.again(this::attempt, cause, clock.nanoTime())) {
                    transport.fail(cause);
                }
            }
        } finally {
            transport.unlock();
        }
    }
}
