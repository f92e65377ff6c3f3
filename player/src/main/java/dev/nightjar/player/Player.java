package dev.nightjar.player;

import dev.nightjar.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Plays tracks one after the other on an endpoint. Every method may be called from any thread and returns soon;
/// what comes of it shows in [#status()] and is told to the listener. `[any-thread]`
public final class Player implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 200;

    private final Playback playback;
    private final Thread thread;
    private final CountDownLatch over = new CountDownLatch(1);

    private Player(Endpoint endpoint, PlayerSettings settings, List<Track> tracks, PlayerListener listener) {
        this.playback = new Playback(endpoint, settings, tracks, listener, over::countDown);
        this.thread = Thread.ofPlatform().daemon().name("nightjar-player").unstarted(playback::run);
    }

    /// Begins to play. Returns at once; files and endpoint are opened on a thread of the player's own, and what
    /// cannot be opened is told to the listener.
    ///
    /// @param tracks played in this order
    public static Player play(Endpoint endpoint, PlayerSettings settings, List<Track> tracks, PlayerListener listener) {
        Player player = new Player(endpoint, settings, tracks, listener);
        player.thread.start();
        return player;
    }

    /// Holds what is heard at once.
    public void pause() {
        playback.pause();
    }

    /// Goes on after [#pause]. Does nothing if it is not paused.
    public void resume() {
        playback.resume();
    }

    /// Goes to a place in the track that is heard, exactly to the frame; beyond its end to the next track. An input
    /// that cannot seek goes forward only, by decoding what lies between, and stays where it is otherwise.
    ///
    /// @param to from the beginning of the track; before it counts as its beginning
    public void seek(Duration to) {
        playback.seek(to);
    }

    /// Goes forward or, negative, backward in the track that is heard, as [#seek] does.
    public void seekBy(Duration by) {
        playback.seekBy(by);
    }

    /// Goes to the next track that can be played; behind the last one the player stops.
    public void next() {
        playback.next();
    }

    /// Goes to the beginning of the track, or, within its first three seconds, to the track before.
    public void previous() {
        playback.previous();
    }

    /// Ends what is heard: fades it within 50 ms, DSD and encoded formats end with their silence, and stops. The
    /// listener hears when that has happened; at once if nothing is heard, also while a source does not return from
    /// a read.
    public void stop() {
        playback.stop();
    }

    /// Waits until playing is over.
    ///
    /// @return whether it is, within the time
    public boolean await(Duration time) {
        try {
            return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return playback.isOver();
        }
    }

    /// The player now. The levels are those since the last asking.
    public PlayerStatus status() {
        return playback.status();
    }

    /// Stops at once and frees everything; any number of times. A track whose source does not return from a read is
    /// left to its thread, which ends with that read.
    @Override
    public void close() {
        playback.abort();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!thread.join(Duration.ofMillis(PATIENCE_MILLIS))) {
                thread.interrupt();
                boolean _ = thread.join(Duration.ofMillis(PATIENCE_MILLIS));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
