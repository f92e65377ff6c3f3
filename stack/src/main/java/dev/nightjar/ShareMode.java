package dev.nightjar;

/// Whether an endpoint is shared with other programs.
public enum ShareMode {
    /// Mixed with other programs, converted as needed.
    SHARED,
    /// Ours alone, in the native format; nothing touches the samples.
    EXCLUSIVE
}
