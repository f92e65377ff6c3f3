package dev.nightjar.player;

import dev.nightjar.SignalPath;
import dev.nightjar.StreamEvent;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.spi.StreamShape;
import java.io.IOException;
import java.util.Optional;

/// Hears how playing goes, one call at a time. `[control-thread]`
public interface PlayerListener {
    /// A track is about to be heard: before its stream is started, or, behind another track without a gap, when its
    /// first frame is at the converter.
    ///
    /// @param path everything that happens to its samples, from the file to the hardware
    /// @param shape what the host granted
    default void trackBegan(Track track, MediaInfo info, SignalPath path, StreamShape shape) {}

    /// The way of the track that is heard is another one now: its stream was rebuilt on something that takes another
    /// format.
    default void pathChanged(Track track, SignalPath path, StreamShape shape) {}

    /// A track cannot be played; the next one is tried.
    ///
    /// @param cause an [IOException] when it cannot be read, a [dev.nightjar.AudioException] when the endpoint does
    ///     not take its format
    default void trackRefused(Track track, Exception cause) {}

    /// A track is damaged: what was decoded before is played, then what the reader finds behind the damage, or the
    /// next track.
    default void trackDamaged(Track track, IOException cause) {}

    /// Something happened to the stream.
    default void streamEvent(StreamEvent event) {}

    /// Playing is over: nothing is heard and nothing will be. The last call.
    ///
    /// @param cause why it ended before the last track did, empty if that was wished for
    default void ended(Optional<Exception> cause) {}
}
