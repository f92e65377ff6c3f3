package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;

/// The counters while they count: each has one writer at a time. Allocates only in the constructor and in
/// [#snapshot].
@SuppressWarnings("EnumOrdinal") // an index within this run, never stored
final class Counters {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final StreamCounter[] ALL = StreamCounter.values();

    private final long[] values = new long[ALL.length];

    @AudioThread
    void add(StreamCounter counter, long amount) {
        VALUE.getAndAddRelease(values, counter.ordinal(), amount);
    }

    @AudioThread
    void max(StreamCounter counter, long value) {
        if (value > get(counter)) {
            VALUE.setOpaque(values, counter.ordinal(), value);
        }
    }

    @AudioThread
    long get(StreamCounter counter) {
        return (long) VALUE.getAcquire(values, counter.ordinal());
    }

    StreamCounters snapshot() {
        Map<StreamCounter, Long> copy = new EnumMap<>(StreamCounter.class);
        for (StreamCounter counter : ALL) {
            copy.put(counter, get(counter));
        }
        return new StreamCounters(copy);
    }
}
