package dev.nightjar.driver.virtual;

/// Runs loops in time: on threads of their own, or inside a [VirtualClock].
interface Pace {
    /// Begins to call a loop, at once. `[control-thread]`
    Runner run(String name, Loop loop);

    /// A loop that is being called.
    interface Runner {
        /// Ends the calls; none is inside any more when it returns, unless `seconds` passed. `[control-thread]`
        void halt();
    }
}
