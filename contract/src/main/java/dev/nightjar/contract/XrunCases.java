package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Turns that come too late: always counted, never silent, and positions stay on the time line.
abstract class XrunCases extends Cases {
    private static final Duration TOO_LONG = Duration.ofMillis(90);
    private static final long ROUNDING_NANOS = 2_000;

    /// A stream whose sixth turn takes too long, after some more turns.
    private Run late(Place place) throws Exception {
        Run run = opened(place, usual());
        run.witness().doing((_, index) -> {
            if (index == 5) {
                host.spend(TOO_LONG);
            }
        });
        started(run);
        awaitTurns(run, 20);
        run.stream().stop();
        return run;
    }

    @Test
    void aProcessorThatTakesTooLongIsAnXrunOfTheNextTurn() throws Exception {
        for (Place place : places()) {
            Run run = late(place);
            Witness.Seen after = run.witness().turn(6);
            assertThat(after.xrun()).as("xrun on %s", place).isTrue();
            assertThat(after.gap()).isPositive();
            assertThat(after.position()).isEqualTo(run.witness().turn(5).next() + after.gap());
            assertThat(run.stream().counters().xruns())
                    .isEqualTo(run.witness().turns().stream()
                            .filter(Witness.Seen::xrun)
                            .count());
            assertThat(run.count(StreamCounter.GAP_FRAMES))
                    .isEqualTo(run.witness().turns().stream()
                            .mapToLong(Witness.Seen::gap)
                            .sum());
            assertThat(run.count(StreamCounter.WORST_TURN_NANOS)).isGreaterThanOrEqualTo(TOO_LONG.toNanos());
            run.stream().close();
        }
    }

    @Test
    void aGapIsAsLongAsTheTimeThatWasMissed() throws Exception {
        for (Place place : places()) {
            Run run = late(place);
            Witness.Seen before = run.witness().turn(5);
            Witness.Seen after = run.witness().turn(6);
            long missed = after.enteredNanos() - before.enteredNanos();
            long buffer =
                    run.stream().shape().bufferFrames() + 2L * run.stream().maxFrames();
            assertThat(frames(after.gap()).toNanos())
                    .isBetween(
                            missed - frames(buffer).toNanos(),
                            missed + frames(run.stream().maxFrames()).toNanos());
            run.stream().close();
        }
    }

    /// Where less than a period of latency is reported, a turn may come late by the rest before it is an xrun.
    @Test
    void positionsAndInstantsStayOnOneLineAcrossAnXrun() throws Exception {
        for (Place place : places()) {
            Run run = late(place);
            if (!table.abilities().contains(Ability.INSTANTS)) {
                doesNotApply("INSTANTS: there are none");
                return;
            }
            List<Witness.Seen> turns = run.witness().turns();
            boolean renders = place != Place.CAPTURE;
            StreamShape shape = run.stream().shape();
            long reported = shape.reported().outputFrames().orElse(0);
            long tolerated =
                    frames(Math.max(0, shape.periodFrames() - reported)).toNanos();
            Witness.Seen first = turns.getFirst();
            for (Witness.Seen turn : turns) {
                long at = renders ? turn.outputNanos() : turn.inputNanos();
                long from = renders ? first.outputNanos() : first.inputNanos();
                long expected =
                        from + frames(turn.position() - first.position()).toNanos();
                assertThat(at).isBetween(expected - ROUNDING_NANOS, expected + ROUNDING_NANOS);
                if (renders && table.isDeterministic()) {
                    assertThat(at).isGreaterThanOrEqualTo(turn.enteredNanos() - tolerated - ROUNDING_NANOS);
                }
            }
            run.stream().close();
        }
    }

    @Test
    void aTurnIsMarkedOnlyIfItsFramesWereLate() throws Exception {
        Run run = late(Place.RENDER);
        if (table.abilities().contains(Ability.INSTANTS)) {
            List<Witness.Seen> turns = run.witness().turns();
            for (Witness.Seen turn : turns.subList(1, turns.size())) {
                long due = turn.outputNanos() - frames(turn.gap()).toNanos();
                assertThat(turn.xrun()).isEqualTo(turn.gap() > 0);
                if (turn.xrun()) {
                    assertThat(turn.enteredNanos()).as("%s", turn).isGreaterThan(due - ROUNDING_NANOS);
                }
            }
        }
    }

    @Test
    void anXrunIsToldWithItsPlaceAndItsLength() throws Exception {
        Run run = late(Place.RENDER);
        Witness.Seen turn = run.witness().turn(6);
        awaitEvent(run, StreamEvent.Kind.XRUN);
        assertThat(run.events())
                .filteredOn(event -> event.kind() == StreamEvent.Kind.XRUN)
                .anySatisfy(event -> {
                    assertThat(event.value()).isEqualTo(turn.gap());
                    assertThat(event.position()).isEqualTo(turn.position());
                    assertThat(event.nanos()).isLessThanOrEqualTo(turn.enteredNanos());
                });
        await(
                "an event for each xrun",
                () -> told(run) == run.stream().counters().xruns());
    }

    private static long told(Run run) {
        return run.events().stream()
                .filter(event -> event.kind() == StreamEvent.Kind.XRUN)
                .count();
    }

    @Test
    void aLateWakeUpIsAnXrunToo() throws Exception {
        Run run = run(Place.RENDER, 5);
        if (!cause(Trouble.LATE, Place.RENDER, TOO_LONG)) {
            return;
        }
        long before = run.stream().counters().xruns();
        await("an xrun", () -> run.stream().counters().xruns() > before);
        awaitTurns(run, run.witness().count() + 5);
        run.stream().stop();
        Witness.Seen late = run.witness().turns(5).stream()
                .filter(Witness.Seen::xrun)
                .findFirst()
                .orElseThrow();
        assertThat(late.gap()).isPositive();
    }

    @Test
    void aDelayThatTheBufferBridgesIsNoXrun() throws Exception {
        Run run = opened(Place.RENDER, usual());
        int period = run.stream().shape().periodFrames();
        int spare = run.stream().shape().bufferFrames() - period;
        run.witness().doing((_, index) -> {
            if (index % 4 == 3) {
                host.spend(frames(spare / 2));
            }
        });
        started(run);
        awaitTurns(run, 30);
        run.stream().stop();
        if (table.isDeterministic()) {
            assertThat(run.stream().counters().xruns()).isZero();
            assertThat(run.stream().position()).isEqualTo(30L * period);
        }
    }

    @Test
    void aQuietRunHasNoXrunAtAll() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 100);
            run.stream().stop();
            if (table.isDeterministic()) {
                assertThat(run.stream().counters().xruns()).isZero();
                assertThat(run.count(StreamCounter.GAP_FRAMES)).isZero();
                assertThat(run.events()).isEmpty();
            }
            run.stream().close();
        }
    }

    @Test
    void everyXrunOfAStreamThatIsAlwaysLateIsCounted() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, _) -> host.spend(Duration.ofMillis(45)));
        started(run);
        awaitTurns(run, 12);
        run.stream().stop();
        List<Witness.Seen> turns = run.witness().turns();
        assertThat(turns.subList(3, turns.size())).allMatch(Witness.Seen::xrun);
        assertThat(run.stream().counters().xruns())
                .isEqualTo(turns.stream().filter(Witness.Seen::xrun).count());
    }
}
