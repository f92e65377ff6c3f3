package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What carries streams: an audio API of the operating system, or a [Layer] that stands on other drivers. Found
/// by `ServiceLoader`; has a public constructor without parameters that does nothing. A driver that cannot work
/// here still loads and says why in [#availability()].
public interface Driver extends AutoCloseable {
    /// The rank of a driver that is used only when asked for by address.
    int NEVER_DEFAULT = Integer.MAX_VALUE;

    /// The word before the colon of its addresses: `alsa`. Lower case letters and digits. `[any-thread]`
    String id();

    /// The name for people: `ALSA`. `[any-thread]`
    String name();

    /// Whether it can work here, found out once and without disturbing anybody. `[any-thread]`
    Availability availability();

    /// Where it stands in the search for the default endpoint: lower comes first. `[any-thread]`
    default int defaultRank() {
        return NEVER_DEFAULT;
    }

    /// The endpoints there are. Disturbs no running stream: what cannot be known without opening stays unknown.
    /// `[control-thread]`
    ///
    /// @throws AudioException if the host does not answer
    /// - DRIVER_MISSING when the driver is not available or its server went away
    List<Endpoint> endpoints() throws AudioException;

    /// The endpoint of an address of this driver, also one that is not listed (a file, a parameter). The same
    /// address gives the same object while it is open or listed. `[control-thread]`
    ///
    /// @param operands the endpoints that a layer's address names, in its order; empty for hosts
    /// @throws AudioException if there is none
    /// - ENDPOINT_UNKNOWN when no endpoint has this id
    /// - ENDPOINT_GONE when it is known but not there
    /// - ADDRESS_INVALID when a parameter is unknown or has a wrong value
    Endpoint endpoint(Address address, List<Endpoint> operands) throws AudioException;

    /// The default endpoint of a direction, if the host has such a thing. `[control-thread]`
    ///
    /// @throws AudioException if the host does not answer
    /// - DRIVER_MISSING when the driver is not available or its server went away
    Optional<Endpoint> defaultEndpoint(Direction direction, Role role) throws AudioException;

    /// Tells of changes from now on, on a control thread, one at a time. `[control-thread]`
    ///
    /// @return closes the watch; no call comes after it returned, unless closed from within one
    Watch watch(Consumer<EndpointEvent> listener);

    /// The clock that its timestamps, waits and rebuilds use. `[any-thread]`
    default AudioClock clock() {
        return AudioClock.system();
    }

    /// Lets go of the host. Streams should be closed before; those that are not are lost. `[control-thread]`
    @Override
    void close();

    /// Ends a [Driver#watch].
    interface Watch extends AutoCloseable {
        /// Ends it; any number of times. `[any-thread]`
        @Override
        void close();
    }
}
