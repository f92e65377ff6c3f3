package dev.nightjar.spi;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The machine's clock, with one daemon thread for tasks that ends when nothing has been due for a while.
final class SystemClock implements AudioClock {
    static final SystemClock INSTANCE = new SystemClock();

    private static final long POLL_NANOS = 200_000;

    private final ScheduledThreadPoolExecutor tasks = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("nightjar-control").factory());

    private SystemClock() {
        tasks.setKeepAliveTime(5, TimeUnit.SECONDS);
        tasks.allowCoreThreadTimeOut(true);
        tasks.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task after(long nanos, Runnable task) {
        Future<?> future = tasks.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public boolean await(BooleanSupplier condition, long deadlineNanos) {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(this, POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    @Override
    public void execute(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
