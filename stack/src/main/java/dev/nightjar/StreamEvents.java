package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The events of a stream on their way to the program's listeners: from the audio thread through a ring, from
/// control threads directly. Listeners run on the clock's control thread, one event at a time, in order, without
/// the stream's lock.
final class StreamEvents {
    private static final int CAPACITY = 256;
    private static final List<StreamEvent.Kind> KINDS = List.of(StreamEvent.Kind.values());

    private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<StreamEvent> pending = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();
    private final EventRing ring = new EventRing(CAPACITY);
    private final long[] event = new long[EventRing.FIELDS];
    private final AudioClock clock;

    StreamEvents(AudioClock clock) {
        this.clock = clock;
    }

    EventRing ring() {
        return ring;
    }

    Driver.Watch listen(Consumer<StreamEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Takes what the audio thread left. Under the stream's lock: the ring has one reader.
    void collect() {
        boolean any = false;
        while (ring.poll(event)) {
            StreamEvent.Kind kind = KINDS.get((int) event[0]);
            any |= pending.add(new StreamEvent(kind, event[1], event[2], event[3], Optional.empty()));
        }
        if (any) {
            clock.after(0, this::deliver);
        }
    }

    void tell(StreamEvent.Kind kind, long position, long value, @Nullable AudioException cause) {
        collect();
        pending.add(new StreamEvent(kind, clock.nanoTime(), position, value, Optional.ofNullable(cause)));
        clock.after(0, this::deliver);
    }

    private void deliver() {
        delivering.lock();
        try {
            for (StreamEvent next = pending.poll(); next != null; next = pending.poll()) {
                for (Consumer<StreamEvent> listener : listeners) {
                    hand(next, listener);
                }
            }
        } finally {
            delivering.unlock();
        }
    }

    private static void hand(StreamEvent next, Consumer<StreamEvent> listener) {
        try {
            listener.accept(next);
        } catch (RuntimeException e) {
            System.getLogger("dev.nightjar").log(System.Logger.Level.WARNING, "a stream's listener threw", e);
        }
    }

    /// Tells what there still is to tell, on the calling thread, and then no more. Without the stream's lock: a
    /// listener on
    /// another thread may be waiting for that.
    void close() {
        deliver();
        listeners.clear();
    }
}
