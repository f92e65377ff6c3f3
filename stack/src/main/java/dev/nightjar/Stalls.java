package dev.nightjar;

/// Notices a host that has stopped calling.
final class Stalls {
    private long signs;
    private long changedAt;
    private boolean told;

    void restart(long now) {
        signs = -1;
        changedAt = now;
        told = false;
    }

    /// Whether the number has been the same for 2 s and the given time.
    boolean isSilent(long signsNow, long now, long usualNanos) {
        if (signsNow != signs) {
            signs = signsNow;
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
