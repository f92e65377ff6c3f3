package dev.nightjar.contract;

/// What a host's tests can make happen to an endpoint. A host that cannot is asked all the same and says why.
public enum Trouble {
    /// The endpoint goes away. The time has no meaning.
    UNPLUG,
    /// It comes back. The time has no meaning.
    PLUG,
    /// It becomes the default of its direction, for the role DEFAULT. The time has no meaning.
    DEFAULT_HERE,
    /// Somebody else holds it for so long; streams that are open go on.
    BUSY,
    /// It takes another container from now on, of the same rate and channels. The time has no meaning.
    CHANGE_FORMAT,
    /// It calls nobody back for so long.
    STALL,
    /// One wake-up, the next or the one after, is late by so long.
    LATE,
    /// Turns are of other sizes than usual for so long.
    OTHER_SIZES,
    /// The host reports an error, with a code and a text of its own. The time has no meaning.
    ERROR,
    /// The machine sleeps for so long.
    SLEEP
}
