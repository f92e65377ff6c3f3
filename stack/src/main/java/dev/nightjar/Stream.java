package dev.nightjar;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.RawStream.PlayedPosition;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An open path to an endpoint, or to a render and a capture endpoint at once.
///
/// Every method may be called from any thread. Called from within a turn or its `prepare`, [#stop], [#drain],
/// [#pause], [#resume], [#flush] and [#close] only ask: no further turn runs the program (but for `resume` and
/// `flush`), and the rest happens on a control thread soon afterwards, before anything else that is asked of the
/// stream. There [#played] tells the position only, and [#await] must not be called, since it blocks.
public final class Stream implements AutoCloseable {
    /// How long a callback may take to return before its stream is given up and what it touches is leaked.
    static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final StreamSpec spec;
    private final Transport transport;

    private Stream(StreamSpec spec, Transport transport) {
        this.spec = spec;
        this.transport = transport;
    }

    static Stream open(Endpoint endpoint, @Nullable Endpoint capture, StreamSpec spec) throws AudioException {
        return new Stream(spec, new Transport(endpoint, capture, spec));
    }

    /// Starts turns of float frames. Returns when the host has been told to run; the first turns may have run by
    /// then. A stream that could not be started is opened anew by the next start.
    ///
    /// @throws IllegalStateException if the stream is neither open nor stopped, or from within its turn
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - FORMAT_UNSUPPORTED when the endpoint carries DSD or an encoded format, which has no float frames
    /// - CLOSED when the stream was closed
    /// - DRIVER_FAILED for what else the host may say
    public void start(Processor processor) throws AudioException {
        startRaw(new FloatAdapter(processor, spec, shape()));
    }

    /// Starts turns of native frames: [#outputFormat()] and [#inputFormat()] say what they are.
    ///
    /// @throws IllegalStateException if the stream is neither open nor stopped, or from within its turn
    /// @throws AudioException if the host refuses
    /// - ENDPOINT_GONE when the endpoint went away since it was opened
    /// - CLOSED when the stream was closed
    /// - DRIVER_FAILED for what else the host may say
    public void startRaw(RawProcessor processor) throws AudioException {
        transport.start(processor);
    }

    /// A blocking writer: frames are pushed instead of asked for. The stream starts when the writer's buffer is
    /// full, or with [StreamWriter#start].
    ///
    /// @param bufferFrames how much the writer holds, at least two turns; less is raised to that
    /// @throws IllegalStateException if the stream has no output or was started
    public StreamWriter writer(int bufferFrames) {
        StreamFormat format = outputFormat()
                .orElseThrow(() -> new IllegalStateException("a stream that only captures has no writer"));
        requireIdle();
        return new StreamWriter(this, format, Math.max(bufferFrames, 2 * maxFrames()), transport.counters());
    }

    /// A blocking reader: frames are fetched instead of delivered. The stream starts with the first read, or with
    /// [StreamReader#start].
    ///
    /// @param bufferFrames how much the reader holds, at least two turns; less is raised to that
    /// @throws IllegalStateException if the stream has no input or was started
    public StreamReader reader(int bufferFrames) {
        StreamFormat format =
                inputFormat().orElseThrow(() -> new IllegalStateException("a stream that only renders has no reader"));
        requireIdle();
        return new StreamReader(this, format, Math.max(bufferFrames, 2 * maxFrames()), transport.counters());
    }

    private void requireIdle() {
        StreamState state = state();
        if (state != StreamState.OPEN && state != StreamState.STOPPED) {
            throw new IllegalStateException(
                    "frames are pushed or fetched from the start, or not at all, state=" + state);
        }
    }

    /// Holds the stream; its position stays. Returns when no turn is inside. Does nothing if it is not
    /// running. What the host cannot keep meanwhile is counted in [StreamCounter#GAP_FRAMES].
    ///
    /// @throws AudioException if the host refuses; the stream is lost then, and rebuilt
    /// - ENDPOINT_GONE when the endpoint went away
    /// - DRIVER_FAILED for what else the host may say
    public void pause() throws AudioException {
        transport.pause();
    }

    /// Goes on after [#pause]. Does nothing if it is not paused.
    ///
    /// @throws AudioException if the host refuses; the stream is lost then, and rebuilt
    /// - ENDPOINT_GONE when the endpoint went away
    /// - DRIVER_FAILED for what else the host may say
    public void resume() throws AudioException {
        transport.resume();
    }

    /// Discards what is buffered in the host, running or paused.
    ///
    /// @return how many rendered frames will not be heard
    public long flush() {
        return transport.flush();
    }

    /// Stops at once and discards what is buffered. Returns when no turn is inside and none will come. May be
    /// started again.
    public void stop() {
        transport.stop();
    }

    /// Lets what was rendered play to its end, then stops. The program's callback is not asked for more. Ends
    /// by the device's position, or after buffer, latency and one second. A stream that only captures stops at
    /// once, and so does one whose endpoint is lost.
    ///
    /// @return whether the position says that all was played; false from within a turn
    public boolean drain() {
        return transport.drain();
    }

    /// Waits until the stream is stopped, drained, failed or closed.
    ///
    /// @return whether it is, within the time
    public boolean await(Duration time) {
        return transport.await(time);
    }

    /// Stops and frees everything. Any number of times, from any thread. Returns when no turn is inside and none
    /// will come, or after 2 s when the program's callback does not return: then what it touches is leaked and
    /// counted in [#leaked()].
    @Override
    public void close() {
        transport.close();
    }

    /// The endpoint that the stream is on now.
    public Endpoint endpoint() {
        return transport.host().endpoint();
    }

    public StreamSpec spec() {
        return spec;
    }

    public StreamState state() {
        return transport.state();
    }

    /// Why it failed, if it did.
    public Optional<AudioException> failure() {
        return Optional.ofNullable(transport.failure());
    }

    /// What the host granted, of this generation.
    public StreamShape shape() {
        return transport.host().shape();
    }

    /// The native format of what is rendered.
    public Optional<StreamFormat> outputFormat() {
        return shape().output();
    }

    /// The native format of what is captured.
    public Optional<StreamFormat> inputFormat() {
        return shape().input();
    }

    /// The most frames of one turn in this generation.
    public int maxFrames() {
        return shape().maxFrames();
    }

    /// Period, buffer and latencies, as granted and reported.
    public Latency latency() {
        return shape().latency();
    }

    /// What happens to a sample on its way, from the callback to the converter, or from the converter to the
    /// callback of a stream that only captures. Whole once the stream was started.
    public SignalPath path() {
        SignalPath own = transport.processor() instanceof FloatAdapter adapter ? adapter.path() : SignalPath.EMPTY;
        StreamShape granted = shape();
        return granted.output().isEmpty() ? granted.path().then(own) : own.then(granted.path());
    }

    /// Whether the stream is being held, stopped, drained, closed or rebuilt, so that a processor that waits within
    /// a turn of an unpaced stream should return at once. What it ends with [RawTurn#end] then is this turn and not
    /// the stream. `[audio-thread]`
    @AudioThread
    public boolean isLeaving() {
        return transport.isLeaving();
    }

    /// The position after the last turn: frames since the stream began, those that were lost included.
    public long position() {
        return transport.position();
    }

    /// The frame that is at the converter.
    public PlayedPosition played() {
        return transport.played();
    }

    public StreamCounters counters() {
        return transport.counters().snapshot();
    }

    /// Tells of events from now on, on a control thread, in their order. The thread serves other streams too: a
    /// listener returns soon. When its watch is closed, a call that is under way may still end.
    public Driver.Watch onEvent(Consumer<StreamEvent> listener) {
        return transport.events().listen(listener);
    }

    /// Waits for something that turns or other threads do.
    void waitUntil(BooleanSupplier condition) {
        transport.await(condition);
    }

    /// Whether the last drain ended by position: all that was rendered was played.
    boolean drained() {
        return transport.drained();
    }

    /// How many streams of this process were given up with what their callbacks touch, because those did not
    /// return.
    public static long leaked() {
        return Host.LEAKED.get();
    }
}
