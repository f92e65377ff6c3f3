package dev.nightjar.player;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Endpoint;
import dev.nightjar.driver.virtual.FaultScript;
import dev.nightjar.driver.virtual.VirtualClock;
import dev.nightjar.driver.virtual.VirtualDriver;
import java.time.Duration;
import java.util.List;

/// A playback in virtual time: its steps run on the thread that moves the clock, so that the same test gives the
/// same run.
final class Stage implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(5);

    final VirtualClock clock = new VirtualClock();
    final VirtualDriver driver;
    final Audio audio;
    final News news = new News();
    private Playback playback;

    Stage() {
        this(FaultScript.NONE);
    }

    Stage(FaultScript faults) {
        driver = new VirtualDriver(clock, faults);
        audio = Audio.of(driver);
    }

    Endpoint endpoint(String address) throws AudioException {
        return audio.endpoint(Address.parse(address));
    }

    Playback play(String address, PlayerSettings settings, Track... tracks) throws AudioException {
        playback = new Playback(endpoint(address), settings, List.of(tracks), news, () -> {});
        work();
        return playback;
    }

    /// Steps until there is nothing to do at this instant.
    void work() {
        for (int i = 0; playback.step() == 0; i++) {
            if (i == 100_000) {
                throw new AssertionError("a playback that never rests: " + news.lines);
            }
        }
    }

    void advance(Duration time) {
        for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plus(TICK)) {
            work();
            clock.advance(TICK);
        }
        work();
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /// Plays to the end, at most a minute.
    void toEnd() {
        for (int i = 0; i < 12_000 && !playback.isOver(); i++) {
            advance(TICK);
        }
        if (!playback.isOver()) {
            throw new AssertionError("a playback that never ends: " + news.lines);
        }
    }

    @Override
    public void close() {
        if (playback != null) {
            playback.abort();
            work();
        }
        audio.close();
    }
}
