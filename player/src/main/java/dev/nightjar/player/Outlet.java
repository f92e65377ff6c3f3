package dev.nightjar.player;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.Failure;
import dev.nightjar.FormatRange;
import dev.nightjar.FormatSupport;
import dev.nightjar.ShareMode;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamCounters;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A stream that was opened for the format of a file, and the line that feeds it.
final class Outlet implements AutoCloseable {
    private static final int LINE_SECONDS = 2;

    final Stream stream;
    final Feed feed;
    private final StreamFormat openedFor;
    private final Driver.Watch watch;
    private volatile Line line;
    private volatile boolean started;
    private StreamShape shape;

    private Outlet(Stream stream, StreamFormat openedFor, Consumer<StreamEvent> listener) {
        this.stream = stream;
        this.openedFor = openedFor;
        this.shape = stream.shape();
        this.line = newLine(shape);
        this.feed = new Feed(stream, line);
        this.watch = stream.onEvent(listener);
    }

    private static Line newLine(StreamShape shape) {
        int capacity = Math.max(LINE_SECONDS * shape.rate(), 2 * shape.bufferFrames());
        return new Line(shape.output().orElseThrow(), Math.max(capacity, 4 * Deck.BLOCK_FRAMES));
    }

    /// Opens a stream that carries the frames of a file: in shared mode in the format that the endpoint prefers, in
    /// exclusive mode, and where frames cannot be converted, in a container that holds them exactly.
    ///
    /// @throws AudioException if there is none: FORMAT_UNSUPPORTED, or whatever else the endpoint says
    static Outlet open(Endpoint endpoint, PlayerSettings settings, MediaInfo info, Consumer<StreamEvent> listener)
            throws AudioException {
        StreamFormat file = info.format();
        StreamSpec spec = StreamSpec.of(file.rate(), file.layout())
                .direction(Direction.RENDER)
                .shareMode(settings.shareMode())
                .latency(settings.latency())
                .policy(settings.policy())
                .role(settings.role())
                .validBits(file.validBits());
        boolean converts =
                settings.shareMode() == ShareMode.SHARED && file.sample().isPcm();
        Stream opened = converts ? openShared(endpoint, spec, file) : openExact(endpoint, spec, file);
        return new Outlet(opened, file, listener);
    }

    private static Stream openShared(Endpoint endpoint, StreamSpec spec, StreamFormat file) throws AudioException {
        try {
            return endpoint.open(spec);
        } catch (AudioException e) {
            FormatSupport support = endpoint.info().formats(Direction.RENDER).of(ShareMode.SHARED);
            if (e.failure() == Failure.FORMAT_UNSUPPORTED
                    && support instanceof FormatSupport.Offered(List<FormatRange> ranges)
                    && ranges.stream().noneMatch(range -> range.hasRate(file.rate()))) {
                throw AudioException.unsupported(
                        "play " + file.rate() + " Hz on " + endpoint,
                        "it does only " + rates(ranges) + ", and rates are not converted yet",
                        e.nearest().stream().limit(1).toList());
            }
            throw e;
        }
    }

    private static String rates(List<FormatRange> ranges) {
        return ranges.stream()
                        .map(range -> !range.rates().isEmpty()
                                ? range.rates().stream().map(String::valueOf).collect(Collectors.joining(", "))
                                : range.minRate() == range.maxRate()
                                        ? String.valueOf(range.minRate())
                                        : range.minRate() + " to " + range.maxRate())
                        .distinct()
                        .collect(Collectors.joining(", "))
                + " Hz";
    }

    private static Stream openExact(Endpoint endpoint, StreamSpec spec, StreamFormat file) throws AudioException {
        AudioException refusal = null;
        for (StreamFormat format : ContainerLadder.of(file)) {
            try {
                Stream opened = endpoint.open(rated(spec, format));
                if (opened.outputFormat().orElseThrow().channels() == file.channels()) {
                    return opened;
                }
                opened.close();
            } catch (AudioException e) {
                if (e.failure() != Failure.FORMAT_UNSUPPORTED) {
                    throw e;
                }
                refusal = refusal == null ? e : refusal;
            }
        }
        throw AudioException.unsupported(
                "play " + file + " on " + endpoint + (spec.shareMode() == ShareMode.EXCLUSIVE ? " exclusively" : ""),
                "it takes no format that holds these frames exactly",
                refusal == null ? List.of() : refusal.nearest());
    }

    private static StreamSpec rated(StreamSpec spec, StreamFormat format) {
        return StreamSpec.of(format.rate(), format.layout())
                .direction(Direction.RENDER)
                .shareMode(spec.shareMode())
                .latency(spec.latency())
                .policy(spec.policy())
                .role(spec.role())
                .sample(format.sample())
                .validBits(format.validBits());
    }

    /// Whether another file can follow in the same stream, and would be no better off in one of its own.
    boolean carries(MediaInfo info) {
        StreamFormat file = info.format();
        if (file.equals(openedFor)) {
            return true;
        }
        return file.layout().equals(openedFor.layout()) && Chain.isExact(file, line.interleaved());
    }

    Line line() {
        return line;
    }

    /// Whether turns wait for frames, and there are enough of them to begin without a gap: the host's buffer, or all
    /// that there is.
    boolean isPrimed() {
        int ready = line.ring.readable();
        int wanted = shape.paced() ? Math.min(shape.bufferFrames(), line.ring.capacity() - Deck.BLOCK_FRAMES) : 1;
        return feed.isHolding()
                && !feed.isMisshapen()
                && (ready >= wanted || (feed.isFinished() && (started || ready > 0)));
    }

    /// Whether the last frame that will be written was heard.
    boolean isPlayedOut(StreamState state) {
        return feed.isFinished() && (started ? state.isOver() : line.ring.readable() == 0);
    }

    boolean isPaced() {
        return shape.paced();
    }

    boolean isStarted() {
        return started;
    }

    /// `[control-thread]`
    ///
    /// @throws AudioException if the host refuses
    void start() throws AudioException {
        feed.release();
        started = true;
        stream.startRaw(feed);
    }

    /// Discards what waits here and in the host, and runs no turn until [#goOn] or [#start].
    ///
    /// @throws AudioException if the host refuses
    void cut() throws AudioException {
        feed.hold();
        if (feed.isFinished() && started) {
            stream.stop();
            feed.reopen();
            started = false;
        } else if (started) {
            stream.pause();
            stream.flush();
        }
        line.cut();
        if (stream.state() != StreamState.REBUILDING) {
            line.passFlushed();
        }
    }

    /// Lets turns take frames again.
    ///
    /// @throws AudioException if the host refuses
    void goOn(boolean paused) throws AudioException {
        feed.release();
        if (!paused) {
            stream.resume();
        }
    }

    /// What the host grants now, if that is not what it granted when last asked; a stream of another format gets a
    /// new line.
    @Nullable
    StreamShape reshaped() {
        StreamShape now = stream.shape();
        if (now.equals(shape) || stream.state() == StreamState.REBUILDING) {
            return null;
        }
        shape = now;
        if (!now.output().orElseThrow().equals(line.format)) {
            Line next = newLine(now);
            line = next;
            feed.line(next);
        }
        return now;
    }

    /// The frame of the line that is heard.
    long heard() {
        return started ? line.heard(stream.played().frames()) : line.heard(-1);
    }

    /// What is heard, or `otherwise` if no frame is on its way yet.
    Spot spot(Spot otherwise) {
        long heard = heard();
        Passage passage = line.passage(heard);
        return passage == null ? otherwise : new Spot(passage.index(), passage.info(), passage.frame(heard));
    }

    /// The time of the frames that were rendered.
    Duration played() {
        return Duration.ofNanos(Math.round(feed.rendered() * 1e9 / shape.rate()));
    }

    StreamCounters counters() {
        Map<StreamCounter, Long> values = new EnumMap<>(stream.counters().values());
        values.merge(StreamCounter.STARVED_FRAMES, feed.starved(), Long::sum);
        return new StreamCounters(values);
    }

    /// Ends the stream with a fade of so much time.
    void fade(double seconds) {
        StreamShape granted = stream.shape();
        feed.fade(new Fade(
                granted.output().orElseThrow(), granted.maxFrames(), (int) Math.ceil(seconds * granted.rate())));
    }

    @Override
    public void close() {
        stream.close();
        watch.close();
    }
}
