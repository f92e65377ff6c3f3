package dev.nightjar;

import dev.nightjar.spi.AnyThread;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a turn, or its `prepare`, has asked of its own stream: the last wish for a state, but nothing after a close,
/// and a flush. Allocates only in the constructor.
final class Wishes {
    private final AtomicReference<@Nullable StreamState> state = new AtomicReference<>();
    private volatile boolean flush;

    /// From within a turn: shuts its gate as far as the wish needs it.
    @AnyThread
    void ask(StreamState wanted, TurnGate through) {
        if (state.get() != StreamState.CLOSED) {
            state.set(wanted);
        }
        if (wanted == StreamState.DRAINING) {
            through.requestEnd();
        } else if (wanted != StreamState.RUNNING) {
            through.shut();
        }
    }

    @AnyThread
    void askToFlush() {
        flush = true;
    }

    boolean isEmpty() {
        return state.get() == null && !flush;
    }

    /// The state that is wished for, once.
    @Nullable
    StreamState takeState() {
        return state.getAndSet(null);
    }

    /// Whether a flush is wished for, once. Under the stream's lock.
    boolean takeFlush() {
        boolean wanted = flush;
        flush = false;
        return wanted;
    }
}
