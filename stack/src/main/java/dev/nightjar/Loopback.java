package dev.nightjar;

/// An endpoint whose output can be captured: `loopback(ADDRESS)`.
public interface Loopback {
    /// The endpoint that captures what this one renders; always the same object. `[control-thread]`
    ///
    /// @throws AudioException if it cannot be had now
    /// - NOT_OFFERED when the device cannot do it
    Endpoint loopback() throws AudioException;
}
