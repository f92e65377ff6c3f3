package dev.nightjar;

/// Which way frames go, as seen from the program.
public enum Direction {
    /// Out of the program, to loudspeakers or a line.
    RENDER,
    /// Into the program, from a microphone or a line.
    CAPTURE,
    /// Both ways in one turn, on one clock.
    DUPLEX;

    public boolean renders() {
        return this != CAPTURE;
    }

    public boolean captures() {
        return this != RENDER;
    }
}
