package dev.nightjar.contract;

/// The endpoints that the suite asks a host for. They are there and free when a case begins.
public enum Place {
    /// Renders. It is the default of its direction where the host has defaults.
    RENDER,
    /// Another one that renders.
    OTHER_RENDER,
    /// Captures.
    CAPTURE,
    /// Renders and captures in one turn, with both sides joined: by a cable, by the host, or in the device.
    CABLE
}
