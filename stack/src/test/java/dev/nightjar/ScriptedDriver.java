package dev.nightjar;

import dev.nightjar.spi.AudioClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A driver whose every answer the test gives, and whose turns the test runs by hand.
class ScriptedDriver implements Driver {
    final HandClock hand = new HandClock();
    final Map<Address, ScriptedEndpoint> endpoints = new LinkedHashMap<>();
    final List<Consumer<EndpointEvent>> watchers = new CopyOnWriteArrayList<>();
    final List<Address> asked = new ArrayList<>();
    private final String id;
    AudioClock clock = hand;
    Availability availability = new Availability.Available("1.0");
    int rank = 10;
    Optional<Endpoint> renderDefault = Optional.empty();
    Optional<Endpoint> captureDefault = Optional.empty();
    Optional<AudioException> trouble = Optional.empty();
    Runnable whenWatchCloses = () -> {};
    boolean closed;

    ScriptedDriver(String id) {
        this.id = id;
    }

    ScriptedEndpoint add(String name) {
        ScriptedEndpoint endpoint = new ScriptedEndpoint(this, Address.of(id, name));
        endpoints.put(endpoint.address(), endpoint);
        return endpoint;
    }

    void tell(EndpointEvent event) {
        watchers.forEach(watcher -> watcher.accept(event));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return "Scripted " + id;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public int defaultRank() {
        return rank;
    }

    @Override
    public AudioClock clock() {
        return clock;
    }

    @Override
    public List<Endpoint> endpoints() throws AudioException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return List.copyOf(endpoints.values());
    }

    @Override
    public Endpoint endpoint(Address address, List<Endpoint> operands) throws AudioException {
        asked.add(address);
        Endpoint known = endpoints.get(address);
        if (known == null) {
            throw AudioException.of(Failure.ENDPOINT_UNKNOWN, "find " + address, "there is none of this name");
        }
        return known;
    }

    @Override
    public Optional<Endpoint> defaultEndpoint(Direction direction, Role role) throws AudioException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return direction == Direction.CAPTURE ? captureDefault : renderDefault;
    }

    @Override
    public Watch watch(Consumer<EndpointEvent> listener) {
        watchers.add(listener);
        return () -> {
            whenWatchCloses.run();
            watchers.remove(listener);
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
