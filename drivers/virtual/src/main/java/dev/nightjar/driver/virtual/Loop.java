package dev.nightjar.driver.virtual;

import dev.nightjar.spi.AudioThread;

/// What a pace runs again and again.
interface Loop {
    /// Says that the loop is over.
    long STOP = Long.MAX_VALUE;

    /// Does what is due. `[audio-thread]`
    ///
    /// @return the instant at which to call again, or [#STOP]
    @AudioThread
    long step(long nowNanos);
}
