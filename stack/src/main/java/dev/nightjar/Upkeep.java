package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Works off what the audio thread left behind: an end, a fault, a loss, a wish, a silence. It looks every 10 ms,
/// because waking a control thread from a turn would be a system call there. It looks on the clock's thread, which
/// serves all streams: it never waits there, and what may take long is done on a thread of its own.
final class Upkeep {
    private static final long CHECK_NANOS = Duration.ofMillis(10).toNanos();

    private final Transport transport;
    private final Host host;
    private final Recovery recovery;
    private final AudioClock clock;
    private final Stalls stalls = new Stalls();
    private long endSeenAt;
    private int checkRound;
    private volatile AudioClock.@Nullable Task next;

    Upkeep(Transport transport, Host host, Recovery recovery) {
        this.transport = transport;
        this.host = host;
        this.recovery = recovery;
        this.clock = host.clock();
    }

    /// The stream was started. Under its lock.
    void begin() {
        endSeenAt = 0;
        forgiveSilence();
        scheduleCheck(++checkRound);
    }

    /// The host has a reason not to have called until now.
    void forgiveSilence() {
        stalls.restart(clock.nanoTime());
    }

    private void scheduleCheck(int round) {
        next = clock.after(CHECK_NANOS, () -> check(round));
    }

    /// The stream was closed: lets the clock forget it.
    void end() {
        AudioClock.Task last = next;
        if (last != null) {
            last.cancel();
        }
    }

    /// Looks every 10 ms, while the stream lives, at what the audio thread left behind. `[control-thread]`
    private void check(int round) {
        if (!transport.tryLock()) {
            scheduleCheck(round);
            return;
        }
        TurnGate through = transport.gate();
        try {
            if (round != checkRound || through == null || transport.state().isOver()) {
                return;
            }
            transport.events().collect();
            if (isDue(through)) {
                clock.execute("nightjar-stream", () -> workOff(round, through));
            } else {
                scheduleCheck(round);
            }
        } catch (RuntimeException | Error e) {
            if (through != null) {
                through.defect(e);
            }
            scheduleCheck(round);
        } finally {
            transport.unlock();
        }
    }

    /// Whether there is something to do that may take long.
    private boolean isDue(TurnGate through) {
        if (transport.isAsked() || through.fault() != null) {
            return true;
        } else if (transport.state() == StreamState.REBUILDING) {
            return false;
        } else if (through.lostCause() != null) {
            return true;
        } else if (through.ended()) {
            return isDrained(through);
        } else if (transport.state() == StreamState.RUNNING) {
            watchStalls(through);
        }
        return false;
    }

    /// `[control-thread]`, one of its own.
    private void workOff(int round, TurnGate through) {
        transport.lock();
        try {
            if (round == checkRound && !transport.state().isOver()) {
                work(through);
            }
        } catch (AudioException _) {
            // The turn that asked for it cannot be told: the stream is lost, and the next check rebuilds it.
        } catch (RuntimeException | Error e) {
            transport.fail(AudioException.causedBy(Failure.DRIVER_FAILED, "run " + host.endpoint(), e));
        } finally {
            if (round == checkRound && !transport.state().isOver()) {
                scheduleCheck(round);
            }
            transport.unlock();
        }
    }

    private void work(TurnGate through) throws AudioException {
        Throwable fault = through.fault();
        AudioException lost = through.lostCause();
        if (transport.isAsked()) {
            transport.grant();
        } else if (fault != null) {
            transport.stopHost(StreamState.STOPPED);
            Failure blamed = through.isDefect() ? Failure.DRIVER_FAILED : Failure.PROCESSOR_FAILED;
            transport.fail(AudioException.causedBy(blamed, "process a turn on " + host.endpoint(), fault));
        } else if (transport.state() == StreamState.REBUILDING) {
            return;
        } else if (lost != null) {
            transport.tell(StreamEvent.Kind.LOST, 0, lost);
            recovery.lose(through, lost);
        } else if (through.ended() && transport.state() == StreamState.DRAINING) {
            transport.stopHost(StreamState.STOPPED);
            transport.tell(StreamEvent.Kind.DRAINED, through.drained() ? 1 : 0, null);
        }
    }

    /// Grows with each turn, and each time that the endpoint is opened anew.
    private long lifeSigns() {
        return transport.counters().get(StreamCounter.TURNS)
                + transport.counters().get(StreamCounter.REBUILDS);
    }

    private boolean isDrained(TurnGate through) {
        long now = clock.nanoTime();
        if (transport.state() == StreamState.RUNNING) {
            transport.become(StreamState.DRAINING);
        }
        if (transport.state() != StreamState.DRAINING) {
            return false;
        }
        endSeenAt = endSeenAt == 0 ? now : endSeenAt;
        boolean played = host.shape().output().isEmpty() || host.played().frames() >= through.position();
        through.drained(played);
        return played || now - endSeenAt > host.drainNanos();
    }

    private void watchStalls(TurnGate through) {
        long now = clock.nanoTime();
        long insideNanos = through.insideNanos(now);
        if (insideNanos > Stream.PATIENCE_NANOS && host.shape().paced()) {
            if (stalls.firstTime()) {
                transport.tell(StreamEvent.Kind.STALLED, insideNanos, null);
            }
        } else if (through.suspended()) {
            stalls.restart(now);
        } else if (host.shape().paced() && stalls.isSilent(lifeSigns(), now, host.drainNanos())) {
            through.lost(AudioException.of(
                    Failure.DRIVER_STALLED, "run " + host.endpoint(), "the host has not called for too long"));
        }
    }
}
