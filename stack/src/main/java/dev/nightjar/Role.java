package dev.nightjar;

/// What a default endpoint is the default for.
public enum Role {
    /// Music, games, system sounds.
    DEFAULT,
    /// Calls.
    COMMUNICATIONS
}
