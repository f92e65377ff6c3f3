package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.StreamShape;

/// The program's callback over float frames: planar, -1 to 1, in the layouts of its [StreamSpec].
@FunctionalInterface
public interface Processor {
    /// Announces a generation before its first turn; rate and sizes may be others than before. `[control-thread]`
    default void prepare(StreamShape shape) {}

    /// Moves the frames of one turn. What it throws fails the stream. `[audio-thread]`
    @AudioThread
    void process(Turn turn) throws Exception;
}
