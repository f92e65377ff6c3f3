package dev.nightjar.spi;

import dev.nightjar.AudioException;

/// A driver's side of a stream. `stack` calls it under one lock, so no two of these run at the same time, and in
/// a sensible order: `start` once after open or after `stop`, `pause` and `resume` in turns while started,
/// `close` or `abandon` once and last.
///
/// After a turn that ended the stream the driver renders silence, counts no xrun and lets its position advance,
/// until it is stopped or started again.
///
/// Before `stop`, `pause` and `close`, `stack` shuts its gate and waits until no turn is inside: the driver need
/// not wait for the program's code, only for its own. When the program stays inside for more than 2 s, `abandon`
/// is called instead, and nothing else after it.
public interface RawStream {
    /// What was granted; another one after the driver called [RawClient#prepare] again. `[control-thread]`
    StreamShape shape();

    /// Tells the host to run. Calls [RawClient#prepare] first and warms its callback before the host may call it.
    /// Turns may come before it returns, also on the calling thread: hosts that want a full buffer at start are
    /// given it so, and some call back from within. What a host says between open and start is kept and told
    /// here. `[control-thread]`
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when it is not there any more
    void start(RawClient client) throws AudioException;

    /// Holds the stream: no turn comes after it returned. What is buffered is kept if the host can.
    /// `[control-thread]`
    ///
    /// @return how many rendered frames were discarded because the host cannot keep them
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when it is not there any more
    long pause() throws AudioException;

    /// Goes on after [#pause], also when a turn meanwhile seemed to end the stream. `[control-thread]`
    ///
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when it is not there any more
    void resume() throws AudioException;

    /// Discards what is buffered, running or paused. A running stream goes on, also when a turn meanwhile seemed to
    /// end it. `[control-thread]`
    ///
    /// @return how many rendered frames will not be heard
    long flush();

    /// Tells the host to stop, discards what is buffered; no turn comes after it returned. Positions go on from
    /// here at the next start. Never fails: a host that is gone is stopped. `[control-thread]`
    void stop();

    /// How far the converter is: the position of the frame that it renders (for streams that only capture: takes
    /// in) at an instant of the clock. `[control-thread]`
    PlayedPosition played();

    /// Frees everything. The host is silent: `stop` came before. `[control-thread]`
    void close();

    /// Gives up a stream whose callback does not return: the host is asked to stop only if that is safe while
    /// somebody is inside, and what the callback touches is leaked. `[control-thread]`
    void abandon();

    /// A frame and when it passes the converter.
    ///
    /// @param frames the position of the frame
    /// @param nanos the instant, of the driver's clock
    record PlayedPosition(long frames, long nanos) {}
}
