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
        Future<?> future = tasks.schedule(() -> run(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// The thread serves everybody: what a task throws is said, and the next one runs.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            System.getLogger("dev.nightjar").log(System.Logger.Level.ERROR, "a task of the clock threw", e);
        }
    }

    @Override
    public boolean await(BooleanSupplier condition, long deadlineNanos) {
        boolean interrupted = false;
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - deadlineNanos >= 0) {
                    return condition.getAsBoolean();
                }
                LockSupport.parkNanos(this, POLL_NANOS);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void execute(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
