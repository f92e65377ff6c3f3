package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where captured frames come from.
interface FrameSource {
    /// The converter starts with this position at an instant. `[audio-thread]`
    @AudioThread
    default void begin(long position, long nanos, double framesPerNano) {}

    /// Whether the frames of a turn are there; if not, the loop waits a little. `[audio-thread]`
    @AudioThread
    default boolean isReady(long position, int frames) {
        return true;
    }

    /// Fills the first `frames` of a side, which are silent so far. `[audio-thread]`
    @AudioThread
    void give(RawTurn.Side side, int frames);
}
