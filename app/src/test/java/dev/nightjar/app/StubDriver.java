package dev.nightjar.app;

import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Availability;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointEvent;
import dev.nightjar.EndpointInfo;
import dev.nightjar.Failure;
import dev.nightjar.Role;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A driver that only lists: for what is said about drivers and endpoints that this machine does not have.
final class StubDriver implements Driver {
    private final String id;
    private final Availability availability;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private boolean broken;

    StubDriver(String id, Availability availability) {
        this.id = id;
        this.availability = availability;
    }

    StubDriver endpoint(String name, Function<Address, EndpointInfo> info) {
        Address address = Address.of(id, name);
        endpoints.add(new Endpoint(this, address) {
            @Override
            public EndpointInfo info() {
                return info.apply(address);
            }

            @Override
            protected RawStream openRaw(RawRequest request) throws AudioException {
                throw AudioException.of(Failure.NOT_OFFERED, "open " + address, "it only lists");
            }
        });
        return this;
    }

    StubDriver broken() {
        broken = true;
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return id.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public List<Endpoint> endpoints() throws AudioException {
        if (broken) {
            throw AudioException.of(Failure.DRIVER_MISSING, "list the endpoints", "its server went away; start it");
        }
        return endpoints;
    }

    @Override
    public Endpoint endpoint(Address address, List<Endpoint> operands) throws AudioException {
        return endpoints.getFirst();
    }

    @Override
    public Optional<Endpoint> defaultEndpoint(Direction direction, Role role) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.info().direction() == direction)
                .findFirst();
    }

    @Override
    public Watch watch(Consumer<EndpointEvent> listener) {
        return () -> {};
    }

    @Override
    public void close() {}
}
