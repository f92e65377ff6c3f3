package dev.nightjar;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The counters of a stream at one moment; each is exact, but they are not read in the same instant.
///
/// @param values one for each counter
public record StreamCounters(Map<StreamCounter, Long> values) {
    public StreamCounters {
        Map<StreamCounter, Long> copy = new EnumMap<>(StreamCounter.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    public long get(StreamCounter counter) {
        return values.getOrDefault(counter, 0L);
    }

    public long xruns() {
        return get(StreamCounter.XRUNS);
    }
}
