package dev.nightjar;

import com.sun.management.ThreadMXBean;
import dev.nightjar.spi.FrameRing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/// Does what the audio thread does to the rings and counters, full and empty, and prints how many bytes the last of
/// several windows allocated. The compiler itself now and then puts bytes on the account of a thread, so there are
/// windows until one is clean, at most [#WINDOWS]. A program of its own, so that it can run in a virtual machine with
/// other settings.
final class AllocationProbe {
    private static final int WINDOWS = 40;
    private static final int ROUNDS = 20_000;

    private final EventRing events = new EventRing(8);
    private final Counters counters = new Counters();
    private final FrameRing frames = new FrameRing(6, 100);
    private final MemorySegment memory = Arena.ofAuto().allocate(600, 8);
    private final long[] event = new long[EventRing.FIELDS];

    private AllocationProbe() {}

    private void round(int n) {
        for (int i = 0; i < 10; i++) {
            if (!events.offer(i, n, n, n)) {
                counters.add(StreamCounter.EVENTS_DROPPED, 1);
            }
        }
        while (events.poll(event)) {
            counters.max(StreamCounter.WORST_TURN_NANOS, event[1]);
        }
        frames.write(memory, 0, 90);
        frames.read(memory, 0, 40);
        frames.write(memory, 0, 90);
        counters.add(StreamCounter.GAP_FRAMES, frames.flush());
        frames.read(memory, 0, 90);
        counters.add(StreamCounter.FRAMES, counters.get(StreamCounter.GAP_FRAMES));
    }

    private long lastWindow() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 1;
        for (int window = 0; window < WINDOWS && bytes != 0; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int n = 0; n < ROUNDS; n++) {
                round(n);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }

    public static void main(String[] args) {
        AllocationProbe probe = new AllocationProbe();
        System.out.println(
                "bytes=" + probe.lastWindow() + " dropped=" + (probe.counters.get(StreamCounter.EVENTS_DROPPED) > 0));
    }
}
