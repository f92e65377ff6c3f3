package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Endpoint;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamPolicy;
import dev.nightjar.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Where a stream is when endpoints go or the default moves.
abstract class PolicyCases extends Cases {
    private Run with(StreamPolicy policy) throws Exception {
        Run run = started(opened(Place.RENDER, usual().policy(policy)));
        awaitTurns(run, 3);
        return run;
    }

    private Endpoint at(Place place) throws Exception {
        return audio.endpoint(host.address(place));
    }

    private boolean canMove() throws Exception {
        return offers(Place.OTHER_RENDER) && cause(Trouble.DEFAULT_HERE, Place.RENDER);
    }

    @Test
    void aPinnedStreamStaysWhenTheDefaultMoves() throws Exception {
        if (!canMove()) {
            return;
        }
        Run run = with(StreamPolicy.PINNED);
        cause(Trouble.DEFAULT_HERE, Place.OTHER_RENDER);
        awaitTurns(run, run.witness().count() + 10);
        assertThat(run.stream().endpoint()).isSameAs(at(Place.RENDER));
        assertThat(run.events()).noneMatch(event -> event.kind() == StreamEvent.Kind.MOVED);
    }

    @Test
    void aFollowingStreamGoesWhereTheDefaultGoes() throws Exception {
        if (!canMove()) {
            return;
        }
        Run run = with(StreamPolicy.FOLLOW_DEFAULT);
        int turns = run.witness().count();
        cause(Trouble.DEFAULT_HERE, Place.OTHER_RENDER);
        awaitEvent(run, StreamEvent.Kind.MOVED);
        assertThat(run.stream().endpoint()).isSameAs(at(Place.OTHER_RENDER));
        awaitTurns(run, turns + 5);
        cause(Trouble.DEFAULT_HERE, Place.RENDER);
        await("the way back", () -> {
            try {
                return run.stream().endpoint().equals(at(Place.RENDER));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        awaitTurns(run, run.witness().count() + 3);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aFollowingStreamIsNotMovedByTheDefaultItIsOn() throws Exception {
        if (!canMove()) {
            return;
        }
        Run run = with(StreamPolicy.FOLLOW_DEFAULT);
        cause(Trouble.DEFAULT_HERE, Place.RENDER);
        awaitTurns(run, run.witness().count() + 10);
        assertThat(run.told(StreamEvent.Kind.MOVED)).isFalse();
        assertThat(run.told(StreamEvent.Kind.REBUILT)).isFalse();
    }

    @Test
    void aStreamThatFallsBackGoesToTheDefaultAndReturns() throws Exception {
        if (!canMove() || !table.troubles().contains(Trouble.UNPLUG)) {
            cause(Trouble.UNPLUG, Place.RENDER);
            return;
        }
        Run run = with(StreamPolicy.FALL_BACK);
        cause(Trouble.DEFAULT_HERE, Place.OTHER_RENDER);
        awaitTurns(run, run.witness().count() + 3);
        assertThat(run.stream().endpoint()).isSameAs(at(Place.RENDER));
        cause(Trouble.UNPLUG, Place.RENDER);
        awaitEvent(run, StreamEvent.Kind.MOVED);
        assertThat(run.stream().endpoint()).isSameAs(at(Place.OTHER_RENDER));
        awaitTurns(run, run.witness().count() + 3);
        Endpoint home = at(Place.RENDER);
        cause(Trouble.PLUG, Place.RENDER);
        await("the return", () -> run.stream().endpoint().equals(home));
        awaitTurns(run, run.witness().count() + 3);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aStreamThatMovesKeepsItsPosition() throws Exception {
        if (!canMove()) {
            return;
        }
        Run run = with(StreamPolicy.FOLLOW_DEFAULT);
        int turns = run.witness().count();
        long position = run.stream().position();
        pass(Duration.ofMillis(15));
        cause(Trouble.DEFAULT_HERE, Place.OTHER_RENDER);
        awaitEvent(run, StreamEvent.Kind.MOVED);
        awaitTurns(run, run.witness().count() + 4);
        run.stream().stop();
        assertThat(run.witness().turns(turns))
                .allSatisfy(turn -> assertThat(turn.position()).isGreaterThanOrEqualTo(position));
        long lost = run.count(StreamCounter.GAP_FRAMES);
        assertThat(frames(lost)).isLessThan(Duration.ofMillis(300).plus(table.slack()));
    }
}
