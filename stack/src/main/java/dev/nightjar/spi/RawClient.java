package dev.nightjar.spi;

import dev.nightjar.AudioException;

/// What a driver's stream talks to; `stack` implements it.
public interface RawClient {
    /// Announces a generation: before the first turn, and again before turns of another shape. Turns that run
    /// while it has not returned (JACK waits only 2 s) are silent. Makes no call to the host. `[control-thread]`
    void prepare(StreamShape shape);

    /// Runs one turn. Never throws and never blocks on a paced stream. `[audio-thread]`
    ///
    /// @return how many of the turn's frames count. Fewer than [TurnBuffer#frames()] ends the stream: what is
    ///     behind them is already silence, no further turn is wanted, and the driver plays out what it has until
    ///     it is told to stop.
    @AudioThread
    int turn(TurnBuffer turn);

    /// Tells that the stream cannot go on: the endpoint went, the server died, the host wants to be reset. The
    /// driver makes no further turn; it is closed and, where the policy says so, opened anew. The exception is
    /// made on a control thread, or by a loop that has run its last turn. `[any-thread]`
    void lost(AudioException cause);

    /// Tells of something that programs want to hear of and that ends nothing. Allocates nothing. `[any-thread]`
    ///
    /// @param kind what happened
    /// @param value a figure that belongs to it, 0 if none does
    @AudioThread
    void happened(HostEvent kind, long value);
}
