package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.EndpointInfo;
import dev.nightjar.Failure;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamPolicy;
import dev.nightjar.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Endpoints that go and come back.
abstract class LossCases extends Cases {
    private boolean unplug() throws Exception {
        return cause(Trouble.UNPLUG, Place.RENDER);
    }

    private void plug() throws Exception {
        cause(Trouble.PLUG, Place.RENDER);
    }

    @Test
    void aLostStreamSaysWhyAndWaitsWithoutTurns() throws Exception {
        Run run = started(opened(Place.RENDER, usual().latencyFrames(64)));
        awaitTurns(run, 4);
        if (!unplug()) {
            return;
        }
        int lostAt = run.witness().count();
        awaitState(run, StreamState.REBUILDING);
        awaitEvent(run, StreamEvent.Kind.LOST);
        AudioException cause = run.event(StreamEvent.Kind.LOST).cause().orElseThrow();
        assertThat(cause.failure()).isEqualTo(Failure.ENDPOINT_GONE);
        int turns = run.witness().count();
        assertThat(turns - lostAt).as("turns after the loss").isLessThanOrEqualTo(table.isDeterministic() ? 0 : 2);
        long position = run.stream().position();
        pass(Duration.ofMillis(300));
        assertThat(run.witness().count()).isEqualTo(turns);
        assertThat(run.stream().position()).isEqualTo(position);
        assertThat(run.stream().played().frames()).isLessThanOrEqualTo(position);
        assertThat(run.stream().state()).isEqualTo(StreamState.REBUILDING);
    }

    @Test
    void aStreamComesBackWithItsEndpointAndItsPositionHasGoneOn() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        int turns = run.witness().count();
        pass(Duration.ofMillis(400));
        plug();
        awaitTurns(run, turns + 3);
        awaitEvent(run, StreamEvent.Kind.REBUILT);
        Witness.Seen before = run.witness().turn(turns - 1);
        Witness.Seen after = run.witness().turn(turns);
        assertThat(run.count(StreamCounter.REBUILDS)).isEqualTo(1);
        assertThat(after.gap()).isPositive();
        double missed = (after.enteredNanos() - before.enteredNanos())
                * 1e-9
                * table.formats().rate();
        double allowed =
                run.stream().maxFrames() + slackNanos() * 1e-9 * table.formats().rate();
        assertThat((double) after.gap()).isBetween(missed - allowed, missed + allowed);
        assertThat(run.event(StreamEvent.Kind.REBUILT).value())
                .isBetween(400_000_000L, after.enteredNanos() - before.enteredNanos() + slackNanos() + 1);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void afterALongOutageAStreamIsBackWithinABackOffOfASecond() throws Exception {
        Run run = run(Place.RENDER, 3);
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        pass(Duration.ofMillis(2_500));
        plug();
        long plugged = clock.nanoTime();
        awaitState(run, StreamState.RUNNING);
        assertThat(clock.nanoTime() - plugged).isLessThan(1_050_000_000 + slackNanos());
    }

    @Test
    void anEndpointThatFlickersLeavesTheStreamOnIt() throws Exception {
        Run run = run(Place.RENDER, 3);
        for (int i = 0; i < 6; i++) {
            if (!unplug()) {
                return;
            }
            pass(Duration.ofMillis(7L * i));
            plug();
            pass(Duration.ofMillis(13L * i));
        }
        await("turns", () -> run.stream().state() == StreamState.RUNNING);
        awaitTurns(run, run.witness().count() + 5);
        assertThat(run.count(StreamCounter.REBUILDS)).isPositive();
        assertThat(run.stream().failure()).isEmpty();
    }

    @Test
    void aPausedStreamIsPausedWhenItComesBack() throws Exception {
        Run run = run(Place.RENDER, 4);
        run.stream().pause();
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        int turns = run.witness().count();
        plug();
        awaitState(run, StreamState.PAUSED);
        pass(Duration.ofMillis(200));
        int after = run.witness().count();
        pass(Duration.ofMillis(200));
        assertThat(run.witness().count()).isEqualTo(after);
        run.stream().resume();
        awaitTurns(run, turns + 4);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aLostStreamThatIsStoppedStaysStoppedAndStartsAgainLater() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        run.stream().stop();
        assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
        plug();
        int turns = run.witness().count();
        pass(Duration.ofMillis(300));
        assertThat(run.witness().count()).isEqualTo(turns);
        started(run);
        awaitTurns(run, turns + 4);
    }

    @Test
    void aLostStreamThatIsClosedNeverComesBack() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        run.stream().close();
        plug();
        int turns = run.witness().count();
        pass(Duration.ofMillis(1_200));
        assertThat(run.witness().count()).isEqualTo(turns);
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertThat(run.count(StreamCounter.REBUILDS)).isZero();
    }

    @Test
    void aStreamGivesUpWhenItsPolicySaysSo() throws Exception {
        Run run =
                started(opened(Place.RENDER, usual().policy(StreamPolicy.PINNED.giveUpAfter(Duration.ofMillis(300)))));
        awaitTurns(run, 3);
        if (!unplug()) {
            return;
        }
        awaitState(run, StreamState.FAILED);
        assertThat(run.stream().failure().orElseThrow().failure()).isEqualTo(Failure.ENDPOINT_GONE);
        awaitEvent(run, StreamEvent.Kind.FAILED);
        plug();
        int turns = run.witness().count();
        pass(Duration.ofMillis(1_200));
        assertThat(run.witness().count()).isEqualTo(turns);
    }

    @Test
    void aStreamThatIsLostWhileItDrainsEndsAsNotPlayed() throws Exception {
        Run run = opened(Place.RENDER, usual().latencyFrames(table.formats().rate() / 2));
        started(run);
        awaitTurns(run, 2);
        if (!table.troubles().contains(Trouble.UNPLUG)) {
            unplug();
            return;
        }
        clock.after(20_000_000, () -> {
            try {
                unplug();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(run.stream().drain()).isFalse();
        assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
        awaitEvent(run, StreamEvent.Kind.DRAINED);
        assertThat(run.event(StreamEvent.Kind.DRAINED).value()).isZero();
    }

    @Test
    void anEndpointThatIsGoneIsNotOpened() throws Exception {
        if (!unplug()) {
            return;
        }
        assertThat(refusal(Failure.ENDPOINT_GONE, () -> open(Place.RENDER, usual())))
                .hasMessageContaining(audio.endpoint(host.address(Place.RENDER)).toString());
        plug();
        run(Place.RENDER, 3);
    }

    @Test
    void aStreamWhoseEndpointWentSinceItWasOpenedIsNotStarted() throws Exception {
        Run run = opened(Place.RENDER, usual());
        if (!unplug()) {
            return;
        }
        refusal(Failure.ENDPOINT_GONE, () -> {
            started(run);
            return run.stream();
        });
        assertThat(run.witness().count()).isZero();
        assertThat(run.stream().state()).isEqualTo(StreamState.OPEN);
    }

    @Test
    void whatTheHostSaidIsInTheCauseAndTheStreamComesBack() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!cause(Trouble.ERROR, Place.RENDER)) {
            return;
        }
        awaitEvent(run, StreamEvent.Kind.LOST);
        AudioException cause = run.event(StreamEvent.Kind.LOST).cause().orElseThrow();
        assertThat(cause.failure()).isEqualTo(Failure.DRIVER_FAILED);
        assertThat(cause.nativeCode()).isNotZero();
        assertThat(cause.nativeText()).isNotBlank();
        assertThat(cause)
                .hasMessageContaining(cause.nativeText())
                .hasMessageContaining(cause.operation())
                .hasMessageContaining(String.valueOf(cause.nativeCode()));
        awaitEvent(run, StreamEvent.Kind.REBUILT);
        awaitTurns(run, run.witness().count() + 3);
    }

    @Test
    void aHostThatStopsCallingIsNoticedAndTheStreamComesBack() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!cause(Trouble.STALL, Place.RENDER, Duration.ofSeconds(4))) {
            return;
        }
        long stalled = clock.nanoTime();
        awaitEvent(run, StreamEvent.Kind.LOST);
        assertThat(run.event(StreamEvent.Kind.LOST).cause().orElseThrow().failure())
                .isEqualTo(Failure.DRIVER_STALLED);
        assertThat(run.event(StreamEvent.Kind.LOST).nanos() - stalled)
                .isBetween(1_900_000_000L, 4_000_000_000L + slackNanos());
        awaitTurns(run, run.witness().count() + 3);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
        assertThat(run.count(StreamCounter.REBUILDS)).isPositive();
    }

    @Test
    void aStreamIsBackAfterTheMachineHasSlept() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!cause(Trouble.SLEEP, Place.RENDER, Duration.ofMillis(600))) {
            return;
        }
        awaitState(run, StreamState.REBUILDING);
        assertThat(run.stream().endpoint().info().presence()).isEqualTo(EndpointInfo.Presence.GONE);
        awaitEvent(run, StreamEvent.Kind.REBUILT);
        awaitTurns(run, run.witness().count() + 3);
        assertThat(run.event(StreamEvent.Kind.REBUILT).value()).isGreaterThanOrEqualTo(550_000_000);
    }

    @Test
    void aCapturingAndADuplexStreamComeBackToo() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            if (!cause(Trouble.UNPLUG, place)) {
                return;
            }
            awaitState(run, StreamState.REBUILDING);
            pass(Duration.ofMillis(100));
            cause(Trouble.PLUG, place);
            int turns = run.witness().count();
            awaitTurns(run, turns + 3);
            assertThat(run.witness().turn(turns).gap()).isPositive();
            run.stream().close();
        }
    }
}
