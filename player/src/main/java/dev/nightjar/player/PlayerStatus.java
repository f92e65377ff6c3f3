package dev.nightjar.player;

import dev.nightjar.Endpoint;
import dev.nightjar.StreamCounters;
import dev.nightjar.media.MediaInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A player at one moment.
///
/// @param state where it is
/// @param track the index of the track that is heard, of the list that was given
/// @param info what the track says about itself, once one was opened
/// @param positionFrames the frame of the track that is heard: at the converter, as far as the host tells
/// @param lengthFrames the frames of the track, or -1 if it does not say
/// @param played how much was played of all tracks so far; what was heard twice counts twice
/// @param bufferFill how full the buffer of decoded frames is, 0 to 1
/// @param counters of all streams of the player so far; [dev.nightjar.StreamCounter#STARVED_FRAMES] counts silence
///     that was heard because decoding did not keep up
/// @param levels of each channel of the endpoint, heard since the last asking; empty where there are none: DSD,
///     encoded formats, nothing heard
/// @param endpoint that it plays on now
public record PlayerStatus(
        State state,
        int track,
        Optional<MediaInfo> info,
        long positionFrames,
        long lengthFrames,
        Duration played,
        double bufferFill,
        StreamCounters counters,
        List<Level> levels,
        Endpoint endpoint) {
    /// Where a player is.
    public enum State {
        /// A file or the endpoint is being opened.
        OPENING,
        PLAYING,
        PAUSED,
        /// The endpoint was lost; playing goes on when it is back.
        REBUILDING,
        /// Over; nothing will be heard any more.
        ENDED
    }

    /// What was heard on a channel, as a fraction of full scale.
    ///
    /// @param peak the greatest size of a sample
    /// @param rms the root of the mean square
    public record Level(double peak, double rms) {}

    public PlayerStatus {
        levels = List.copyOf(levels);
    }

    /// Frames of the track as time; zero before one was opened.
    public Duration time(long frames) {
        return info.map(known -> Duration.ofNanos(
                        Math.round(frames * 1e9 / known.format().rate())))
                .orElse(Duration.ZERO);
    }
}
