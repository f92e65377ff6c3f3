package dev.nightjar.spi;

/// What a host may say about a running stream.
public enum HostEvent {
    /// The host says that it lost frames; the value is their number, 0 if unknown. Those that show in a turn's
    /// marks are not told here too.
    XRUN,
    /// The reported latency is another one now; the value is the new one of the output in frames.
    LATENCY_CHANGED,
    /// The host suspended the device; turns may stop for a while.
    SUSPENDED,
    /// The host woke it again.
    RESUMED,
    /// The host moved the stream to another device.
    MOVED
}
