package dev.nightjar.player;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Calls the program's listener, one call at a time, and keeps what it throws away from the player.
final class Teller {
    private final PlayerListener listener;
    private final ReentrantLock telling = new ReentrantLock();

    Teller(PlayerListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<PlayerListener> news) {
        telling.lock();
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            System.getLogger("dev.nightjar.player").log(System.Logger.Level.WARNING, "a player's listener threw", e);
        } finally {
            telling.unlock();
        }
    }
}
