package dev.nightjar.driver.virtual;

import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointInfo;
import dev.nightjar.EndpointInfo.Formats;
import dev.nightjar.EndpointInfo.LatencyRange;
import dev.nightjar.EndpointInfo.Presence;
import dev.nightjar.FormatRange;
import dev.nightjar.FormatSupport;
import dev.nightjar.Latency;
import dev.nightjar.SignalPath;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.media.WavWriter;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.StreamShape;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A device as one address describes it.
class VirtualEndpoint extends Endpoint {
    private static final FrameSink NOWHERE = (_, _) -> {};
    private static final FrameSource SILENCE = (_, _) -> {};

    private final VirtualDriver virtual;
    private final VirtualDevice device;
    private final VirtualOptions asked;
    private final @Nullable Path file;

    /// @param file what a `virtual:file:` endpoint writes
    VirtualEndpoint(
            VirtualDriver driver, Address address, VirtualDevice device, VirtualOptions asked, @Nullable Path file) {
        super(driver, address);
        this.virtual = driver;
        this.device = device;
        this.asked = asked;
        this.file = file;
    }

    final VirtualDevice device() {
        return device;
    }

    private VirtualOptions options() {
        VirtualOptions limits = device.limits();
        return limits == null ? asked : asked.narrowedBy(limits);
    }

    /// What it takes: for a file, what WAV holds.
    private List<FormatRange> ranges() {
        List<FormatRange> ranges = options().ranges();
        return file == null
                ? ranges
                : ranges.stream().flatMap(VirtualEndpoint::heldByWav).toList();
    }

    private static Stream<FormatRange> heldByWav(FormatRange range) {
        Map<SampleFormat, Integer> held = new EnumMap<>(range.samples());
        held.keySet()
                .removeIf(sample -> WavWriter.refusal(StreamFormat.of(range.minRate(), ChannelLayout.MONO, sample)
                                .withPacking(range.packing()))
                        .isPresent());
        return held.isEmpty()
                ? Stream.empty()
                : Stream.of(new FormatRange(
                        range.minRate(),
                        range.maxRate(),
                        range.rates(),
                        range.minChannels(),
                        range.maxChannels(),
                        held,
                        range.packing()));
    }

    @Override
    public final EndpointInfo info() {
        List<FormatRange> ranges = ranges();
        FormatSupport support = ranges.isEmpty()
                ? new FormatSupport.Refused("a WAV file does not hold the format that the address names")
                : new FormatSupport.Offered(ranges);
        Formats formats = new Formats(support, support);
        return new EndpointInfo(
                address(),
                device.name,
                device.direction,
                device.isPresent() && !virtual.isAsleep() ? Presence.PRESENT : Presence.GONE,
                device.direction.renders() ? formats : Formats.NONE,
                device.direction.captures() ? formats : Formats.NONE,
                new LatencyRange(VirtualOptions.MIN_PERIOD, VirtualOptions.MAX_PERIOD),
                Optional.of(device.ppm() == 0 ? "virtual" : "virtual:" + device.id),
                Optional.empty());
    }

    @Override
    protected final RawStream openRaw(RawRequest request) throws AudioException {
        String operation = "open " + address();
        VirtualEndpoint capture =
                request.capture().map(VirtualEndpoint.class::cast).orElse(this);
        if (request.output().isPresent()) {
            require(request.output().get(), operation);
        }
        if (request.input().isPresent()) {
            capture.require(request.input().get(), operation);
        }
        synchronized (virtual.opening()) {
            requireRoom(request, capture, operation);
            VirtualStream stream = build(request, capture);
            device.admit(stream);
            if (!capture.equals(this)) {
                capture.device.admit(stream);
            }
            return stream;
        }
    }

    private void requireRoom(RawRequest request, VirtualEndpoint capture, String operation) throws AudioException {
        long now = virtual.clock().nanoTime();
        virtual.requireAwake(operation);
        device.requireRoom(request.capture().isPresent() ? Direction.RENDER : request.direction(), operation, now);
        if (!capture.equals(this)) {
            capture.device.requireRoom(Direction.CAPTURE, operation, now);
        }
    }

    private void require(StreamFormat format, String operation) throws AudioException {
        StreamFormat onWire = device.wire == null ? null : device.wire.format();
        if (onWire != null && !onWire.equals(format)) {
            throw AudioException.unsupported(operation, "the cable carries another format now", List.of(onWire));
        }
        boolean offered = ranges().stream().anyMatch(range -> range.contains(format));
        Optional<String> refusal = file == null ? Optional.empty() : WavWriter.refusal(format);
        if (!offered || refusal.isPresent()) {
            StreamFormat near =
                    new StreamFormat(format.rate(), format.layout(), SampleFormat.S32, 32, Packing.INTERLEAVED);
            throw AudioException.unsupported(
                    operation, refusal.orElse("it does not take " + format), file == null ? List.of() : List.of(near));
        }
    }

    private VirtualStream build(RawRequest request, VirtualEndpoint capture) throws AudioException {
        VirtualOptions options = options();
        Direction sides = request.direction();
        boolean immediate = sides == Direction.DUPLEX || device.wire != null || file != null;
        int share = sides == Direction.DUPLEX ? 1 : 2;
        int period = options.periodFor(request.latencyFrames(), share);
        int lead = sides == Direction.CAPTURE ? -period : immediate ? 0 : period;
        StreamShape shape = new StreamShape(
                request.output(),
                request.input(),
                period,
                period,
                lead > 0 ? 2 * period : sides == Direction.CAPTURE ? 2 * period : period,
                new Latency.Reported(
                        request.input().isPresent() ? OptionalLong.of(period) : OptionalLong.empty(),
                        request.output().isPresent() ? OptionalLong.of(Math.max(0, lead)) : OptionalLong.empty()),
                options.paced(),
                new SignalPath(List.of(new SignalPath.Stage("device", device.name, SignalPath.Fidelity.EXACT))));
        List<VirtualDevice> devices = capture.equals(this) ? List.of(device) : List.of(device, capture.device);
        FrameSink sink = sink(request, shape);
        try {
            FrameSource source = capture.source(request, shape, period + lead);
            VirtualStream.Parts parts = new VirtualStream.Parts(devices, shape, lead, sink, source);
            return new VirtualStream(request, virtual.clock(), virtual.pace(), parts);
        } catch (AudioException e) {
            sink.close();
            devices.forEach(VirtualDevice::releaseIfEmpty);
            throw e;
        }
    }

    private FrameSink sink(RawRequest request, StreamShape shape) throws AudioException {
        if (request.output().isEmpty()) {
            return NOWHERE;
        }
        StreamFormat format = request.output().get();
        if (file != null) {
            return new FileSink(file, format, shape.periodFrames(), virtual.whenLost(device));
        }
        if (device.wire != null) {
            device.wire.settle(format, shape.periodFrames(), virtual.clock().nanoTime());
            return WireEnd.render(device.wire, request.input().isPresent() ? shape.periodFrames() : 0);
        }
        return NOWHERE;
    }

    private FrameSource source(RawRequest request, StreamShape shape, int behind) throws AudioException {
        if (request.input().isEmpty()) {
            return SILENCE;
        }
        StreamFormat format = request.input().get();
        if (device.wire != null) {
            device.wire.settle(format, shape.periodFrames(), virtual.clock().nanoTime());
            return WireEnd.capture(
                    device.wire,
                    behind,
                    request.output().isPresent() && request.capture().isEmpty());
        }
        VirtualOptions options = options();
        if (options.file().isPresent()) {
            HeardFile heard = HeardFile.read(options.file().get());
            if (!heard.format().withPacking(format.packing()).equals(format)) {
                throw AudioException.unsupported(
                        "open " + address(), "the file has another format", List.of(heard.format()));
            }
            return heard;
        }
        if (options.tone() > 0 && format.sample().isPcm()) {
            return new ToneSource(format, options.tone(), shape.periodFrames());
        }
        return SILENCE;
    }
}
