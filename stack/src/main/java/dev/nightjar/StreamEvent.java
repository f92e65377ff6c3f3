package dev.nightjar;

import java.util.Optional;

/// Something that happened to a stream, told on a control thread soon afterwards.
///
/// @param kind what happened
/// @param nanos when, on the stream's clock
/// @param position the position of the stream then
/// @param value a figure that belongs to it, 0 if none does
/// @param cause why, if there is an exception to it
public record StreamEvent(Kind kind, long nanos, long position, long value, Optional<AudioException> cause) {
    /// What can happen.
    public enum Kind {
        /// A turn came too late, or the host lost frames; the value is the number of frames that are missing, 0
        /// if unknown.
        XRUN,
        /// The endpoint is gone or has to be opened anew; the cause says why.
        LOST,
        /// The stream is back; the value is the length of the outage in ns.
        REBUILT,
        /// The stream is on another endpoint now: [Stream#endpoint()].
        MOVED,
        /// All that the program gave has been played; the value is 1 if the position says so, 0 if the time ran
        /// out.
        DRAINED,
        /// The stream cannot go on; the cause says why.
        FAILED,
        /// The program's processor has not returned for a long while; the value is the time in ns.
        STALLED,
        /// The reported latency is another one; the value is that of the output in frames.
        LATENCY_CHANGED,
        /// The host suspended the device.
        SUSPENDED,
        /// The host woke it again.
        RESUMED
    }
}
