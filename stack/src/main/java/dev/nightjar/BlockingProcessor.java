package dev.nightjar;

import dev.nightjar.spi.AudioThread;

/// A processor whose frames come from another thread of the program, or go to one. Where turns have no pace,
/// one is let in only when that thread is ready for it, so that nothing is lost and nothing waits inside.
interface BlockingProcessor extends RawProcessor {
    /// Whether a turn of so many frames, or the last one, could run now. `[audio-thread]`
    @AudioThread
    boolean isReady(int frames);
}
