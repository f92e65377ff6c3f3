package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointEvent;
import dev.nightjar.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a driver tells of its endpoints.
abstract class WatchCases extends Cases {
    private final List<EndpointEvent> told = new CopyOnWriteArrayList<>();

    private void awaitTold(int count) {
        await(count + " events", () -> told.size() >= count);
        pass(Duration.ofMillis(20));
        assertThat(told).hasSize(count);
    }

    private Endpoint at(Place place) throws Exception {
        return audio.endpoint(host.address(place));
    }

    @Test
    void goingAndComingAreToldInTheirOrder() throws Exception {
        try (Driver.Watch _ = driver.watch(told::add)) {
            for (int i = 0; i < 3; i++) {
                if (!cause(Trouble.UNPLUG, Place.RENDER)) {
                    return;
                }
                cause(Trouble.PLUG, Place.RENDER);
            }
            awaitTold(6);
        }
        Endpoint endpoint = at(Place.RENDER);
        for (int i = 0; i < 6; i += 2) {
            assertThat(told.get(i)).isEqualTo(new EndpointEvent.Removed(endpoint));
            assertThat(told.get(i + 1)).isEqualTo(new EndpointEvent.Added(endpoint));
        }
    }

    @Test
    void aMovedDefaultIsToldWithItsDirectionAndRole() throws Exception {
        try (Driver.Watch _ = driver.watch(told::add)) {
            if (!offers(Place.OTHER_RENDER) || !cause(Trouble.DEFAULT_HERE, Place.OTHER_RENDER)) {
                return;
            }
            awaitTold(1);
        }
        assertThat(told.getFirst())
                .isEqualTo(new EndpointEvent.DefaultMoved(at(Place.OTHER_RENDER), Direction.RENDER, Role.DEFAULT));
        assertThat(driver.defaultEndpoint(Direction.RENDER, Role.DEFAULT)).contains(at(Place.OTHER_RENDER));
    }

    @Test
    void aChangedFormatIsTold() throws Exception {
        try (Driver.Watch _ = driver.watch(told::add)) {
            if (cause(Trouble.CHANGE_FORMAT, Place.RENDER)) {
                awaitTold(1);
                assertThat(told.getFirst()).isEqualTo(new EndpointEvent.FormatChanged(at(Place.RENDER)));
            }
        }
    }

    @Test
    void nothingIsToldAfterTheWatchWasClosed() throws Exception {
        Driver.Watch watch = driver.watch(told::add);
        if (!cause(Trouble.UNPLUG, Place.RENDER)) {
            return;
        }
        watch.close();
        int before = told.size();
        cause(Trouble.PLUG, Place.RENDER);
        pass(Duration.ofMillis(100));
        watch.close();
        assertThat(told).hasSize(before);
    }

    @Test
    void aWatchThatIsClosedFromWithinIsOver() throws Exception {
        Driver.Watch[] watch = new Driver.Watch[1];
        watch[0] = driver.watch(event -> {
            told.add(event);
            watch[0].close();
        });
        if (!cause(Trouble.UNPLUG, Place.RENDER)) {
            return;
        }
        cause(Trouble.PLUG, Place.RENDER);
        awaitTold(1);
    }

    @Test
    void watchesAreIndependentOfEachOther() throws Exception {
        List<EndpointEvent> other = new CopyOnWriteArrayList<>();
        Driver.Watch first = driver.watch(other::add);
        try (Driver.Watch _ = driver.watch(told::add)) {
            if (!cause(Trouble.UNPLUG, Place.RENDER)) {
                return;
            }
            awaitTold(1);
            first.close();
            cause(Trouble.PLUG, Place.RENDER);
            awaitTold(2);
        }
        assertThat(other).isEqualTo(told.subList(0, 1));
    }

    /// Leaves one line in the log, not a page.
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown() {
            super("a listener that throws, on purpose", null, false, false);
        }
    }

    @Test
    void aListenerThatThrowsDoesNotKeepOthersFromHearing() throws Exception {
        try (Driver.Watch _ = driver.watch(_ -> {
                    throw new Thrown();
                });
                Driver.Watch _ = driver.watch(told::add)) {
            if (!cause(Trouble.UNPLUG, Place.RENDER)) {
                return;
            }
            cause(Trouble.PLUG, Place.RENDER);
            awaitTold(2);
        }
    }

    @Test
    void aListenerMayLookAtEndpointsAndCloseAStream() throws Exception {
        Run run = run(Place.RENDER, 2);
        try (Driver.Watch _ = driver.watch(event -> {
            event.endpoint().info();
            run.stream().close();
            told.add(event);
        })) {
            if (cause(Trouble.UNPLUG, Place.RENDER)) {
                awaitTold(1);
            }
        }
    }

    @Test
    void eventsAreNotToldWithinATurn() throws Exception {
        Run run = run(Place.RENDER, 2);
        boolean[] within = {false};
        try (Driver.Watch _ = driver.watch(event -> {
            within[0] |= run.witness().thread() == Thread.currentThread()
                    && run.witness().isInside();
            told.add(event);
        })) {
            if (cause(Trouble.UNPLUG, Place.RENDER)) {
                awaitTold(1);
            }
        }
        assertThat(within[0]).isFalse();
    }
}
