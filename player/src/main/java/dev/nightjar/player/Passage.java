package dev.nightjar.player;

import dev.nightjar.SignalPath;
import dev.nightjar.media.MediaInfo;

/// Frames of one track that lie in a line one after the other.
///
/// @param from the first one's index in the line
/// @param index of the track
/// @param firstFrame the first one's index in the track
/// @param path from the file to the stream
record Passage(long from, int index, Track track, MediaInfo info, long firstFrame, SignalPath path) {
    /// The frame of the track that a frame of the line is.
    long frame(long lineFrame) {
        long frame = firstFrame + Math.max(0, lineFrame - from);
        return info.frames() < 0 ? frame : Math.min(frame, info.frames());
    }
}
