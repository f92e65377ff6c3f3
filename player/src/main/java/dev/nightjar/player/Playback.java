package dev.nightjar.player;

import dev.nightjar.AudioException;
import dev.nightjar.Endpoint;
import dev.nightjar.Failure;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The work behind a [Player]: one thread steps, which opens tracks and streams, decodes ahead, and tells what is
/// heard.
final class Playback {
    /// No further step.
    static final long OVER = -1;

    private static final long POLL_NANOS = 10_000_000;
    private static final long UNPACED_POLL_NANOS = 500_000;
    private static final Duration RESTART = Duration.ofSeconds(3);

    private final Endpoint endpoint;
    private final PlayerSettings settings;
    private final Changer changer;
    private final Teller teller;
    private final Runnable whenOver;
    private final Transport transport = new Transport();
    private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Thread stepper;
    private volatile Spot spot = Spot.BEGINNING;
    private int announced = -1;
    private boolean rebuilding;

    /// @param whenOver runs after the listener heard of the end
    Playback(
            Endpoint endpoint,
            PlayerSettings settings,
            List<Track> tracks,
            PlayerListener listener,
            Runnable whenOver) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.teller = new Teller(listener);
        this.changer = new Changer(tracks, settings.start(), teller);
        this.whenOver = whenOver;
    }

    /// Steps until it is over.
    void run() {
        stepper = Thread.currentThread();
        try {
            for (long wait = step(); wait != OVER; wait = step()) {
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        } catch (RuntimeException | Error e) {
            finish(e instanceof Exception exception ? exception : new IllegalStateException(e));
        } finally {
            changer.close();
        }
    }

    /// Does the next piece of work. Called by one thread.
    ///
    /// @return how many ns later it should be called again, or [#OVER]
    long step() {
        boolean busy = false;
        try {
            for (Runnable wish = wishes.poll(); wish != null && !ended.get(); wish = wishes.poll()) {
                wish.run();
            }
            busy = !ended.get() && lookAfterStream() && advance();
        } catch (AudioException e) {
            finish(e);
        }
        if (ended.get()) {
            changer.close();
            return OVER;
        }
        Outlet now = transport.outlet();
        return busy ? 0 : now == null || now.isPaced() ? POLL_NANOS : UNPACED_POLL_NANOS;
    }

    /// Follows what the stream does.
    ///
    /// @return whether decoding may go on
    private boolean lookAfterStream() throws AudioException {
        Outlet now = transport.outlet();
        if (now == null) {
            if (transport.isStopping()) {
                finish(null);
            }
            return !transport.isStopping();
        }
        StreamState state = now.stream.state();
        if (state == StreamState.FAILED) {
            finish(now.stream.failure().orElse(null));
        } else if (transport.isStopping() && isSilent(now, state)) {
            finish(null);
        } else if (state == StreamState.REBUILDING) {
            now.feed.hold();
            rebuilding = true;
        } else if (rebuilding) {
            rebuilding = false;
            adopt(now);
        } else {
            spot = now.spot(spot);
        }
        if (ended.get()) {
            return false;
        }
        tellBeginnings(now, now.heard());
        if (now.isPlayedOut(state)) {
            leave(now);
            return !ended.get();
        }
        prime(now);
        return !transport.isStopping();
    }

    private boolean isSilent(Outlet now, StreamState state) {
        return !now.isStarted()
                || transport.isPaused()
                || (state != StreamState.RUNNING && state != StreamState.DRAINING);
    }

    private void leave(Outlet now) {
        tellBeginnings(now, Long.MAX_VALUE);
        transport.close();
        if (changer.deck() == null && !changer.hasNext()) {
            finish(null);
        }
    }

    /// Starts the stream, or lets it go on after a cut, as soon as there is enough for the host's buffer.
    private void prime(Outlet now) throws AudioException {
        if (!now.isPrimed() || (!now.isStarted() && transport.isPaused())) {
            return;
        }
        announce(now, now.line().first());
        transport.begin(now);
    }

    private void tellBeginnings(Outlet now, long heard) {
        if (!now.isStarted()) {
            return;
        }
        Line line = now.line();
        announce(now, line.first());
        for (Passage begun = line.pass(heard); begun != null; begun = line.pass(heard)) {
            announce(now, begun);
        }
    }

    private void announce(Outlet now, @Nullable Passage begun) {
        if (begun != null
                && begun.index() != announced
                && begun.from() < now.line().written()) {
            announced = begun.index();
            spot = new Spot(begun.index(), begun.info(), begun.firstFrame());
            teller.tell(listener -> listener.trackBegan(
                    begun.track(), begun.info(), begun.path().then(now.stream.path()), now.stream.shape()));
        }
    }

    /// Goes on in a stream that was rebuilt, with the frame that was heard last.
    private void adopt(Outlet now) throws AudioException {
        StreamShape shape = now.reshaped();
        boolean _ = jump(spot.index(), spot.frame());
        Deck playing = changer.deck();
        if (playing != null && !playing.isPlayingInto(now.line())) {
            playing.playInto(now.line(), settings.gainDb());
        }
        Passage heard = now.line().first();
        if (heard != null && shape != null) {
            teller.tell(
                    listener -> listener.pathChanged(heard.track(), heard.path().then(now.stream.path()), shape));
        }
    }

    /// Opens or decodes what comes next.
    ///
    /// @return whether there is more to do at once
    private boolean advance() throws AudioException {
        Outlet now = transport.outlet();
        Deck playing = changer.deck();
        if (playing == null) {
            if (changer.hasNext()) {
                changer.openNext();
                return true;
            } else if (now == null) {
                finish(null);
            } else {
                now.feed.finish();
            }
            return false;
        }
        if (now == null) {
            openOutlet(playing);
            return true;
        }
        if (!playing.isPlayingInto(now.line())) {
            if (now.feed.isFinished() || !now.carries(playing.info)) {
                now.feed.finish();
                return false;
            }
            playing.playInto(now.line(), settings.gainDb());
        }
        if (now.line().ring.writable() < Deck.BLOCK_FRAMES) {
            return false;
        }
        changer.decode(playing, announced);
        prime(now);
        playing.measure();
        return true;
    }

    private void openOutlet(Deck playing) throws AudioException {
        try {
            transport.use(Outlet.open(endpoint, settings, playing.info, this::streamEvent));
        } catch (AudioException e) {
            if (e.failure() != Failure.FORMAT_UNSUPPORTED) {
                throw e;
            }
            changer.refuse(playing.track, e);
        }
    }

    /// Goes to a frame of a track, leaving what is heard as it is if that cannot be.
    ///
    /// @return whether it went
    private boolean jump(int index, long frame) throws AudioException {
        Deck target = changer.goTo(index, frame);
        if (target == null) {
            return false;
        }
        Outlet now = transport.outlet();
        if (now != null && now.carries(target.info)) {
            transport.cut(now);
            target.playInto(now.line(), settings.gainDb());
        } else {
            transport.close();
        }
        spot = new Spot(index, target.info, frame);
        return true;
    }

    void seek(Duration to) {
        wish(() -> seekIn(here(), 0, to));
    }

    void seekBy(Duration by) {
        wish(() -> seekIn(here(), here().frame(), by));
    }

    private void seekIn(Spot here, long from, Duration by) throws AudioException {
        MediaInfo info = here.info();
        if (info != null) {
            boolean _ = jump(here.index(), Math.max(0, from + Changer.frames(by, info)));
        }
    }

    void next() {
        wish(() -> {
            int index = here().index() + 1;
            while (index < changer.size() && !jump(index, 0)) {
                index++;
            }
            if (index >= changer.size()) {
                stop();
            }
        });
    }

    void previous() {
        wish(() -> {
            Spot here = here();
            MediaInfo info = here.info();
            boolean early = info == null || here.frame() < Changer.frames(RESTART, info);
            boolean _ = jump(early ? Math.max(0, here.index() - 1) : here.index(), 0);
        });
    }

    /// Something to be done by the thread that steps.
    private interface Wish {
        void run() throws AudioException;
    }

    private void wish(Wish what) {
        wishes.add(() -> {
            try {
                what.run();
            } catch (AudioException e) {
                finish(e);
            }
        });
        wake();
    }

    private void wake() {
        LockSupport.unpark(stepper);
    }

    private Spot here() {
        Outlet now = transport.outlet();
        return now == null || now.stream.state() == StreamState.REBUILDING ? spot : now.spot(spot);
    }

    void pause() {
        hold(true);
    }

    void resume() {
        hold(false);
    }

    private void hold(boolean held) {
        try {
            transport.hold(held);
        } catch (AudioException e) {
            wish(() -> {
                throw e;
            });
        }
        wake();
    }

    /// Fades what is heard. Where nothing is, that is all, whatever the stepping thread waits for.
    void stop() {
        transport.fade();
        Outlet now = transport.outlet();
        if (now == null || isSilent(now, now.stream.state())) {
            finish(null);
        }
        wake();
    }

    /// Ends without a fade.
    void abort() {
        transport.abort();
        finish(null);
        wake();
    }

    boolean isOver() {
        return ended.get();
    }

    private void streamEvent(StreamEvent event) {
        teller.tell(listener -> listener.streamEvent(event));
        if (transport.isStopping() && event.kind() == StreamEvent.Kind.DRAINED) {
            finish(null);
        }
        wake();
    }

    private void finish(@Nullable Exception cause) {
        if (!ended.getAndSet(true)) {
            spot = here();
            transport.close();
            teller.tell(listener -> listener.ended(Optional.ofNullable(cause)));
            whenOver.run();
        }
    }

    PlayerStatus status() {
        Outlet now = transport.outlet();
        Spot here = here();
        return new PlayerStatus(
                state(now),
                here.index(),
                Optional.ofNullable(here.info()),
                here.frame(),
                here.length(),
                transport.played(),
                now == null ? 0 : now.line().fill(),
                transport.counters(),
                now == null ? List.of() : now.line().levels(now.heard()),
                now == null ? endpoint : now.stream.endpoint());
    }

    private PlayerStatus.State state(@Nullable Outlet now) {
        if (ended.get()) {
            return PlayerStatus.State.ENDED;
        } else if (transport.isPaused()) {
            return PlayerStatus.State.PAUSED;
        } else if (now == null || !now.isStarted()) {
            return PlayerStatus.State.OPENING;
        }
        return now.stream.state() == StreamState.REBUILDING
                ? PlayerStatus.State.REBUILDING
                : PlayerStatus.State.PLAYING;
    }
}
