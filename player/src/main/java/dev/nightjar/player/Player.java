package dev.nightjar.player;

import dev.nightjar.AudioException;
import dev.nightjar.Endpoint;
import dev.nightjar.SignalPath;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounters;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamWriter;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.SampleConverter;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Plays tracks one after the other on an endpoint. Every method may be called from any thread and returns soon;
/// what comes of it shows in [#status()] and is told to the listener. `[any-thread]`
public final class Player implements AutoCloseable {
    private static final int BLOCK_FRAMES = 1024;

    private final Endpoint endpoint;
    private final PlayerSettings settings;
    private final List<Track> tracks;
    private final PlayerListener listener;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile int index;
    private volatile PlayerStatus.State state = PlayerStatus.State.OPENING;
    private volatile @Nullable MediaInfo info;
    private volatile @Nullable Stream stream;

    private Player(Endpoint endpoint, PlayerSettings settings, List<Track> tracks, PlayerListener listener) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.tracks = List.copyOf(tracks);
        this.listener = listener;
    }

    /// Begins to play. Returns at once; files and endpoint are opened on a thread of the player's own, and what
    /// cannot be opened is told to the listener.
    ///
    /// @param tracks played in this order
    public static Player play(Endpoint endpoint, PlayerSettings settings, List<Track> tracks, PlayerListener listener) {
        Player player = new Player(endpoint, settings, tracks, listener);
        Thread.ofPlatform().daemon().name("nightjar-player").start(player::run);
        return player;
    }

    private void run() {
        Optional<Exception> cause = Optional.empty();
        for (int i = 0; i < tracks.size() && !stopping; i++) {
            index = i;
            try {
                playOne(tracks.get(i));
            } catch (IOException | AudioException e) {
                listener.trackRefused(tracks.get(i), e);
            }
        }
        state = PlayerStatus.State.ENDED;
        listener.ended(cause);
        over.countDown();
    }

    private void playOne(Track track) throws IOException, AudioException {
        try (MediaReader reader = track.source().open()) {
            MediaInfo known = reader.info();
            info = known;
            StreamSpec spec = StreamSpec.of(
                            known.format().rate(), known.format().layout())
                    .shareMode(settings.shareMode())
                    .latency(settings.latency());
            try (Stream opened = endpoint.open(spec)) {
                stream = opened;
                StreamWriter writer = opened.writer(known.format().rate());
                SampleConverter converter = new SampleConverter(known.format(), writer.format(), Dither.TPDF);
                SignalPath.Fidelity fidelity =
                        converter.isExact() ? SignalPath.Fidelity.EXACT : SignalPath.Fidelity.ALTERED;
                SignalPath own = SignalPath.EMPTY.then(new SignalPath.Stage("convert", converter.toString(), fidelity));
                listener.trackBegan(track, known, own.then(opened.path()), opened.shape());
                state = PlayerStatus.State.PLAYING;
                byte[] bytes = new byte[BLOCK_FRAMES * known.format().frameBytes()];
                MemorySegment out = Arena.ofAuto()
                        .allocate((long) BLOCK_FRAMES * writer.format().frameBytes(), 8);
                for (int count; !stopping && (count = reader.read(bytes, 0, BLOCK_FRAMES)) > 0; ) {
                    converter.convert(MemorySegment.ofArray(bytes), 0, out, 0, count);
                    writer.write(out, 0, count);
                }
                if (!stopping) {
                    boolean _ = writer.drain();
                }
            }
        }
    }

    /// Holds what is heard at once.
    public void pause() {
        try {
            Stream playing = stream;
            if (playing != null) {
                playing.pause();
                state = PlayerStatus.State.PAUSED;
            }
        } catch (AudioException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Goes on after [#pause]. Does nothing if it is not paused.
    public void resume() {
        try {
            Stream playing = stream;
            if (playing != null) {
                playing.resume();
                state = PlayerStatus.State.PLAYING;
            }
        } catch (AudioException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Goes to a place in the track that is heard, exactly to the frame; beyond its end to the next track.
    ///
    /// @param to from the beginning of the track; before it counts as its beginning
    public void seek(Duration to) {}

    /// Goes forward or, negative, backward in the track that is heard.
    public void seekBy(Duration by) {}

    /// Goes to the next track; behind the last one the player ends.
    public void next() {}

    /// Goes to the beginning of the track, or, within its first three seconds, to the track before.
    public void previous() {}

    /// Ends what is heard: fades it within 50 ms, DSD and encoded formats end with their silence, and stops.
    public void stop() {
        stopping = true;
        Stream playing = stream;
        if (playing != null) {
            playing.stop();
        }
    }

    /// Waits until playing is over.
    ///
    /// @return whether it is, within the time
    public boolean await(Duration time) {
        try {
            return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return over.getCount() == 0;
        }
    }

    /// The player now. The levels are those since the last asking.
    public PlayerStatus status() {
        Stream playing = stream;
        MediaInfo known = info;
        return new PlayerStatus(
                state,
                index,
                Optional.ofNullable(known),
                playing == null ? 0 : playing.played().frames(),
                known == null ? -1 : known.frames(),
                0,
                playing == null ? new StreamCounters(Map.of()) : playing.counters(),
                List.of(),
                endpoint);
    }

    /// Stops at once and frees everything; any number of times.
    @Override
    public void close() {
        stop();
        boolean _ = await(Duration.ofSeconds(2));
    }
}
