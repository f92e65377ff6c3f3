package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.Endpoint;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who may be on an endpoint with whom.
abstract class SharingCases extends Cases {
    private boolean offersExclusive() throws Exception {
        return offers(Ability.EXCLUSIVE, () -> open(Place.RENDER, usual().exclusive()));
    }

    @Test
    void anEndpointIsOpenedAgainAfterEachClose() throws Exception {
        for (Place place : places()) {
            for (int i = 0; i < 4; i++) {
                Run run = run(place, 2);
                assertGoesOn(run, 0, 0);
                run.stream().close();
            }
        }
    }

    @Test
    void severalSharedStreamsRunAtOnceOrTheSecondIsRefused() throws Exception {
        Run first = run(Place.RENDER, 2);
        if (!offers(Ability.SEVERAL, () -> open(Place.RENDER, usual()))) {
            return;
        }
        Run second = run(Place.RENDER, 5);
        awaitTurns(first, first.witness().count() + 3);
        second.stream().close();
        awaitTurns(first, first.witness().count() + 3);
        assertThat(first.told(StreamEvent.Kind.LOST)).isFalse();
    }

    @Test
    void aDuplexStreamAndADifferentEndpointRunSideBySide() throws Exception {
        if (offers(Place.CABLE) && offers(Place.OTHER_RENDER)) {
            Run cable = run(Place.CABLE, 2);
            Run other = run(Place.OTHER_RENDER, 4);
            awaitTurns(cable, cable.witness().count() + 4);
            assertThat(other.stream().endpoint()).isNotEqualTo(cable.stream().endpoint());
        }
    }

    @Test
    void anExclusiveStreamIsAlone() throws Exception {
        if (!offersExclusive()) {
            return;
        }
        Run alone = started(opened(Place.RENDER, usual().exclusive().name("the only one")));
        awaitTurns(alone, 2);
        AudioException busy = refusal(Failure.ENDPOINT_BUSY, () -> open(Place.RENDER, usual()));
        assertThat(busy).hasMessageContaining(alone.stream().endpoint().toString());
        refusal(Failure.ENDPOINT_BUSY, () -> open(Place.RENDER, usual().exclusive()));
        awaitTurns(alone, alone.witness().count() + 3);
        assertThat(alone.stream().state()).isEqualTo(StreamState.RUNNING);
        alone.stream().close();
        run(Place.RENDER, 3);
    }

    @Test
    void anExclusiveStreamThatIsOnlyOpenHoldsTheEndpointToo() throws Exception {
        if (offersExclusive()) {
            Stream alone = open(Place.RENDER, usual().exclusive());
            refusal(Failure.ENDPOINT_BUSY, () -> open(Place.RENDER, usual()));
            alone.close();
            open(Place.RENDER, usual());
        }
    }

    @Test
    void sharedStreamsThatAreSentAwayAreToldAndComeBack() throws Exception {
        Run shared = run(Place.RENDER, 3);
        if (!offersExclusive()) {
            return;
        }
        if (!table.abilities().contains(Ability.PREEMPTION)) {
            AudioException busy = refusal(Failure.ENDPOINT_BUSY, () -> open(Place.RENDER, usual().exclusive()));
            doesNotApply("PREEMPTION: " + busy.getMessage());
            return;
        }
        Stream exclusive = open(Place.RENDER, usual().exclusive());
        awaitEvent(shared, StreamEvent.Kind.LOST);
        assertThat(shared.event(StreamEvent.Kind.LOST).cause().orElseThrow().failure())
                .isEqualTo(Failure.PREEMPTED);
        int turns = shared.witness().count();
        pass(Duration.ofMillis(200));
        assertThat(shared.witness().count()).isEqualTo(turns);
        exclusive.close();
        awaitTurns(shared, turns + 3);
        assertThat(shared.count(StreamCounter.REBUILDS)).isEqualTo(1);
    }

    @Test
    void anEndpointThatSomebodyElseHoldsIsBusyUntilTheyLetGo() throws Exception {
        if (!cause(Trouble.BUSY, Place.RENDER, Duration.ofMillis(500))) {
            return;
        }
        AudioException busy = refusal(Failure.ENDPOINT_BUSY, () -> open(Place.RENDER, usual()));
        assertThat(busy).hasMessageContaining(host.address(Place.RENDER));
        pass(Duration.ofMillis(600));
        run(Place.RENDER, 3);
    }

    @Test
    void aLostStreamWaitsForAnEndpointThatIsBusy() throws Exception {
        Run run = run(Place.RENDER, 3);
        if (cause(Trouble.BUSY, Place.RENDER, Duration.ofMillis(700)) && cause(Trouble.ERROR, Place.RENDER)) {
            awaitEvent(run, StreamEvent.Kind.REBUILT);
            assertThat(run.event(StreamEvent.Kind.REBUILT).value()).isGreaterThan(600_000_000);
            awaitTurns(run, run.witness().count() + 3);
        }
    }

    @Test
    void fullDuplexOfTwoEndpointsIsOneTurnOrRefused() throws Exception {
        if (!offers(Place.CAPTURE)) {
            return;
        }
        Endpoint render = audio.endpoint(host.address(Place.RENDER));
        Endpoint capture = audio.endpoint(host.address(Place.CAPTURE));
        boolean oneClock = render.info().clock().isPresent()
                && render.info().clock().equals(capture.info().clock());
        if (!oneClock) {
            AudioException refusal = refusal(Failure.NOT_OFFERED, () -> render.openWith(capture, usual()));
            assertThat(refusal).hasMessageContaining("join(");
            doesNotApply("full duplex of two endpoints: " + refusal.getMessage());
            return;
        }
        try (Stream stream = render.openWith(capture, usual())) {
            Witness witness = new Witness(clock);
            stream.startRaw(witness);
            await("turns", () -> witness.count() > 5);
            assertThat(stream.outputFormat()).isPresent();
            assertThat(stream.inputFormat()).isPresent();
            assertThat(witness.wrongs).isEmpty();
        }
    }
}
