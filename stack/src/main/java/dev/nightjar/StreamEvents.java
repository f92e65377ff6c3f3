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
/// control threads directly. Listeners run on a control thread, one event at a time, in order, without the
/// stream's lock. Whoever comes while another thread hands out events, or a listener itself, leaves its own to
/// that thread.
final class StreamEvents {
    private static final int CAPACITY = 256;
    private static final List<StreamEvent.Kind> KINDS = List.of(StreamEvent.Kind.values());

    private final List<Ear> listeners = new CopyOnWriteArrayList<>();
    private final Queue<StreamEvent> pending = new ConcurrentLinkedQueue<>();
    private final ReentrantLock delivering = new ReentrantLock();
    private final EventRing ring = new EventRing(CAPACITY);
    private final long[] event = new long[EventRing.FIELDS];
    private final AudioClock clock;

    /// A listener until its watch is closed.
    private static final class Ear implements Driver.Watch {
        private final Consumer<StreamEvent> listener;
        private volatile boolean closed;

        Ear(Consumer<StreamEvent> listener) {
            this.listener = listener;
        }

        void hear(StreamEvent event) {
            if (closed) {
                return;
            }
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                System.getLogger("dev.nightjar").log(System.Logger.Level.WARNING, "a stream's listener threw", e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    StreamEvents(AudioClock clock) {
        this.clock = clock;
    }

    EventRing ring() {
        return ring;
    }

    Driver.Watch listen(Consumer<StreamEvent> listener) {
        listeners.removeIf(ear -> ear.closed);
        Ear ear = new Ear(listener);
        listeners.add(ear);
        return ear;
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
        while (!pending.isEmpty() && !delivering.isHeldByCurrentThread() && delivering.tryLock()) {
            try {
                for (StreamEvent next = pending.poll(); next != null; next = pending.poll()) {
                    for (Ear ear : listeners) {
                        ear.hear(next);
                    }
                }
            } finally {
                delivering.unlock();
            }
        }
    }

    /// Tells what there still is to tell, on the calling thread or on the one that is at it. Without the stream's
    /// lock, after the last event.
    void close() {
        deliver();
    }
}
