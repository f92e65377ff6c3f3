package dev.nightjar.app;

import dev.nightjar.Endpoint;
import dev.nightjar.ShareMode;
import dev.nightjar.SignalPath;
import dev.nightjar.StreamEvent;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.player.Player;
import dev.nightjar.player.PlayerListener;
import dev.nightjar.player.PlayerSettings;
import dev.nightjar.player.PlayerStatus;
import dev.nightjar.player.Track;
import dev.nightjar.spi.StreamShape;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of `play`: tells the view what the player does, and keeps count of what went wrong.
final class Session implements PlayerListener {
    /// What is loaded to listen to signals and keys waits until the first samples are on their way.
    private static final Duration HEAD_START = Duration.ofMillis(50);

    private final View view;
    private final Endpoint endpoint;
    private final PlayerSettings settings;
    private final List<Track> tracks;
    /// By identity: to compare records links their methods, which takes longer than to open a file.
    private final IdentityHashMap<Track, Integer> numbers = new IdentityHashMap<>();

    private final Set<Track> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Track> damaged = Collections.newSetFromMap(new IdentityHashMap<>());
    private int missing;
    private volatile @Nullable Player player;
    private volatile @Nullable Exit wish;
    private volatile Output.@Nullable Lost lost;
    private @Nullable Begun heard;
    private @Nullable Track hearing;
    private boolean exact;
    private volatile boolean quit;
    private @Nullable Exit firstProblem;

    Session(View view, Endpoint endpoint, PlayerSettings settings, List<Track> tracks) {
        this.view = view;
        this.endpoint = endpoint;
        this.settings = settings;
        this.tracks = tracks;
        for (Track track : tracks) {
            numbers.put(track, numbers.size() + 1);
        }
    }

    /// Something that was to be played and is not, found before the player begins.
    void missing(Problem problem) {
        missing++;
        count(problem);
        view.failed(problem);
    }

    /// Plays until the end, or until it is stopped.
    ///
    /// @param started runs once the player is at work
    Exit play(Runnable started) {
        try (Player playing = Player.play(endpoint, settings, tracks, this)) {
            player = playing;
            if (wish != null) {
                playing.stop();
            }
            boolean _ = playing.await(HEAD_START);
            started.run();
            while (!playing.await(Duration.ZERO)) {
                if (!view.attend(playing)) {
                    quit = true;
                    playing.stop();
                }
            }
            Output.Lost cause = lost;
            if (cause != null) {
                throw cause;
            }
            Summary summary = summary(playing.status());
            Exit exit = exit(summary);
            view.ended(summary, exit);
            return exit;
        }
    }

    private Summary summary(PlayerStatus status) {
        synchronized (damaged) {
            int incomplete = (int) damaged.stream().filter(begun::contains).count();
            int failed = missing + damaged.size() - incomplete;
            return new Summary(begun.size(), incomplete, failed, exact, quit || wish != null, status);
        }
    }

    /// Fades and ends; the run then ends with this exit code. `[any-thread]`
    ///
    /// @return whether it was the first to ask for it
    boolean stop(Exit why) {
        boolean first = wish == null;
        wish = first ? why : wish;
        Player playing = player;
        if (playing != null) {
            playing.stop();
        }
        return first;
    }

    private Exit exit(Summary summary) {
        Exit asked = wish;
        if (asked != null) {
            return asked;
        }
        Exit problem = firstProblem;
        if (problem == null && summary.isBroken() && settings.shareMode() == ShareMode.EXCLUSIVE) {
            return Exit.FAILED;
        }
        return problem == null ? Exit.OK : begun.isEmpty() || problem == Exit.DEFECT ? problem : Exit.FAILED;
    }

    private void count(Problem problem) {
        firstProblem = firstProblem == null ? problem.exit() : firstProblem;
    }

    /// The player's thread must not suffer from an output that is gone.
    private void tell(Runnable words) {
        try {
            words.run();
        } catch (Output.Lost e) {
            lost = e;
            boolean _ = stop(e.exit());
        }
    }

    @Override
    public void trackBegan(Track track, MediaInfo info, SignalPath path, StreamShape shape) {
        begun.add(track);
        hearing = track;
        exact |= path.fidelity() == SignalPath.Fidelity.EXACT;
        Begun now = new Begun(
                Objects.requireNonNull(numbers.get(track)),
                tracks.size(),
                track.name(),
                info,
                path,
                shape,
                endpoint.address(),
                settings.shareMode());
        heard = now;
        tell(() -> view.begun(now));
    }

    @Override
    public void pathChanged(Track track, SignalPath path, StreamShape shape) {
        Begun before = heard;
        if (before != null) {
            Begun now = before.with(path, shape);
            heard = now;
            tell(() -> view.rerouted(now));
        }
    }

    @Override
    public void trackRefused(Track track, Exception cause) {
        if (wish != null || quit) {
            // The signal that ends this program has ended the one that feeds it, too.
            return;
        }
        Problem problem = Problem.of(track.name(), cause);
        synchronized (damaged) {
            damaged.add(track);
        }
        count(problem);
        tell(() -> view.failed(problem));
    }

    @Override
    public void trackDamaged(Track track, IOException cause) {
        trackRefused(track, cause);
    }

    @Override
    public void streamEvent(StreamEvent event) {
        if (event.kind() == StreamEvent.Kind.DRAINED && event.value() == 1) {
            return;
        }
        Player playing = player;
        Duration at = playing == null ? Duration.ZERO : View.time(playing.status());
        tell(() -> view.happened(event, at));
    }

    @Override
    public void ended(Optional<Exception> cause) {
        cause.ifPresent(why -> {
            Problem problem = Problem.of(endpoint.address().toString(), why);
            synchronized (damaged) {
                damaged.add(hearing == null ? tracks.getFirst() : hearing);
            }
            count(problem);
            tell(() -> view.failed(problem));
        });
    }
}
