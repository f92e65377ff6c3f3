package dev.nightjar.player;

import dev.nightjar.AudioException;
import dev.nightjar.StreamCounters;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/* What must take effect at once whatever the stepping thread is busy with (a read may block for as long as a pipe is silent) is done by the thread that
asks: pause, resume, stop. One lock guards the stream's transport between them; nobody decodes or tells under it. */
/// The outlet that is open, if there is one, and what the program wants of it. `[any-thread]`
final class Transport {
    private static final double FADE_SECONDS = 0.05;

    private final ReentrantLock lock = new ReentrantLock();
    private final Tally tally = new Tally();
    private volatile @Nullable Outlet outlet;
    private volatile boolean paused;
    private volatile boolean stopping;

    @Nullable
    Outlet outlet() {
        return outlet;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isStopping() {
        return stopping;
    }

    void use(Outlet opened) {
        lock.lock();
        try {
            outlet = opened;
        } finally {
            lock.unlock();
        }
    }

    /// Starts the stream, or lets it go on after a cut.
    void begin(Outlet primed) throws AudioException {
        lock.lock();
        try {
            if (primed.isStarted()) {
                primed.goOn(paused);
            } else if (!paused && !stopping) {
                primed.start();
            }
        } finally {
            lock.unlock();
        }
    }

    void cut(Outlet open) throws AudioException {
        lock.lock();
        try {
            open.cut();
        } finally {
            lock.unlock();
        }
    }

    void hold(boolean held) throws AudioException {
        lock.lock();
        try {
            paused = held;
            Outlet now = outlet;
            if (now != null && now.isStarted()) {
                if (held) {
                    now.stream.pause();
                } else {
                    now.stream.resume();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends with a fade, if something is heard.
    void fade() {
        lock.lock();
        try {
            Outlet now = outlet;
            if (!stopping && now != null && now.isStarted() && !paused) {
                now.fade(FADE_SECONDS);
            }
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing is to be started any more.
    void abort() {
        stopping = true;
    }

    void close() {
        Outlet old;
        lock.lock();
        try {
            old = outlet;
            outlet = null;
        } finally {
            lock.unlock();
        }
        if (old != null) {
            old.close();
            tally.keep(old);
        }
    }

    /// The time of all frames that were rendered.
    Duration played() {
        Outlet now = outlet;
        return now == null ? tally.played() : tally.played().plus(now.played());
    }

    StreamCounters counters() {
        Outlet now = outlet;
        return now == null ? tally.closed() : tally.with(now);
    }
}
