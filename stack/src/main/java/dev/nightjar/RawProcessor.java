package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.StreamShape;

/// The program's callback over native frames: the bit-perfect way.
@FunctionalInterface
public interface RawProcessor {
    /// Announces a generation before its first turn; formats and sizes may be others than before.
    /// `[control-thread]`
    default void prepare(StreamShape shape) {}

    /// Runs what a turn would run, on scratch memory and before the first turn, so that its code is loaded; an
    /// adapter does all but call the program. `[control-thread]`
    default void rehearse(RawTurn turn) throws Exception {}

    /// Moves the frames of one turn. What it throws fails the stream. `[audio-thread]`
    @AudioThread
    void process(RawTurn turn) throws Exception;
}
