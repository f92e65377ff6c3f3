package dev.nightjar.driver.virtual;

import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Availability;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointEvent;
import dev.nightjar.Failure;
import dev.nightjar.Role;
import dev.nightjar.spi.AudioClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The driver that needs no hardware. It is what Nightjar plays to where there is nothing else, what tests of
/// other programs use instead of a sound card, and the specification of what a driver does: whoever writes one
/// reads it first, beginning with [VirtualLoop].
///
/// Endpoints: `virtual:speakers`, `virtual:microphone` (silence, `?tone=HZ`, `?file=PATH`), `virtual:cable` and
/// `virtual:cable:NAME` (what is rendered is captured one period later), `virtual:null`, `virtual:file:PATH` (a
/// WAV file of the rendered frames). Parameters say what an endpoint is to be: `rate`, `channels`, `format`,
/// `bits`, `planar`, `period`, and `paced=false` for one that takes frames as fast as they come.
public final class VirtualDriver implements Driver {
    private static final String FILE = "file:";
    private static final String CABLE = "cable:";
    private static final int LAST_RESORT = 1_000;

    private final AudioClock clock;
    private final Pace pace;
    private final Object opening = new Object();
    private final Map<String, VirtualDevice> devices = new LinkedHashMap<>();
    private final Map<Address, VirtualEndpoint> endpoints = new HashMap<>();
    private final Map<String, String> defaults = new HashMap<>();
    private final List<VirtualWatch> watches = new ArrayList<>();
    private volatile long asleepUntil = Long.MIN_VALUE;
    private boolean closed;

    /// By the machine's clock, without faults.
    public VirtualDriver() {
        this(AudioClock.system(), FaultScript.NONE);
    }

    /// By a clock that a test moves.
    public VirtualDriver(VirtualClock clock) {
        this(clock, FaultScript.NONE);
    }

    /// With faults, whose times count from now on this clock.
    public VirtualDriver(AudioClock clock, FaultScript script) {
        this.clock = clock;
        this.pace = clock instanceof VirtualClock virtual ? virtual.pace() : new ThreadPace();
        add(new VirtualDevice("speakers", "Virtual speakers", Direction.RENDER, null));
        add(new VirtualDevice("microphone", "Virtual microphone", Direction.CAPTURE, null));
        add(new VirtualDevice("cable", "Virtual cable", Direction.DUPLEX, new Wire()));
        add(new VirtualDevice("null", "Virtual null sink", Direction.RENDER, null));
        for (Role role : Role.values()) {
            defaults.put(key(Direction.RENDER, role), "speakers");
            defaults.put(key(Direction.CAPTURE, role), "microphone");
        }
        for (FaultScript.Entry entry : script.entries()) {
            clock.after(entry.at().toNanos(), () -> inject(entry.fault()));
        }
    }

    private void add(VirtualDevice device) {
        devices.put(device.id, device);
    }

    private static String key(Direction direction, Role role) {
        return direction + " " + role;
    }

    @Override
    public String id() {
        return "virtual";
    }

    @Override
    public String name() {
        return "Virtual";
    }

    @Override
    public Availability availability() {
        return new Availability.Available("");
    }

    @Override
    public int defaultRank() {
        return LAST_RESORT;
    }

    @Override
    public AudioClock clock() {
        return clock;
    }

    /// Held while a stream is let on its devices: a refused one leaves no trace on them.
    Object opening() {
        return opening;
    }

    Pace pace() {
        return pace;
    }

    @Override
    public synchronized List<Endpoint> endpoints() throws AudioException {
        List<Endpoint> present = new ArrayList<>();
        for (VirtualDevice device : devices.values()) {
            if (device.isPresent() && !device.id.startsWith(FILE)) {
                present.add(endpointOf(device));
            }
        }
        return present;
    }

    @Override
    public synchronized Endpoint endpoint(Address address, List<Endpoint> operands) throws AudioException {
        VirtualEndpoint known = endpoints.get(address);
        if (known != null) {
            return known;
        }
        String id = ((Address.Host) address).id();
        VirtualOptions options = VirtualOptions.of(address);
        VirtualDevice device = device(id, address);
        VirtualEndpoint made = device.wire != null
                ? new VirtualCable(this, address, device, options)
                : new VirtualEndpoint(this, address, device, options, pathOf(id));
        endpoints.put(address, made);
        return made;
    }

    private static @Nullable Path pathOf(String id) {
        return id.startsWith(FILE) ? Path.of(id.substring(FILE.length())) : null;
    }

    private VirtualDevice device(String id, Address address) throws AudioException {
        VirtualDevice device = devices.get(id);
        if (device == null && id.startsWith(CABLE) && id.length() > CABLE.length()) {
            device = new VirtualDevice(
                    id, "Virtual cable " + id.substring(CABLE.length()), Direction.DUPLEX, new Wire());
            add(device);
        } else if (device == null && id.startsWith(FILE) && id.length() > FILE.length()) {
            device = new VirtualDevice(id, id.substring(FILE.length()), Direction.RENDER, null);
            add(device);
        }
        if (device == null) {
            throw AudioException.of(
                    Failure.ENDPOINT_UNKNOWN,
                    "find " + address,
                    "there are virtual:speakers, microphone, cable, cable:NAME, null and file:PATH");
        }
        return device;
    }

    private Endpoint endpointOf(VirtualDevice device) throws AudioException {
        return endpoint(Address.of(id(), device.id), List.of());
    }

    @Override
    public synchronized Optional<Endpoint> defaultEndpoint(Direction direction, Role role) throws AudioException {
        String id = defaults.get(key(direction == Direction.DUPLEX ? Direction.RENDER : direction, role));
        VirtualDevice device = devices.get(id);
        return device == null || !device.isPresent() ? Optional.empty() : Optional.of(endpointOf(device));
    }

    @Override
    public Watch watch(Consumer<EndpointEvent> listener) {
        VirtualWatch watch = new VirtualWatch(listener);
        synchronized (watches) {
            watches.add(watch);
        }
        return watch;
    }

    private final class VirtualWatch implements Watch {
        private final Consumer<EndpointEvent> listener;
        private boolean ended;

        VirtualWatch(Consumer<EndpointEvent> listener) {
            this.listener = listener;
        }

        synchronized void tell(EndpointEvent event) {
            if (!ended) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    System.getLogger("dev.nightjar").log(System.Logger.Level.WARNING, "a driver's listener threw", e);
                }
            }
        }

        @Override
        public void close() {
            synchronized (watches) {
                watches.remove(this);
            }
            synchronized (this) {
                ended = true;
            }
        }
    }

    private void tell(EndpointEvent event) {
        List<VirtualWatch> told;
        synchronized (watches) {
            told = List.copyOf(watches);
        }
        clock.after(0, () -> told.forEach(watch -> watch.tell(event)));
    }

    boolean isAsleep() {
        return clock.nanoTime() < asleepUntil;
    }

    void requireAwake(String operation) throws AudioException {
        if (isAsleep()) {
            throw AudioException.of(Failure.ENDPOINT_GONE, operation, "the machine sleeps; try again when it is awake");
        }
    }

    Consumer<AudioException> whenLost(VirtualDevice device) {
        return cause -> lose(device, cause);
    }

    private static void lose(VirtualDevice device, AudioException cause) {
        device.streams().forEach(stream -> stream.lose(cause));
    }

    /// Makes a fault happen now. `[control-thread]`
    ///
    /// @throws IllegalArgumentException if it names a device that there is not
    public void inject(Fault fault) {
        long now = clock.nanoTime();
        switch (fault) {
            case Fault.Unplug(String id) -> unplug(named(id));
            case Fault.Plug(String id) -> plug(named(id));
            case Fault.MoveDefault(String id, Direction direction, Role role) ->
                moveDefault(named(id), direction, role);
            case Fault.Sleep(Duration time) -> sleep(now + time.toNanos());
            case Fault.Busy(String id, Duration time) -> named(id).busyUntil(now + time.toNanos());
            case Fault.ChangeFormat(String id, Map<String, String> parameters) -> change(named(id), parameters);
            case Fault.Jitter(String id, Duration most, Duration time) ->
                named(id).jitter(most.toNanos(), now + time.toNanos());
            case Fault.Late(String id, Duration by) -> named(id).late(by.toNanos());
            case Fault.Drift(String id, double ppm) -> named(id).ppm(ppm);
            case Fault.ShortTransfers(String id, int frames, Duration time) ->
                named(id).shortTransfers(frames, now + time.toNanos());
            case Fault.DriverError(String id, int code, String text) ->
                lose(named(id), new AudioException(Failure.DRIVER_FAILED, "run virtual:" + id, code, text));
            case Fault.Stall(String id, Duration time) -> named(id).stalledUntil(now + time.toNanos());
        }
    }

    private synchronized VirtualDevice named(String id) {
        VirtualDevice device = devices.get(id);
        if (device == null) {
            throw new IllegalArgumentException("there is no device '" + id + "'; there are " + devices.keySet());
        }
        return device;
    }

    private void unplug(VirtualDevice device) {
        if (device.isPresent()) {
            device.present(false);
            lose(device, AudioException.of(Failure.ENDPOINT_GONE, "run virtual:" + device.id, "it was unplugged"));
            tell(new EndpointEvent.Removed(listed(device)));
        }
    }

    private void plug(VirtualDevice device) {
        if (!device.isPresent()) {
            device.present(true);
            tell(new EndpointEvent.Added(listed(device)));
        }
    }

    private Endpoint listed(VirtualDevice device) {
        try {
            return endpointOf(device);
        } catch (AudioException e) {
            throw new IllegalStateException(e);
        }
    }

    private void moveDefault(VirtualDevice device, Direction direction, Role role) {
        synchronized (this) {
            defaults.put(key(direction, role), device.id);
        }
        tell(new EndpointEvent.DefaultMoved(listed(device), direction, role));
    }

    private void sleep(long untilNanos) {
        asleepUntil = untilNanos;
        AudioException cause = AudioException.of(Failure.ENDPOINT_GONE, "run virtual", "the machine went to sleep");
        List<VirtualDevice> all;
        synchronized (this) {
            all = List.copyOf(devices.values());
        }
        all.forEach(device -> lose(device, cause));
    }

    private void change(VirtualDevice device, Map<String, String> parameters) {
        try {
            device.limits(VirtualOptions.of(parameters, "change the format of virtual:" + device.id));
        } catch (AudioException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        lose(
                device,
                AudioException.of(
                        Failure.RESET_REQUESTED, "run virtual:" + device.id, "its format is another one now"));
        tell(new EndpointEvent.FormatChanged(listed(device)));
    }

    @Override
    public void close() {
        List<VirtualDevice> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(devices.values());
        }
        all.forEach(device -> lose(device, AudioException.of(Failure.CLOSED, "run virtual", "the driver was closed")));
    }
}
