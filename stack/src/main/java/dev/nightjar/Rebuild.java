package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When and where a lost stream is opened anew: the policy, the back-off, and what the driver tells of its
/// endpoints.
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
    private long lostAt;
    private long backOff;

    Rebuild(Endpoint home, StreamSpec spec) {
        this.home = home;
        this.current = home;
        this.spec = spec;
        this.driver = home.driver();
        this.clock = driver.clock();
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
        return home.info().direction() == Direction.CAPTURE ? Direction.CAPTURE : Direction.RENDER;
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

    void begin(Runnable attempt, long now) {
        lostAt = now;
        backOff = FIRST_NANOS;
        schedule(attempt);
    }

    /// Asks for another attempt after one that failed.
    ///
    /// @return whether there will be another attempt
    boolean again(Runnable attempt, AudioException cause, long now) {
        if (isHopeless(cause) || outageNanos(now) > spec.policy().giveUpAfter().toNanos()) {
            return false;
        }
        backOff = Math.min(2 * backOff, LAST_NANOS);
        schedule(attempt);
        return true;
    }

    /// Whether trying again cannot help.
    static boolean isHopeless(AudioException cause) {
        return switch (cause.failure()) {
            case FORMAT_UNSUPPORTED, NOT_OFFERED, ACCESS_DENIED, ADDRESS_INVALID, PROCESSOR_FAILED, CLOSED -> true;
            default -> false;
        };
    }

    private void schedule(Runnable attempt) {
        next = clock.after(backOff, () -> clock.execute("nightjar-rebuild", attempt));
    }

    void done(Endpoint endpoint) {
        current = endpoint;
    }

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

    void close() {
        cancel();
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
