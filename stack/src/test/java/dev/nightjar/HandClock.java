package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// Time that the test moves: what is due runs on the thread that waits or advances, in the order of its instants.
final class HandClock implements AudioClock {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private volatile long now = 1_000_000_000L;
    private long sequence;

    private record Due(long at, long order, Runnable work) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    void advance(Duration time) {
        await(() -> false, now + time.toNanos());
    }

    @Override
    public synchronized Task after(long nanos, Runnable task) {
        Due due = new Due(now + Math.max(0, nanos), sequence++, task);
        queue.add(due);
        return () -> {
            synchronized (this) {
                queue.remove(due);
            }
        };
    }

    @Override
    public void execute(String name, Runnable work) {
        after(0, work);
    }

    @Override
    public boolean await(BooleanSupplier condition, long deadlineNanos) {
        while (!condition.getAsBoolean()) {
            Due next;
            synchronized (this) {
                next = queue.peek();
                if (next == null || next.at > deadlineNanos) {
                    now = Math.max(now, deadlineNanos);
                    return condition.getAsBoolean();
                }
                queue.remove(next);
                now = Math.max(now, next.at);
            }
            next.work.run();
        }
        return true;
    }
}
