package dev.nightjar.spi;

import java.util.function.BooleanSupplier;

/// Time for drivers and streams: the machine's, or one that a test moves. Its instants are those of
/// `System.nanoTime`.
public interface AudioClock {
    /// The machine's clock.
    static AudioClock system() {
        return SystemClock.INSTANCE;
    }

    /// Now. `[any-thread]`
    long nanoTime();

    /// Runs a task on a control thread after a while, once. Tasks of one clock run one at a time and should not
    /// take long. `[any-thread]`
    ///
    /// @return cancels the task if it has not begun
    Task after(long nanos, Runnable task);

    /// Waits until a condition holds or a deadline is reached; the condition is asked again and again. An
    /// interrupt ends no wait, since what is waited for may be that nobody touches memory any more; the thread
    /// keeps its mark. `[control-thread]`
    ///
    /// @return whether the condition holds
    boolean await(BooleanSupplier condition, long deadlineNanos);

    /// Runs work that may take long, such as opening a device, on a control thread of its own, as soon as can be.
    /// `[any-thread]`
    void execute(String name, Runnable work);

    /// A task that was asked for.
    interface Task {
        /// Keeps it from running if it has not begun; any number of times. `[any-thread]`
        void cancel();
    }
}
