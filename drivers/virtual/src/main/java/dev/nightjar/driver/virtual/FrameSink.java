package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where rendered frames go.
interface FrameSink {
    /// The converter starts with this position at an instant. `[audio-thread]`
    @AudioThread
    default void begin(long position, long nanos, double framesPerNano) {}

    /// Whether it would take so many frames now; without a pace the loop waits for it. `[audio-thread]`
    @AudioThread
    default boolean hasRoom(int frames) {
        return true;
    }

    /// Takes the first `frames` of a side. `[audio-thread]`
    @AudioThread
    void take(RawTurn.Side side, int frames);

    /// Frames that were never rendered: the converter played silence. `[audio-thread]`
    @AudioThread
    default void skip(long position, long frames) {}

    /// What was taken before this position and has not passed is not to be heard. `[control-thread]`, while no turn
    /// runs
    default void discard(long position) {}

    /// No further frames. `[control-thread]`
    default void close() {}
}
