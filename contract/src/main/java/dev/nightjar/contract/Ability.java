package dev.nightjar.contract;

/// What some hosts can do and others cannot. A host's table names those it has; where it does not, the suite tries
/// all the same and demands that it is refused.
public enum Ability {
    /// [Place#RENDER] is among the endpoints that the driver lists, and the default where there are defaults; not a
    /// file or another one that is had by its address alone.
    LISTED,
    /// [Place#OTHER_RENDER] is there.
    SECOND_RENDER,
    /// [Place#CAPTURE] is there.
    CAPTURE,
    /// [Place#CABLE] is there: what its render side got comes back bit for bit, after exactly the latencies of input
    /// and output that are reported.
    CABLE,
    /// An endpoint can be opened shared.
    SHARED,
    /// An endpoint can be opened exclusively.
    EXCLUSIVE,
    /// Several shared streams render to one endpoint at once.
    SEVERAL,
    /// An exclusive stream takes the endpoint away from shared ones.
    PREEMPTION,
    /// The host has default endpoints.
    DEFAULTS,
    /// Turns carry the instants of their frames.
    INSTANTS,
    /// What is buffered is kept over a pause.
    KEEPS_PAUSED
}
