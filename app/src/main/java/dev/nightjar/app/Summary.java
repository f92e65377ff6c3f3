package dev.nightjar.app;

import dev.nightjar.StreamCounter;
import dev.nightjar.StreamCounters;
import java.time.Duration;

/// How playing went.
///
/// @param begun how many tracks were heard, whole or in part
/// @param failed how many could not be, or not to their end
/// @param position where the last one was left
/// @param counters of all streams
/// @param exit how the program will end
record Summary(int begun, int failed, Duration position, StreamCounters counters, Exit exit) {
    long starvedFrames() {
        return counters.get(StreamCounter.STARVED_FRAMES);
    }

    boolean isCutShort() {
        return exit == Exit.INTERRUPTED || exit == Exit.TERMINATED || exit == Exit.PIPE;
    }
}
