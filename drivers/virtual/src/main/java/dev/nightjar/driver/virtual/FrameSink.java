package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where rendered frames go.
interface FrameSink {
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

    /// No further frames. `[control-thread]`
    default void close() {}
}
