package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.RawStream.PlayedPosition;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Positions, instants and latencies: that they agree with each other and with the clock.
abstract class TimeCases extends Cases {
    private static final int TURNS = 40;
    private static final long ROUNDING_NANOS = 2_000;

    /// Whether the host tells instants; if not, none may be there.
    private boolean hasInstants(Run run) {
        if (table.abilities().contains(Ability.INSTANTS)) {
            return true;
        }
        assertThat(run.witness().turns())
                .allSatisfy(turn -> assertThat(List.of(turn.outputNanos(), turn.inputNanos()))
                        .containsOnly(RawTurn.NO_TIME));
        doesNotApply("INSTANTS: all are absent");
        return false;
    }

    private long nanos(long frames) {
        return Math.round(frames * 1e9 / table.formats().rate());
    }

    @Test
    void instantsAdvanceWithThePositionsAtTheRate() throws Exception {
        for (Place place : places()) {
            Run run = run(place, TURNS);
            run.stream().stop();
            if (!hasInstants(run)) {
                return;
            }
            List<Witness.Seen> turns = run.witness().turns();
            Witness.Seen first = turns.getFirst();
            for (Witness.Seen turn : turns) {
                long expected = nanos(turn.position() - first.position());
                if (run.stream().outputFormat().isPresent()) {
                    assertThat(turn.outputNanos() - first.outputNanos())
                            .isBetween(expected - ROUNDING_NANOS, expected + ROUNDING_NANOS);
                }
                if (run.stream().inputFormat().isPresent()) {
                    assertThat(turn.inputNanos() - first.inputNanos())
                            .isBetween(expected - ROUNDING_NANOS, expected + ROUNDING_NANOS);
                }
            }
            run.stream().close();
        }
    }

    @Test
    void aRenderedFramePassesTheConverterAfterItsTurnAndWithinTheBuffer() throws Exception {
        Run run = run(Place.RENDER, TURNS);
        run.stream().stop();
        if (hasInstants(run)) {
            StreamShape shape = run.stream().shape();
            long most =
                    nanos(shape.bufferFrames() + shape.reported().outputFrames().orElse(0)) + ROUNDING_NANOS;
            for (Witness.Seen turn : run.witness().turns()) {
                long ahead = turn.outputNanos() - turn.enteredNanos();
                assertThat(ahead).as("%s is ahead", turn).isBetween(-ROUNDING_NANOS - slackNanos(), most);
            }
        }
    }

    @Test
    void aCapturedFrameHasPassedTheConverterBeforeItsTurnAndWithinTheBuffer() throws Exception {
        if (!offers(Place.CAPTURE)) {
            return;
        }
        Run run = run(Place.CAPTURE, TURNS);
        run.stream().stop();
        if (hasInstants(run)) {
            StreamShape shape = run.stream().shape();
            long most =
                    nanos(shape.bufferFrames() + shape.reported().inputFrames().orElse(0)) + ROUNDING_NANOS;
            for (Witness.Seen turn : run.witness().turns()) {
                long ago = turn.enteredNanos() - turn.inputNanos();
                assertThat(ago)
                        .as("%s is ago", turn)
                        .isBetween(nanos(turn.frames()) - ROUNDING_NANOS, most + slackNanos());
            }
        }
    }

    @Test
    void theReportedLatencyIsTheOneThatInstantsShow() throws Exception {
        for (Place place : places()) {
            Run run = run(place, TURNS);
            run.stream().stop();
            if (!hasInstants(run)) {
                return;
            }
            StreamShape shape = run.stream().shape();
            List<Long> out = new ArrayList<>();
            List<Long> in = new ArrayList<>();
            for (Witness.Seen turn : run.witness().turns().subList(4, TURNS)) {
                out.add(turn.outputNanos() - turn.enteredNanos());
                in.add(turn.enteredNanos() - turn.inputNanos());
            }
            shape.reported().outputFrames().ifPresent(frames -> assertMedian(out, frames));
            shape.reported().inputFrames().ifPresent(frames -> assertMedian(in, frames));
            run.stream().close();
        }
    }

    private void assertMedian(List<Long> nanos, long frames) {
        List<Long> sorted = nanos.stream().sorted().toList();
        long median = sorted.get(sorted.size() / 2);
        assertThat(median)
                .as("the latency that instants show, %d frames reported", frames)
                .isBetween(
                        nanos(frames) - ROUNDING_NANOS - slackNanos(), nanos(frames) + ROUNDING_NANOS + slackNanos());
    }

    @Test
    void theTwoSidesOfADuplexTurnAreApartByTheReportedLatencies() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Run run = run(Place.CABLE, TURNS);
        run.stream().stop();
        if (hasInstants(run)) {
            long apart = nanos(roundTrip(run));
            for (Witness.Seen turn : run.witness().turns()) {
                assertThat(turn.outputNanos() - turn.inputNanos())
                        .isBetween(apart - ROUNDING_NANOS, apart + ROUNDING_NANOS);
            }
        }
    }

    static long roundTrip(Run run) {
        StreamShape shape = run.stream().shape();
        return shape.reported().inputFrames().orElseThrow()
                + shape.reported().outputFrames().orElseThrow();
    }

    @Test
    void whatWasPlayedNeverGoesBackAndNeverPassesThePosition() throws Exception {
        for (Place place : places()) {
            Run run = run(place);
            List<PlayedPosition> played = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                pass(Duration.ofMillis(3));
                played.add(run.stream().played());
                assertThat(played.getLast().frames())
                        .isLessThanOrEqualTo(
                                run.stream().position() + run.stream().maxFrames());
            }
            ascending(played, PlayedPosition::frames);
            ascending(played, PlayedPosition::nanos);
            if (place != Place.CAPTURE) {
                run.stream().pause();
                assertThat(run.stream().played().frames())
                        .isLessThanOrEqualTo(run.stream().position());
            }
            run.stream().close();
        }
    }

    @Test
    void whatWasPlayedStandsStillWhenNothingMoreWasRendered() throws Exception {
        Run run = run(Place.RENDER, 5);
        if (!cause(Trouble.STALL, Place.RENDER, Duration.ofMillis(900))) {
            return;
        }
        pass(Duration.ofMillis(400));
        long position = run.stream().position();
        assertThat(run.stream().played().frames()).isEqualTo(position);
        pass(Duration.ofMillis(200));
        assertThat(run.stream().played().frames()).isEqualTo(position);
    }

    @Test
    void whatWasPlayedAdvancesAtTheRate() throws Exception {
        Run run = run(Place.RENDER, 5);
        PlayedPosition first = run.stream().played();
        pass(Duration.ofMillis(700));
        PlayedPosition second = run.stream().played();
        double expected =
                (second.nanos() - first.nanos()) * 1e-9 * table.formats().rate();
        double allowed = 2 + table.slack().toMillis() * 1e-3 * table.formats().rate();
        assertThat((double) second.frames() - first.frames()).isBetween(expected - allowed, expected + allowed);
        assertThat(second.nanos() - first.nanos()).isGreaterThanOrEqualTo(700_000_000);
    }

    @Test
    void whatWasPlayedAgreesWithTheInstantsOfTheTurns() throws Exception {
        Run run = run(Place.RENDER, TURNS);
        pass(Duration.ofMillis(3));
        PlayedPosition played = run.stream().played();
        run.stream().stop();
        if (hasInstants(run)) {
            Witness.Seen last = run.witness().turns().stream()
                    .filter(turn -> turn.enteredNanos() <= played.nanos())
                    .reduce((_, later) -> later)
                    .orElseThrow();
            double frame = last.position()
                    + (played.nanos() - last.outputNanos())
                            * 1e-9
                            * table.formats().rate();
            double allowed =
                    table.isDeterministic() ? 1.5 : run.stream().shape().bufferFrames();
            assertThat((double) played.frames()).isBetween(frame - allowed, frame + allowed);
        }
    }

    @Test
    void whatWasPlayedStandsStillInAPause() throws Exception {
        Run run = run(Place.RENDER, 5);
        run.stream().pause();
        long played = run.stream().played().frames();
        pass(Duration.ofMillis(200));
        assertThat(run.stream().played().frames()).isEqualTo(played);
        run.stream().resume();
        pass(Duration.ofMillis(100));
        assertThat(run.stream().played().frames()).isGreaterThan(played);
    }

    @Test
    void positionsOnlyGrowThroughEverythingThatAStreamDoes() throws Exception {
        Run run = run(Place.RENDER, 3);
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            switch (i % 6) {
                case 0 -> run.stream().pause();
                case 1 -> run.stream().flush();
                case 2 -> run.stream().resume();
                case 3 -> run.stream().flush();
                case 4 -> run.stream().drain();
                default -> started(run);
            }
            positions.add(run.stream().position());
            pass(Duration.ofMillis(37));
            positions.add(run.stream().position());
            assertThat(run.stream().played().frames())
                    .isLessThanOrEqualTo(run.stream().position() + run.stream().maxFrames());
        }
        ascending(positions, position -> position);
        assertThat(positions.getLast()).isGreaterThan(positions.getFirst());
    }

    @Test
    void instantsAfterAPauseAreThoseOfTheTimeAfterThePause() throws Exception {
        Run run = run(Place.RENDER, 5);
        run.stream().pause();
        int turns = run.witness().count();
        pass(Duration.ofMillis(500));
        long resumed = clock.nanoTime();
        run.stream().resume();
        awaitTurns(run, turns + 3);
        run.stream().stop();
        if (hasInstants(run)) {
            assertThat(run.witness().turns(turns))
                    .allSatisfy(turn -> assertThat(turn.outputNanos()).isGreaterThanOrEqualTo(resumed));
        }
    }
}
