package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When and where a lost stream is opened anew: the policy, the back-off, and what the driver tells of its
/// endpoints. An endpoint that comes back only to be lost again within a second is still the same trouble: the
/// back-off grows and the time to give up runs on.
final class Rebuild {
    private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LAST_NANOS = Duration.ofSeconds(1).toNanos();

    private final Endpoint home;
    private final StreamSpec spec;
    private final Driver driver;
    private final AudioClock clock;
    private Driver.@Nullable Watch watch;
    private AudioClock.@Nullable Task next;
    private volatile Endpoint current;
    private volatile long lostAt;
    private long troubleSince;
    private long backAt;
    private boolean wasBack;
    private long backOff;

    Rebuild(Endpoint home, StreamSpec spec, AudioClock clock) {
        this.home = home;
        this.current = home;
        this.spec = spec;
        this.driver = home.driver();
        this.clock = clock;
    }

    /// Watches the driver's endpoints, if the policy has an interest in them.
    void follow(Runnable move) {
        if (watch == null && spec.policy().kind() != StreamPolicy.Kind.PINNED) {
            watch = driver.watch(event -> heed(event, move));
        }
    }

    private void heed(EndpointEvent event, Runnable move) {
        boolean leave = switch (event) {
            case EndpointEvent.DefaultMoved moved ->
                spec.policy().kind() == StreamPolicy.Kind.FOLLOW_DEFAULT
                        && moved.role() == spec.role()
                        && moved.direction() == side()
                        && !moved.endpoint().equals(current);
            case EndpointEvent.Added added ->
                spec.policy().kind() == StreamPolicy.Kind.FALL_BACK
                        && added.endpoint().equals(home)
                        && !current.equals(home);
            case EndpointEvent.Removed _, EndpointEvent.FormatChanged _ -> false;
        };
        if (leave) {
            move.run();
        }
    }

    private Direction side() {
        Direction used = spec.direction().orElse(home.info().direction());
        return used == Direction.CAPTURE ? Direction.CAPTURE : Direction.RENDER;
    }

    /// The endpoint to open now.
    ///
    /// @throws AudioException if there is none
    /// - ENDPOINT_GONE when the driver has no default
    Endpoint target() throws AudioException {
        return switch (spec.policy().kind()) {
            case PINNED -> home;
            case FOLLOW_DEFAULT -> defaultEndpoint();
            case FALL_BACK -> home.info().presence() == EndpointInfo.Presence.PRESENT ? home : defaultEndpoint();
        };
    }

    private Endpoint defaultEndpoint() throws AudioException {
        Optional<Endpoint> found = driver.defaultEndpoint(side(), spec.role());
        return found.orElseThrow(() ->
                AudioException.of(Failure.ENDPOINT_GONE, "open the default of " + driver.id(), "there is none now"));
    }

    /// Plans the first attempt after a loss.
    ///
    /// @param lastTurn when the last turn ran: positions go on from there
    /// @return whether there will be an attempt
    boolean begin(Runnable attempt, AudioException cause, long lastTurn, long now) {
        lostAt = lastTurn;
        if (wasBack && now - backAt < LAST_NANOS) {
            return again(attempt, cause, now);
        }
        troubleSince = lastTurn;
        backOff = FIRST_NANOS;
        return plan(attempt, cause, now);
    }

    /// Plans another attempt after one that failed.
    ///
    /// @return whether there will be another attempt
    boolean again(Runnable attempt, AudioException cause, long now) {
        backOff = Math.min(2 * backOff, LAST_NANOS);
        return plan(attempt, cause, now);
    }

    private boolean plan(Runnable attempt, AudioException cause, long now) {
        Duration trouble = Duration.ofNanos(now - troubleSince);
        if (isHopeless(cause) || trouble.compareTo(spec.policy().giveUpAfter()) > 0) {
            return false;
        }
        next = clock.after(backOff, () -> clock.execute("nightjar-rebuild", attempt));
        return true;
    }

    /// Whether trying again cannot help.
    static boolean isHopeless(AudioException cause) {
        return switch (cause.failure()) {
            case FORMAT_UNSUPPORTED, NOT_OFFERED, ACCESS_DENIED, ADDRESS_INVALID, PROCESSOR_FAILED, CLOSED -> true;
            default -> false;
        };
    }

    /// The stream is on an endpoint (again).
    void done(Endpoint endpoint, long now) {
        current = endpoint;
        backAt = now;
        wasBack = true;
    }

    /// The time since the last turn.
    long outageNanos(long now) {
        return now - lostAt;
    }

    /// No further attempt.
    void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /// Ends the watch. Without the stream's lock: a driver may wait here for a listener that wants it.
    void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
