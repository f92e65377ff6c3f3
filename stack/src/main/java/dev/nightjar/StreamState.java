package dev.nightjar;

/// Where a stream is in its life.
public enum StreamState {
    /// Opened, never started.
    OPEN,
    /// Turns run.
    RUNNING,
    /// Held by [Stream#pause]; goes on with [Stream#resume].
    PAUSED,
    /// The program's last frame is given; what is buffered plays out.
    DRAINING,
    /// The endpoint was lost; it is opened anew as soon as it can be.
    REBUILDING,
    /// Stopped or drained; may be started again.
    STOPPED,
    /// Cannot go on; [Stream#failure] says why. Only close is left.
    FAILED,
    /// Closed.
    CLOSED;

    /// Whether no turn comes any more unless the stream is started again.
    public boolean isOver() {
        return this == STOPPED || this == FAILED || this == CLOSED;
    }
}
