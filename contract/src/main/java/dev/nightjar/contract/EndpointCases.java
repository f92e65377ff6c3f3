package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Address;
import dev.nightjar.Availability;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointInfo;
import dev.nightjar.Failure;
import dev.nightjar.FormatSupport;
import dev.nightjar.Role;
import dev.nightjar.ShareMode;
import dev.nightjar.StreamCounter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What there is: enumeration, addresses, infos, defaults.
abstract class EndpointCases extends Cases {
    @Test
    void theDriverHasAnIdThatAddressesBeginWithAndIsAvailable() throws Exception {
        assertThat(driver.id()).matches("[a-z0-9]+");
        assertThat(driver.name()).isNotBlank();
        assertThat(driver.availability()).isInstanceOf(Availability.Available.class);
        assertThat(driver.endpoints()).isNotEmpty().allSatisfy(endpoint -> {
            assertThat(endpoint.driver()).isSameAs(driver);
            assertThat(endpoint.address().driverId()).isEqualTo(driver.id());
        });
    }

    @Test
    void endpointsAreListedUnderTheSameAddressesAgainAndAgain() throws Exception {
        List<Address> first = driver.endpoints().stream().map(Endpoint::address).toList();
        run(Place.RENDER, 3);
        List<Address> second =
                driver.endpoints().stream().map(Endpoint::address).toList();
        assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
    }

    @Test
    void anAddressIsParsedToTheEndpointThatPrintsIt() throws Exception {
        for (Endpoint endpoint : driver.endpoints()) {
            Address parsed = Address.parse(endpoint.toString());
            assertThat(parsed).isEqualTo(endpoint.address());
            assertThat(driver.endpoint(parsed, List.of())).isSameAs(endpoint);
        }
    }

    @Test
    void theSameAddressGivesTheSameObjectWhileItIsOpen() throws Exception {
        Address address = Address.parse(host.address(Place.RENDER));
        Run run = run(Place.RENDER, 2);
        assertThat(driver.endpoint(address, List.of())).isSameAs(run.stream().endpoint());
        assertThat(audio.endpoint(address)).isSameAs(run.stream().endpoint());
    }

    @Test
    void lookingAtEndpointsDisturbsNoRunningStream() throws Exception {
        Run run = run(Place.RENDER, 3);
        long xruns = run.stream().counters().xruns();
        long generations = run.count(StreamCounter.GENERATIONS);
        for (int i = 0; i < 20; i++) {
            driver.endpoints().forEach(Endpoint::info);
            driver.defaultEndpoint(Direction.RENDER, Role.DEFAULT);
        }
        awaitTurns(run, run.witness().count() + 5);
        assertThat(run.count(StreamCounter.GENERATIONS)).isEqualTo(generations);
        assertThat(run.events()).noneMatch(event -> event.cause().isPresent());
        if (table.isDeterministic()) {
            assertThat(run.stream().counters().xruns()).isEqualTo(xruns);
        }
    }

    @Test
    void anInfoSaysWhichSidesThereAreAndNothingOfThoseThereAreNot() throws Exception {
        for (Place place : places()) {
            Endpoint endpoint = audio.endpoint(host.address(place));
            EndpointInfo info = endpoint.info();
            assertThat(info.address()).isEqualTo(endpoint.address());
            assertThat(info.name()).isNotBlank();
            assertThat(info.presence()).isEqualTo(EndpointInfo.Presence.PRESENT);
            assertThat(info.direction().renders()).isEqualTo(place != Place.CAPTURE);
            assertThat(info.direction().captures()).isEqualTo(place == Place.CAPTURE || place == Place.CABLE);
            for (Direction side : List.of(Direction.RENDER, Direction.CAPTURE)) {
                boolean there = side == Direction.RENDER
                        ? info.direction().renders()
                        : info.direction().captures();
                FormatSupport shared = info.formats(side).of(ShareMode.SHARED);
                FormatSupport exclusive = info.formats(side).of(ShareMode.EXCLUSIVE);
                boolean refused = shared instanceof FormatSupport.Refused && exclusive instanceof FormatSupport.Refused;
                assertThat(refused).as("%s of %s refused", side, endpoint).isEqualTo(!there);
            }
        }
    }

    @Test
    void anInfoOffersWhatTheTableNames() throws Exception {
        EndpointInfo info = audio.endpoint(host.address(Place.RENDER)).info();
        for (ShareMode mode : ShareMode.values()) {
            if (info.renderFormats().of(mode) instanceof FormatSupport.Offered offered) {
                assertThat(offered.ranges())
                        .allSatisfy(range -> assertThat(table.formats().samples())
                                .containsAll(range.samples().keySet()));
                assertThat(offered.ranges())
                        .anySatisfy(range -> assertThat(
                                        range.hasRate(table.formats().rate()))
                                .isTrue());
            }
        }
    }

    @Test
    void anInfoIsTheSameWhileAStreamRuns() throws Exception {
        Endpoint endpoint = audio.endpoint(host.address(Place.RENDER));
        EndpointInfo before = endpoint.info();
        run(Place.RENDER, 2);
        EndpointInfo during = endpoint.info();
        assertThat(during.name()).isEqualTo(before.name());
        assertThat(during.direction()).isEqualTo(before.direction());
        assertThat(during.clock()).isEqualTo(before.clock());
        assertThat(during.hardware()).isEqualTo(before.hardware());
        assertThat(during.presence()).isEqualTo(EndpointInfo.Presence.PRESENT);
    }

    @Test
    void anEndpointThatWentIsGoneAndComesBackAsTheSameObject() throws Exception {
        Endpoint endpoint = audio.endpoint(host.address(Place.RENDER));
        if (!cause(Trouble.UNPLUG, Place.RENDER)) {
            return;
        }
        assertThat(endpoint.info().presence()).isEqualTo(EndpointInfo.Presence.GONE);
        assertThat(driver.endpoints()).doesNotContain(endpoint);
        cause(Trouble.PLUG, Place.RENDER);
        assertThat(endpoint.info().presence()).isEqualTo(EndpointInfo.Presence.PRESENT);
        assertThat(driver.endpoints().contains(endpoint))
                .isEqualTo(table.abilities().contains(Ability.LISTED));
    }

    @Test
    void theDefaultsAreAmongTheEndpointsAndOfTheirDirection() throws Exception {
        for (Direction direction : List.of(Direction.RENDER, Direction.CAPTURE)) {
            for (Role role : Role.values()) {
                Optional<Endpoint> found = driver.defaultEndpoint(direction, role);
                if (table.abilities().contains(Ability.DEFAULTS)) {
                    Endpoint endpoint = found.orElseThrow();
                    assertThat(driver.endpoints()).contains(endpoint);
                    assertThat(endpoint.info().direction()).isIn(direction, Direction.DUPLEX);
                } else {
                    assertThat(found).isEmpty();
                    doesNotApply(direction + " " + role + " has no default");
                }
            }
        }
    }

    @Test
    void aHostWithDefaultsIsAskedForThemAndOneWithoutIsNot() throws Exception {
        boolean ranked = driver.defaultRank() != Driver.NEVER_DEFAULT;
        if (ranked) {
            assertThat(table.abilities()).contains(Ability.DEFAULTS);
            assertThat(audio.defaultRender().address().equals(Address.parse(host.address(Place.RENDER))))
                    .isEqualTo(table.abilities().contains(Ability.LISTED));
        } else {
            refusal(Failure.ENDPOINT_UNKNOWN, () -> open(audio.defaultRender()));
        }
    }

    private AutoCloseable open(Endpoint endpoint) throws dev.nightjar.AudioException {
        return endpoint.open(usual());
    }

    @Test
    void anUnknownEndpointIsRefusedWithItsAddressInTheMessage() {
        String address = driver.id() + ":no-such-endpoint-at-all";
        assertThat(refusal(Failure.ENDPOINT_UNKNOWN, () -> open(audio.endpoint(address))))
                .hasMessageContaining(address);
    }

    @Test
    void anUnknownParameterIsRefusedByItsName() throws Exception {
        Address address = audio.endpoint(host.address(Place.RENDER)).address();
        String wrong = address + (address.toString().contains("?") ? "&" : "?") + "nosuchthing=1";
        assertThat(refusal(Failure.ADDRESS_INVALID, () -> open(audio.endpoint(wrong))))
                .hasMessageContaining("nosuchthing");
    }

    @Test
    void aClosedDriverMayBeClosedAgainAndItsStreamsFailAsClosed() throws Exception {
        Run run = run(Place.RENDER, 2);
        driver.close();
        driver.close();
        await("the end of the stream", () -> run.stream().state().isOver());
        assertThat(run.stream().failure().orElseThrow().failure()).isEqualTo(Failure.CLOSED);
        int turns = run.witness().count();
        pass(Duration.ofMillis(100));
        assertThat(run.witness().count()).isEqualTo(turns);
    }
}
