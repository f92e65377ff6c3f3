package dev.nightjar.player;

import dev.nightjar.media.MediaInfo;
import org.jspecify.annotations.Nullable;

/// A place in what is played.
///
/// @param index of the track
/// @param info of the track, if it was opened
/// @param frame of the track
record Spot(int index, @Nullable MediaInfo info, long frame) {
    static final Spot BEGINNING = new Spot(0, null, 0);

    /// The frames of the track, or -1 if they are not known.
    long length() {
        return info == null ? -1 : info.frames();
    }
}
