package dev.nightjar.app;

import dev.nightjar.StreamEvent;
import dev.nightjar.player.Player;
import dev.nightjar.player.PlayerStatus;
import java.time.Duration;

/// How playing is shown. May be called by several threads.
interface View extends AutoCloseable {
    /// Something that a person should know before the first sample.
    void notice(String text);

    /// A track is about to be heard.
    void begun(Begun track);

    /// The way of the track that is heard is another one now.
    void rerouted(Begun track);

    /// A track, or one of the operands, cannot be played, or not to its end.
    void failed(Problem problem);

    /// Something happened to the stream, at this time of the track.
    void happened(StreamEvent event, Duration at);

    /// Playing is over.
    void ended(Summary summary, Exit exit);

    /// Attends to the player until it ends or a short while has passed.
    ///
    /// @return whether it goes on; false when a person asked to end
    boolean attend(Player player);

    /// Leaves the terminal as it was.
    @Override
    void close();

    /// The time of the track that is heard.
    static Duration time(PlayerStatus status) {
        return status.time(status.positionFrames());
    }
}
