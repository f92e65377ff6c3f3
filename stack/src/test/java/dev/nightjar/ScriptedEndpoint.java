package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// An endpoint that offers what the test says and refuses when the test says so.
final class ScriptedEndpoint extends Endpoint {
    static final StreamFormat FLOATS = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.F32);

    Direction direction = Direction.RENDER;
    EndpointInfo.Presence presence = EndpointInfo.Presence.PRESENT;
    FormatSupport shared = new FormatSupport.Offered(List.of(FormatRange.only(FLOATS)));
    FormatSupport exclusive = shared;
    Optional<String> clockDomain = Optional.of("crystal");
    boolean paced = true;
    int maxFrames = 480;
    /// Thrown by the next openings, the first first.
    final Deque<Throwable> refusals = new ArrayDeque<>();

    final List<RawRequest> requests = new ArrayList<>();
    final List<ScriptedStream> streams = new ArrayList<>();
    /// What the streams opened from now on do.
    ScriptedStream.Script script = new ScriptedStream.Script();

    ScriptedEndpoint(Driver driver, Address address) {
        super(driver, address);
    }

    ScriptedStream last() {
        return streams.getLast();
    }

    /// Offers one format alone, in both share modes.
    ScriptedEndpoint offers(StreamFormat format) {
        shared = new FormatSupport.Offered(List.of(FormatRange.only(format)));
        exclusive = shared;
        return this;
    }

    @Override
    public EndpointInfo info() {
        EndpointInfo.Formats formats = new EndpointInfo.Formats(shared, exclusive);
        return new EndpointInfo(
                address(),
                "Scripted endpoint",
                direction,
                presence,
                direction.renders() ? formats : EndpointInfo.Formats.NONE,
                direction.captures() ? formats : EndpointInfo.Formats.NONE,
                EndpointInfo.LatencyRange.UNKNOWN,
                clockDomain,
                Optional.empty());
    }

    @Override
    protected RawStream openRaw(RawRequest request) throws AudioException {
        requests.add(request);
        Throwable refusal = refusals.poll();
        switch (refusal) {
            case null -> {}
            case AudioException audio -> throw audio;
            case RuntimeException other -> throw other;
            case Error error -> throw error;
            default -> throw new IllegalStateException(refusal);
        }
        ScriptedStream stream = new ScriptedStream(request, maxFrames, paced, script);
        streams.add(stream);
        return stream;
    }
}
