package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where captured frames come from.
interface FrameSource {
    /// Whether the frames of a turn are there; if not, the loop waits a little. `[audio-thread]`
    @AudioThread
    default boolean isReady(long position, int frames) {
        return true;
    }

    /// Fills the first `frames` of a side, which are silent so far. `[audio-thread]`
    @AudioThread
    void give(RawTurn.Side side, int frames);
}
