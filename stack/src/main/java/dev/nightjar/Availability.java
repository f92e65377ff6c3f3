package dev.nightjar;

/// Whether a driver can work on this machine.
public sealed interface Availability {
    /// It can.
    ///
    /// @param version what it stands on, such as `libasound 1.2.8`; empty if it stands on nothing
    record Available(String version) implements Availability {}

    /// It cannot.
    ///
    /// @param failure [Failure#DRIVER_MISSING] or [Failure#ACCESS_DENIED]
    /// @param reason what is missing, a clause for a person
    /// @param remedy what to do about it: a command, a setting, or another system
    record Unavailable(Failure failure, String reason, String remedy) implements Availability {}
}
