package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that a stream can be opened on. It is the driver's own object, one for each address while that is
/// listed or open, so that abilities beyond streams are asked for by pattern: `endpoint instanceof EndpointVolume
/// volume`.
public abstract class Endpoint {
    private final Driver driver;
    private final Address address;

    /// @param driver whose endpoint it is
    /// @param address its address, which prints as it was asked for
    protected Endpoint(Driver driver, Address address) {
        this.driver = driver;
        this.address = address;
    }

    /// The driver it belongs to. `[any-thread]`
    public final Driver driver() {
        return driver;
    }

    /// Its stable address. `[any-thread]`
    public final Address address() {
        return address;
    }

    /// What is known of it now, without opening it or disturbing anybody. `[control-thread]`
    public abstract EndpointInfo info();

    /// Opens a stream on it. The endpoint's own format is chosen to hold what the spec asks for; what differs is
    /// converted by Nightjar in shared mode and refused in exclusive mode. `[control-thread]`
    ///
    /// @throws AudioException if it cannot be opened
    /// - ENDPOINT_GONE when it is not there
    /// - ENDPOINT_BUSY when somebody else holds it
    /// - FORMAT_UNSUPPORTED when it does not take what was asked for; the nearest formats are in the exception
    /// - NOT_OFFERED when it has no such side or share mode
    /// - ACCESS_DENIED when the system or the user forbids it
    /// - DRIVER_MISSING when the server behind it is gone
    /// - DRIVER_FAILED when the host did something unexpected
    public final Stream open(StreamSpec spec) throws AudioException {
        return open(spec, null);
    }

    /// Opens one stream on this endpoint for rendering and on another of the same driver and clock domain for
    /// capturing. `[control-thread]`
    ///
    /// @throws AudioException if they cannot be opened together
    /// - NOT_OFFERED when they are of different drivers or clock domains: `join` is for those
    /// - ENDPOINT_GONE, ENDPOINT_BUSY, FORMAT_UNSUPPORTED, ACCESS_DENIED, DRIVER_MISSING, DRIVER_FAILED as with
    ///   one endpoint
    public final Stream openWith(Endpoint capture, StreamSpec spec) throws AudioException {
        Optional<String> here = info().clock();
        if (!capture.driver().equals(driver)
                || here.isEmpty()
                || !here.equals(capture.info().clock())) {
            throw AudioException.of(
                    Failure.NOT_OFFERED,
                    "open " + address + " with " + capture.address(),
                    "full duplex needs one driver and one clock; use join(" + address + " + " + capture.address()
                            + ")");
        }
        return open(spec, this.equals(capture) ? null : capture);
    }

    private Stream open(StreamSpec spec, @Nullable Endpoint capture) throws AudioException {
        return Stream.open(this, capture, spec);
    }

    /// Opens the endpoint in exactly these formats, or refuses. The gate to it, [#open(StreamSpec)], has checked
    /// the sides and the share mode. `[control-thread]`
    ///
    /// @throws AudioException if it cannot be opened
    /// - ENDPOINT_GONE when it is not there
    /// - ENDPOINT_BUSY when somebody else holds it
    /// - FORMAT_UNSUPPORTED when the format is not taken after all
    /// - ACCESS_DENIED when the system or the user forbids it
    /// - DRIVER_MISSING when the server behind it is gone
    /// - DRIVER_FAILED for everything else that the host may say
    protected abstract RawStream openRaw(RawRequest request) throws AudioException;

    /// Opens the first of the candidate formats that is taken.
    final RawStream openFirst(StreamSpec spec, @Nullable Endpoint capture, long firstPosition) throws AudioException {
        Direction sides = capture != null ? Direction.DUPLEX : spec.direction().orElse(info().direction());
        String operation = "open " + address + (spec.shareMode() == ShareMode.EXCLUSIVE ? " exclusively" : "");
        if (info().presence() == EndpointInfo.Presence.GONE) {
            throw AudioException.of(Failure.ENDPOINT_GONE, operation, "it is not there; plug it in or choose another");
        }
        List<StreamFormat> outputs =
                sides.renders() ? candidates(this, Direction.RENDER, spec, spec.layout(), operation) : List.of();
        Endpoint inputEndpoint = capture == null ? this : capture;
        List<StreamFormat> inputs = sides.captures()
                ? candidates(
                        inputEndpoint,
                        Direction.CAPTURE,
                        spec,
                        sides == Direction.CAPTURE ? spec.layout() : spec.inputLayout(),
                        operation)
                : List.of();
        AudioException refusal = null;
        for (FormatChoice.Pair pair : FormatChoice.pairs(outputs, inputs)) {
            try {
                int rate = pair.rate();
                return openRaw(new RawRequest(
                        pair.output(),
                        pair.input(),
                        Optional.ofNullable(capture),
                        spec.shareMode(),
                        spec.latency().framesAt(rate),
                        spec.role(),
                        spec.name(),
                        firstPosition));
            } catch (AudioException e) {
                if (e.failure() != Failure.FORMAT_UNSUPPORTED) {
                    throw e;
                }
                refusal = e;
            }
        }
        throw refusal != null
                ? refusal
                : AudioException.unsupported(operation, "render and capture have no rate in common", List.of());
    }

    private static List<StreamFormat> candidates(
            Endpoint endpoint, Direction side, StreamSpec spec, ChannelLayout layout, String operation)
            throws AudioException {
        FormatSupport support = endpoint.info().formats(side).of(spec.shareMode());
        return FormatChoice.candidates(support, spec, layout, operation);
    }

    /// The address.
    @Override
    public final String toString() {
        return address.toString();
    }
}
