package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a turn carries. That every turn is of 1 to maxFrames frames, silent on the output when it begins, within its
/// memory, in the formats of the shape, never overlaps another and follows the one before without an unmarked hole is
/// looked at in each turn of each case.
abstract class TurnCases extends Cases {
    @Test
    void turnsCarryOneToMaxFramesThatFollowEachOther() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 30);
            run.stream().stop();
            assertThat(run.witness().turns())
                    .allSatisfy(turn ->
                            assertThat(turn.frames()).isBetween(1, run.stream().maxFrames()));
            run.stream().close();
        }
    }

    @Test
    void countersSayExactlyWhatTheTurnsCarried() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 10);
            run.stream().stop();
            List<Witness.Seen> turns = run.witness().turns();
            long frames = turns.stream().mapToLong(Witness.Seen::frames).sum();
            long gaps = turns.stream().mapToLong(Witness.Seen::gap).sum();
            assertThat(run.count(StreamCounter.TURNS)).isEqualTo(turns.size());
            assertThat(run.count(StreamCounter.FRAMES)).isEqualTo(frames);
            assertThat(run.count(StreamCounter.GAP_FRAMES)).isEqualTo(gaps);
            assertThat(turns.getLast().next()).isEqualTo(frames + gaps);
            assertThat(run.stream().position()).isGreaterThanOrEqualTo(frames + gaps);
            if (table.isDeterministic()) {
                assertThat(run.stream().position()).isEqualTo(frames + gaps);
            }
            run.stream().close();
        }
    }

    @Test
    void turnsComeAtTheRateOfTheStream() throws Exception {
        for (Place place : places()) {
            Run run = run(place);
            long begun = clock.nanoTime();
            pass(Duration.ofSeconds(1));
            long position = run.stream().position();
            double elapsed = (clock.nanoTime() - begun) * 1e-9;
            double expected = elapsed * table.formats().rate();
            double allowed = run.stream().shape().bufferFrames()
                    + 2.0 * run.stream().maxFrames()
                    + table.slack().toMillis() * 1e-3 * table.formats().rate();
            assertThat((double) position).isBetween(expected - allowed, expected + allowed);
            run.stream().close();
        }
    }

    @Test
    void theOutputIsSilentWhenATurnBeginsWhateverWasWrittenBefore() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((turn, _) -> {
            for (int channel = 0; channel < turn.output().format().channels(); channel++) {
                turn.output().segment(channel).fill((byte) 0x55);
            }
        });
        started(run);
        awaitTurns(run, 20);
        assertThat(run.witness().wrongs).isEmpty();
    }

    @Test
    void aSideThatThereIsNotIsRefused() throws Exception {
        Run render = opened(Place.RENDER, usual());
        render.witness().doing((turn, _) -> illegal(turn::input));
        started(render);
        awaitTurns(render, 3);
        if (offers(Place.CAPTURE)) {
            Run capture = opened(Place.CAPTURE, usual());
            capture.witness().doing((turn, _) -> illegal(turn::output));
            started(capture);
            awaitTurns(capture, 3);
        }
    }

    @Test
    void bothSidesOfADuplexTurnHaveOnePositionAndOneLength() throws Exception {
        if (offers(Place.CABLE)) {
            Run run = run(Place.CABLE, 20);
            assertThat(run.stream().outputFormat()).isPresent();
            assertThat(run.stream().inputFormat()).isPresent();
            assertThat(run.witness().wrongs).isEmpty();
        }
    }

    @Test
    void oneSideOfADuplexEndpointCanBeHadAlone() throws Exception {
        if (offers(Place.CABLE)) {
            Run run = started(opened(Place.CABLE, usual().direction(dev.nightjar.Direction.RENDER)));
            awaitTurns(run, 3);
            assertThat(run.stream().inputFormat()).isEmpty();
            run.stream().close();
            Run other = started(opened(Place.CABLE, usual().direction(dev.nightjar.Direction.CAPTURE)));
            awaitTurns(other, 3);
            assertThat(other.stream().outputFormat()).isEmpty();
        }
    }

    @Test
    void endMakesTheFramesBeforeItTheLast() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((turn, index) -> {
            if (index == 5) {
                turn.end(turn.frames() / 3);
            }
        });
        started(run);
        awaitState(run, StreamState.STOPPED);
        List<Witness.Seen> turns = run.witness().turns();
        assertThat(turns).hasSize(6);
        long last = turns.get(5).position() + turns.get(5).frames() / 3;
        assertThat(run.stream().position()).isEqualTo(last);
        assertThat(run.stream().played().frames()).isEqualTo(last);
        awaitEvent(run, StreamEvent.Kind.DRAINED);
        assertThat(run.event(StreamEvent.Kind.DRAINED).value()).isEqualTo(1);
    }

    @Test
    void anEndBeforeTheFirstFrameEndsAStreamOfNoFrames() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((turn, _) -> turn.end(0));
        started(run);
        awaitState(run, StreamState.STOPPED);
        assertThat(run.stream().position()).isZero();
        assertThat(run.count(StreamCounter.FRAMES)).isZero();
        assertThat(run.witness().count()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndedGoesOnWithTheNextFrameWhenStartedAgain() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((turn, index) -> {
            if (index == 2) {
                turn.end(7);
            }
        });
        started(run);
        awaitState(run, StreamState.STOPPED);
        long position = run.stream().position();
        started(run);
        assertGoesOn(run, 3, position);
    }

    @Test
    void afterTheEndNoXrunIsCounted() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((turn, index) -> {
            if (index == 3) {
                turn.end(1);
            }
        });
        started(run);
        awaitTurns(run, 4);
        long xruns = run.stream().counters().xruns();
        pass(Duration.ofMillis(300));
        assertThat(run.stream().counters().xruns()).isEqualTo(xruns);
        assertThat(run.witness().count()).isEqualTo(4);
    }

    @Test
    void turnsOfOtherSizesThanUsualAreStillWhole() throws Exception {
        Run run = run(Place.RENDER, 4);
        if (!cause(Trouble.OTHER_SIZES, Place.RENDER, Duration.ofSeconds(30))) {
            return;
        }
        int before = run.witness().count();
        awaitTurns(run, before + 40);
        run.stream().stop();
        List<Integer> sizes = run.witness().turns(before).stream()
                .map(Witness.Seen::frames)
                .distinct()
                .toList();
        assertThat(sizes).hasSizeGreaterThan(1);
        long frames =
                run.witness().turns().stream().mapToLong(Witness.Seen::frames).sum();
        assertThat(run.count(StreamCounter.FRAMES)).isEqualTo(frames);
    }
}
