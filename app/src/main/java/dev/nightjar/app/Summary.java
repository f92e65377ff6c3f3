package dev.nightjar.app;

import dev.nightjar.StreamCounter;
import dev.nightjar.player.PlayerStatus;

/// How playing went.
///
/// @param begun how many tracks were heard, whole or in part
/// @param incomplete how many of those are damaged, or broke off before their end
/// @param failed how many could not be played at all
/// @param exact whether a track's path was exact
/// @param stopped whether a person or a signal asked to end
/// @param status the player at its end
record Summary(int begun, int incomplete, int failed, boolean exact, boolean stopped, PlayerStatus status) {
    int played() {
        return begun - incomplete;
    }

    long starvedFrames() {
        return status.counters().get(StreamCounter.STARVED_FRAMES);
    }

    /// Frames of silence that no file holds. A pause and a jump lose frames of the host's buffer too, as was wished:
    /// only
    /// behind an xrun or a rebuilt stream do lost frames count.
    long silentFrames() {
        boolean gaps = status.counters().xruns() > 0 || status.counters().get(StreamCounter.REBUILDS) > 0;
        return starvedFrames() + (gaps ? status.counters().get(StreamCounter.GAP_FRAMES) : 0);
    }

    /// Whether the samples were to arrive as they are, and silence came between them.
    boolean isBroken() {
        return exact && silentFrames() > 0;
    }
}
