package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Driver;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a stream tells of itself.
abstract class EventCases extends Cases {
    @Test
    void eventsAreToldInTheOrderInWhichTheyHappened() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, index) -> {
            if (index == 3) {
                host.spend(Duration.ofMillis(80));
            }
        });
        started(run);
        awaitTurns(run, 6);
        if (!cause(Trouble.ERROR, Place.RENDER)) {
            return;
        }
        awaitEvent(run, StreamEvent.Kind.REBUILT);
        awaitTurns(run, run.witness().count() + 2);
        run.stream().drain();
        awaitEvent(run, StreamEvent.Kind.DRAINED);
        List<StreamEvent.Kind> kinds =
                run.events().stream().map(StreamEvent::kind).distinct().toList();
        assertThat(kinds)
                .containsSubsequence(
                        StreamEvent.Kind.XRUN,
                        StreamEvent.Kind.LOST,
                        StreamEvent.Kind.REBUILT,
                        StreamEvent.Kind.DRAINED);
        ascending(run.events(), StreamEvent::position);
        if (table.isDeterministic()) {
            ascending(run.events(), StreamEvent::nanos);
        }
    }

    @Test
    void nothingIsToldAfterTheListeningWasClosed() throws Exception {
        Run run = opened(Place.RENDER, usual());
        List<StreamEvent> heard = new CopyOnWriteArrayList<>();
        Driver.Watch watch = run.stream().onEvent(heard::add);
        watch.close();
        run.witness().doing((turn, _) -> turn.end(1));
        started(run);
        awaitEvent(run, StreamEvent.Kind.DRAINED);
        assertThat(heard).isEmpty();
    }

    @Test
    void nothingIsToldAfterTheStreamWasClosed() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, index) -> {
            if (index % 3 == 2) {
                host.spend(Duration.ofMillis(70));
            }
        });
        started(run);
        awaitTurns(run, 8);
        run.stream().close();
        int told = run.events().size();
        assertThat(told).isPositive();
        pass(Duration.ofMillis(150));
        assertThat(run.events()).hasSize(told);
    }

    @Test
    void eventsAreNotToldWithinATurn() throws Exception {
        Run run = opened(Place.RENDER, usual());
        boolean[] within = {false};
        run.stream()
                .onEvent(_ -> within[0] |= run.witness().thread() == Thread.currentThread()
                        && run.witness().isInside());
        run.witness().doing((_, index) -> {
            if (index % 3 == 2) {
                host.spend(Duration.ofMillis(70));
            }
        });
        started(run);
        awaitTurns(run, 10);
        awaitEvent(run, StreamEvent.Kind.XRUN);
        assertThat(within[0]).isFalse();
    }

    @Test
    void aListenerMayCloseTheStreamItHearsOf() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.stream().onEvent(_ -> run.stream().close());
        run.witness().doing((_, index) -> {
            if (index == 2) {
                host.spend(Duration.ofMillis(80));
            }
        });
        started(run);
        awaitState(run, StreamState.CLOSED);
    }
}
