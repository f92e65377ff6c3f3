package dev.nightjar;

import java.time.Duration;

/// What a stream does when its endpoint goes away or the default moves.
///
/// @param kind where the stream may go
/// @param giveUpAfter how long a lost stream is rebuilt before it fails; longer than nothing
public record StreamPolicy(Kind kind, Duration giveUpAfter) {
    /// Stays with its endpoint and waits for it.
    public static final StreamPolicy PINNED = new StreamPolicy(Kind.PINNED, Duration.ofDays(1));

    /// Is always on the default endpoint of its driver.
    public static final StreamPolicy FOLLOW_DEFAULT = new StreamPolicy(Kind.FOLLOW_DEFAULT, Duration.ofDays(1));

    /// Goes to the default endpoint while its own is gone, and returns when that is back.
    public static final StreamPolicy FALL_BACK = new StreamPolicy(Kind.FALL_BACK, Duration.ofDays(1));

    /// Where a stream may go.
    public enum Kind {
        PINNED,
        FOLLOW_DEFAULT,
        FALL_BACK
    }

    public StreamPolicy {
        if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
            throw new IllegalArgumentException("giving up takes some time, giveUpAfter=" + giveUpAfter);
        }
    }

    public StreamPolicy giveUpAfter(Duration time) {
        return new StreamPolicy(kind, time);
    }
}
