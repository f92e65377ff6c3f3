package dev.nightjar;

/// Notices a host that has stopped calling.
final class Stalls {
    private long turns;
    private long changedAt;
    private boolean told;

    void restart(long now) {
        turns = -1;
        changedAt = now;
        told = false;
    }

    /// Whether no turn came for 2 s and the given time.
    boolean isSilent(long turnsNow, long now, long usualNanos) {
        if (turnsNow != turns) {
            turns = turnsNow;
            changedAt = now;
            told = false;
        }
        return now - changedAt > Stream.PATIENCE_NANOS + usualNanos;
    }

    /// Whether this is the first time since a turn came that it is asked.
    boolean firstTime() {
        boolean first = !told;
        told = true;
        return first;
    }
}
