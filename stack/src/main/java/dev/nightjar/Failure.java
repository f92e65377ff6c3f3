package dev.nightjar;

/// Why something did not work, divided by what the caller can do about it. What the host itself said stays in
/// [AudioException].
public enum Failure {
    /// An address does not follow the grammar, or a parameter of it has no meaning or value here. Mend the
    /// address.
    ADDRESS_INVALID,
    /// The address is well formed, but there is no such driver or endpoint, and none of that name was open.
    /// Choose another.
    ENDPOINT_UNKNOWN,
    /// The endpoint was there and went away: unplugged, disabled, its server gone. Wait for it or choose another.
    ENDPOINT_GONE,
    /// Somebody else holds the endpoint. Try again later, or ask them to let go.
    ENDPOINT_BUSY,
    /// An exclusive stream of another program or of this one took the endpoint away; the stream returns by itself
    /// when it is free.
    PREEMPTED,
    /// The endpoint does not take the format in this share mode. [AudioException#nearest()] lists those that
    /// would do.
    FORMAT_UNSUPPORTED,
    /// The endpoint cannot do what was asked at all, in whatever format: exclusive use, duplex, loopback. Ask for
    /// something else.
    NOT_OFFERED,
    /// The operating system or the user's settings forbid it. Change the permission that the message names.
    ACCESS_DENIED,
    /// What the driver stands on is not installed, not running or of another system. The message says what to
    /// install or start.
    DRIVER_MISSING,
    /// The host did something that its interface does not allow, or an error without a better name. Report it
    /// with the native text.
    DRIVER_FAILED,
    /// The host stopped calling or answering. The stream is rebuilt.
    DRIVER_STALLED,
    /// The host asked to be opened anew: its format, its buffer or its driver is another one now. The stream is
    /// rebuilt.
    RESET_REQUESTED,
    /// The program's own processor threw, and its exception is the cause; or it did not return for 2 s.
    PROCESSOR_FAILED,
    /// The stream or the audio system was closed.
    CLOSED
}
