package dev.nightjar.player;

import dev.nightjar.StreamCounter;
import dev.nightjar.StreamCounters;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// The counters of the streams that a player had, and the time that it played.
final class Tally {
    private volatile StreamCounters closed = new StreamCounters(Map.of());
    private volatile Duration played = Duration.ZERO;

    /// Keeps those of a stream that was closed.
    void keep(Outlet old) {
        closed = with(old);
        played = played.plus(old.played());
    }

    /// All, with those of a stream that is open.
    StreamCounters with(Outlet open) {
        return sum(closed, open.counters());
    }

    /// Those of the closed streams.
    StreamCounters closed() {
        return closed;
    }

    /// What the closed streams played.
    Duration played() {
        return played;
    }

    private static StreamCounters sum(StreamCounters left, StreamCounters right) {
        Map<StreamCounter, Long> sum = new EnumMap<>(StreamCounter.class);
        for (StreamCounter counter : StreamCounter.values()) {
            long a = left.get(counter);
            long b = right.get(counter);
            sum.put(counter, counter == StreamCounter.WORST_TURN_NANOS ? Math.max(a, b) : a + b);
        }
        return new StreamCounters(sum);
    }
}
