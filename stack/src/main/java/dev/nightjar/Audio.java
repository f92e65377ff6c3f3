package dev.nightjar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// The drivers of this machine under one roof: finds them, resolves addresses, names the default endpoints.
/// `[control-thread]` throughout.
public final class Audio implements AutoCloseable {
    private static final String LOOPBACK = "loopback";

    private final List<Driver> drivers;
    private final Map<Address, Endpoint> resolved = new HashMap<>();

    private Audio(List<Driver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    /// Every driver that `ServiceLoader` finds on the module path and the class path. One that cannot even be
    /// loaded is a broken installation: it is logged and left out.
    public static Audio open() {
        List<Driver> found = new ArrayList<>();
        for (Iterator<Driver> drivers = ServiceLoader.load(Driver.class).iterator(); ; ) {
            try {
                if (!drivers.hasNext()) {
                    break;
                }
                found.add(drivers.next());
            } catch (ServiceConfigurationError e) {
                log(System.Logger.Level.WARNING, "a driver cannot be loaded", e);
            }
        }
        found.sort(Audio::byRank);
        return new Audio(found);
    }

    /// A logger is asked for only when there is something to say: it takes longer than to find the drivers.
    private static void log(System.Logger.Level level, String text, Throwable thrown) {
        System.getLogger("dev.nightjar").log(level, text, thrown);
    }

    private static int byRank(Driver left, Driver right) {
        int byRank = Integer.compare(left.defaultRank(), right.defaultRank());
        return byRank != 0 ? byRank : left.id().compareTo(right.id());
    }

    /// Just these drivers, for tests and for programs that know what they want. They are closed with it.
    public static Audio of(Driver... drivers) {
        return new Audio(List.of(drivers));
    }

    /// All drivers, also those that cannot work here, in the order in which they are asked for the default
    /// endpoint.
    public List<Driver> drivers() {
        return drivers;
    }

    /// The driver of an id, if there is one.
    public Optional<Driver> driver(String id) {
        return drivers.stream().filter(driver -> driver.id().equals(id)).findFirst();
    }

    /// The endpoints of all drivers that answer, in the order of the drivers.
    public List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>();
        for (Driver driver : drivers) {
            if (driver.availability() instanceof Availability.Available) {
                try {
                    all.addAll(driver.endpoints());
                } catch (AudioException e) {
                    log(System.Logger.Level.DEBUG, "no endpoints of " + driver.id(), e);
                }
            }
        }
        return all;
    }

    /// The endpoint of an address as people write it.
    ///
    /// @throws AudioException if there is none
    /// - ADDRESS_INVALID when the text does not follow the grammar; the message points at the character
    /// - ENDPOINT_UNKNOWN when there is no such driver or endpoint; the message names the nearest there is
    /// - ENDPOINT_GONE when it is known but not there
    /// - DRIVER_MISSING when its driver cannot work here
    public Endpoint endpoint(String address) throws AudioException {
        return endpoint(Address.parse(address));
    }

    /// The endpoint of an address. Layers get theirs resolved; the same address gives the same object.
    ///
    /// @throws AudioException if there is none
    /// - ENDPOINT_UNKNOWN when there is no such driver or endpoint; the message names the nearest there is
    /// - ENDPOINT_GONE when it is known but not there
    /// - ADDRESS_INVALID when a parameter is wrong
    /// - DRIVER_MISSING when its driver cannot work here
    public synchronized Endpoint endpoint(Address address) throws AudioException {
        Endpoint known = resolved.get(address);
        if (known != null) {
            return known;
        }
        List<Endpoint> operands = new ArrayList<>();
        if (address instanceof Address.Layered layered) {
            for (Address operand : layered.operands()) {
                operands.add(endpoint(operand));
            }
        }
        Endpoint found = address.driverId().equals(LOOPBACK) ? loopback(address, operands) : ask(address, operands);
        resolved.put(address, found);
        return found;
    }

    private Endpoint ask(Address address, List<Endpoint> operands) throws AudioException {
        Driver driver = driver(address.driverId()).orElseThrow(() -> noDriver(address));
        boolean layered = address instanceof Address.Layered;
        if (layered != driver instanceof Layer) {
            String form = layered ? driver.id() + ":ID" : driver.id() + "(ADDRESS)";
            throw AudioException.of(
                    Failure.ADDRESS_INVALID,
                    "find " + address,
                    "endpoints of " + driver.name() + " are written " + form);
        }
        if (driver.availability() instanceof Availability.Unavailable no) {
            throw AudioException.of(no.failure(), "find " + address, no.reason() + "; " + no.remedy());
        }
        try {
            return driver.endpoint(address, operands);
        } catch (AudioException e) {
            throw e.failure() == Failure.ENDPOINT_UNKNOWN ? withNearest(address, e) : e;
        }
    }

    private Endpoint loopback(Address address, List<Endpoint> operands) throws AudioException {
        if (operands.size() != 1) {
            throw AudioException.of(
                    Failure.ADDRESS_INVALID, "find " + address, "a loopback is written loopback(ADDRESS)");
        }
        if (operands.getFirst() instanceof Loopback source) {
            return source.loopback();
        }
        throw AudioException.of(Failure.NOT_OFFERED, "find " + address, operands.getFirst() + " cannot be captured");
    }

    private AudioException noDriver(Address address) {
        List<String> ids = new ArrayList<>(drivers.stream().map(Driver::id).toList());
        ids.add(LOOPBACK);
        String nearest = Spelling.nearest(address.driverId(), ids)
                .map(id -> "; did you mean " + id + "?")
                .orElse("");
        return AudioException.of(
                Failure.ENDPOINT_UNKNOWN,
                "find " + address,
                "there is no driver '" + address.driverId() + "'; there are " + String.join(", ", ids) + nearest);
    }

    private AudioException withNearest(Address address, AudioException cause) {
        List<String> addresses = endpoints().stream()
                .map(endpoint -> endpoint.address().toString())
                .toList();
        return Spelling.nearest(address.withParameters(Map.of()).toString(), addresses)
                .map(near -> new AudioException(
                        Failure.ENDPOINT_UNKNOWN,
                        cause.operation(),
                        cause.nativeCode(),
                        cause.nativeText() + "; did you mean " + near + "?"))
                .orElse(cause);
    }

    /// Where to play.
    ///
    /// @throws AudioException if no driver has one
    /// - ENDPOINT_UNKNOWN when there is none
    public Endpoint defaultRender() throws AudioException {
        return defaultEndpoint(Direction.RENDER, Role.DEFAULT);
    }

    /// Where to record from.
    ///
    /// @throws AudioException if no driver has one
    /// - ENDPOINT_UNKNOWN when there is none
    public Endpoint defaultCapture() throws AudioException {
        return defaultEndpoint(Direction.CAPTURE, Role.DEFAULT);
    }

    /// The default endpoint of the first driver that has one. JACK and ASIO are never asked: they are used by
    /// address.
    ///
    /// @throws AudioException if no driver has one
    /// - ENDPOINT_UNKNOWN when there is none
    public Endpoint defaultEndpoint(Direction direction, Role role) throws AudioException {
        AudioException last = null;
        for (Driver driver : drivers) {
            if (driver.defaultRank() != Driver.NEVER_DEFAULT
                    && driver.availability() instanceof Availability.Available) {
                try {
                    Optional<Endpoint> found = driver.defaultEndpoint(direction, role);
                    if (found.isPresent()) {
                        return found.get();
                    }
                } catch (AudioException e) {
                    last = e;
                }
            }
        }
        throw last != null
                ? last
                : AudioException.of(
                        Failure.ENDPOINT_UNKNOWN,
                        "find a default endpoint",
                        "no driver here has one; see `nightjar drivers`");
    }

    /// Tells of the changes of all drivers from now on, on a control thread.
    public Driver.Watch watch(Consumer<EndpointEvent> listener) {
        List<Driver.Watch> watches = drivers.stream()
                .filter(driver -> driver.availability() instanceof Availability.Available)
                .map(driver -> driver.watch(listener))
                .toList();
        return () -> watches.forEach(Driver.Watch::close);
    }

    /// Closes the drivers. Streams that are still open are lost.
    @Override
    public synchronized void close() {
        resolved.clear();
        for (Driver driver : drivers) {
            try {
                driver.close();
            } catch (RuntimeException | Error e) {
                log(System.Logger.Level.WARNING, "closing " + driver.id() + " failed", e);
            }
        }
    }
}
