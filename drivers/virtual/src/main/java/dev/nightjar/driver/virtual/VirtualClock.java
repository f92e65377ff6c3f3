package dev.nightjar.driver.virtual;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Time that a test moves. Turns, tasks and faults that fall due run on the thread that moves it, one after the
/// other in the order of their instants, and in the order of their asking where these are equal: the same test
/// gives the same run, always.
///
/// Time moves in [#advance] and while a control thread waits: [dev.nightjar.Stream#drain] and
/// [dev.nightjar.Stream#await] move it themselves. A processor that is to take long says so with [#spend].
public final class VirtualClock implements AudioClock {
    private static final long EPOCH = 1_000_000_000L;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private volatile long now = EPOCH;
    private long sequence;
    private @Nullable Due current;
    private @Nullable Thread runner;

    /// Something that is to happen at an instant.
    private static final class Due implements Comparable<Due> {
        long at;
        long order;
        final Runnable work;
        final @Nullable Object owner;

        Due(Runnable work, @Nullable Object owner) {
            this.work = work;
            this.owner = owner;
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// A clock that stands still until it is moved.
    public VirtualClock() {}

    @Override
    public long nanoTime() {
        return now;
    }

    /// How much time has passed since the clock was made. `[any-thread]`
    public Duration elapsed() {
        return Duration.ofNanos(now - EPOCH);
    }

    /// Moves time on and runs everything that falls due. `[control-thread]`
    public void advance(Duration time) {
        await(() -> false, now + time.toNanos());
    }

    /// Lets the calling processor, or any task that runs inside the clock, take so much time: others become late.
    /// `[any-thread]`
    public void spend(Duration time) {
        lock.lock();
        try {
            long later = now + time.toNanos();
            now = later;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Task after(long nanos, Runnable task) {
        Due due = enqueue(now + Math.max(0, nanos), task, null);
        return () -> remove(due);
    }

    @Override
    public void execute(String name, Runnable work) {
        enqueue(now, work, null);
    }

    @Override
    public boolean await(BooleanSupplier condition, long deadlineNanos) {
        while (!condition.getAsBoolean()) {
            if (!runNext(deadlineNanos)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /// Runs the next thing that is due up to the deadline, or moves time there.
    private boolean runNext(long deadline) {
        Thread self = Thread.currentThread();
        Due next;
        Due outer;
        boolean nested;
        lock.lock();
        try {
            awaitTurn(self);
            next = queue.peek();
            if (next == null || next.at > deadline) {
                now = Math.max(now, deadline);
                return false;
            }
            queue.remove(next);
            now = Math.max(now, next.at);
            nested = runner == self;
            runner = self;
            outer = current;
            current = next;
        } finally {
            lock.unlock();
        }
        try {
            next.work.run();
        } finally {
            lock.lock();
            try {
                if (runner == self) {
                    current = outer;
                    runner = nested ? self : null;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    /// Waits until no other thread runs what is due. One that is stuck, in a processor that does not return, is left
    /// behind after a while of real time: without time there would be no giving up on it.
    private void awaitTurn(Thread self) {
        boolean interrupted = false;
        Due last = current;
        long patience = PATIENCE_NANOS;
        while (runner != null && runner != self) {
            try {
                patience = changed.awaitNanos(patience);
            } catch (InterruptedException _) {
                interrupted = true;
            }
            if (current != last) {
                last = current;
                patience = PATIENCE_NANOS;
            } else if (patience <= 0) {
                runner = null;
                current = null;
            }
        }
        if (interrupted) {
            self.interrupt();
        }
    }

    private Due enqueue(long at, Runnable work, @Nullable Object owner) {
        Due due = new Due(work, owner);
        enqueue(due, at);
        return due;
    }

    private void enqueue(Due due, long at) {
        lock.lock();
        try {
            due.at = at;
            due.order = sequence++;
            queue.add(due);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void remove(Due due) {
        lock.lock();
        try {
            queue.remove(due);
        } finally {
            lock.unlock();
        }
    }

    /// Runs loops inside this clock. `[control-thread]`
    Pace pace() {
        return (_, loop) -> {
            Steps steps = new Steps(loop);
            enqueue(steps.due, now);
            return steps;
        };
    }

    /// A loop as a chain of things due.
    private final class Steps implements Pace.Runner {
        private final Loop loop;
        private final Due due = new Due(this::step, this);
        private volatile boolean halted;

        Steps(Loop loop) {
            this.loop = loop;
        }

        private void step() {
            if (halted) {
                return;
            }
            long next = loop.step(now);
            if (next != Loop.STOP && !halted) {
                enqueue(due, next);
            }
        }

        @Override
        public void halt() {
            halted = true;
            lock.lock();
            try {
                queue.removeIf(due -> due.owner == this);
                while (current != null && current.owner == this && runner != Thread.currentThread()) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
