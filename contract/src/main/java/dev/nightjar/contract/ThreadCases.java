package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.RawProcessor;
import dev.nightjar.RawTurn;
import dev.nightjar.Stream;
import dev.nightjar.StreamState;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Commands from every thread: others, many at once, the turn's own, and that of `prepare`.
abstract class ThreadCases extends Cases {
    /// A stream whose fourth turn gives a command.
    private Run commanded(Place place, Command command) throws Exception {
        Run run = opened(place, usual());
        run.witness().doing((_, index) -> {
            if (index == 3) {
                command.give(run.stream());
            }
        });
        return started(run);
    }

    @FunctionalInterface
    private interface Command {
        void give(Stream stream) throws Exception;
    }

    private void assertNoTurnAfter(Run run, int turns) {
        pass(Duration.ofMillis(200));
        assertThat(run.witness().count()).isEqualTo(turns);
    }

    @Test
    void stopWithinATurnMakesItTheLast() throws Exception {
        for (Place place : places()) {
            Run run = commanded(place, Stream::stop);
            awaitState(run, StreamState.STOPPED);
            assertNoTurnAfter(run, 4);
            started(run);
            awaitTurns(run, 6);
            run.stream().close();
        }
    }

    @Test
    void closeWithinATurnClosesSoonAfterwards() throws Exception {
        for (Place place : places()) {
            Run run = commanded(place, Stream::close);
            awaitState(run, StreamState.CLOSED);
            assertNoTurnAfter(run, 4);
        }
    }

    @Test
    void pauseWithinATurnHoldsTheStreamUntilItIsResumed() throws Exception {
        Run run = commanded(Place.RENDER, Stream::pause);
        awaitState(run, StreamState.PAUSED);
        assertNoTurnAfter(run, 4);
        run.stream().resume();
        awaitTurns(run, 8);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aCommandWithinALateTurnLeavesNoHoleThatIsNotMarked() throws Exception {
        for (Command command : List.<Command>of(Stream::pause, Stream::stop)) {
            Run run = opened(Place.RENDER, usual());
            run.witness().doing((_, index) -> {
                if (index == 3) {
                    host.spend(Duration.ofMillis(80));
                    command.give(run.stream());
                }
            });
            started(run);
            await(
                    "the command",
                    () -> run.stream().state() == StreamState.PAUSED
                            || run.stream().state() == StreamState.STOPPED);
            assertNoTurnAfter(run, 4);
            run.stream().resume();
            if (run.stream().state() == StreamState.STOPPED) {
                started(run);
            }
            awaitTurns(run, 8);
            run.stream().close();
            Witness.Seen first = run.witness().turn(4);
            assertThat(first.position() - first.gap())
                    .isEqualTo(run.witness().turn(3).next());
        }
    }

    @Test
    void drainWithinATurnPlaysThatTurnToo() throws Exception {
        Run run = commanded(Place.RENDER, Stream::drain);
        awaitState(run, StreamState.STOPPED);
        assertNoTurnAfter(run, 4);
        assertThat(run.stream().position())
                .isEqualTo(run.witness().turns().getLast().next());
        assertThat(run.stream().played().frames()).isEqualTo(run.stream().position());
    }

    @Test
    void flushWithinATurnLetsTheStreamRunOn() throws Exception {
        Run run = commanded(Place.RENDER, Stream::flush);
        awaitTurns(run, 12);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void resumeAndStartWithinATurnHarmNothing() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, index) -> {
            if (index == 2) {
                run.stream().resume();
                illegal(() -> run.stream().startRaw(run.witness()));
            }
        });
        started(run);
        awaitTurns(run, 8);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void everythingCanBeAskedWithinATurn() throws Exception {
        Run run = opened(Place.RENDER, usual());
        List<Object> answers = new ArrayList<>();
        run.witness().doing((turn, index) -> {
            if (index == 3) {
                Collections.addAll(
                        answers,
                        run.stream().state(),
                        run.stream().shape(),
                        run.stream().latency(),
                        run.stream().path(),
                        run.stream().counters(),
                        run.stream().endpoint(),
                        run.stream().failure());
                assertThat(run.stream().position()).isEqualTo(turn.output().position());
                assertThat(run.stream().played().frames())
                        .isLessThanOrEqualTo(turn.output().position());
            }
        });
        started(run);
        awaitTurns(run, 6);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
        assertThat(answers).hasSize(7).contains(StreamState.RUNNING);
    }

    /// A processor whose `prepare` gives a command.
    private StreamState preparing(Command command) throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.stream().startRaw(new RawProcessor() {
            @Override
            public void prepare(StreamShape shape) {
                try {
                    command.give(run.stream());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void process(RawTurn turn) {}
        });
        pass(Duration.ofMillis(50));
        await("the command", () -> run.stream().state() != StreamState.RUNNING);
        StreamState state = run.stream().state();
        run.stream().close();
        return state;
    }

    @Test
    void commandsWithinPrepareAreCarriedOutSoonAfterwards() throws Exception {
        assertThat(preparing(Stream::stop)).isEqualTo(StreamState.STOPPED);
        assertThat(preparing(Stream::pause)).isEqualTo(StreamState.PAUSED);
        assertThat(preparing(Stream::close)).isEqualTo(StreamState.CLOSED);
    }

    @Test
    void aStreamIsOpenedStartedAndClosedOnThreeThreads() throws Exception {
        List<Run> made = Collections.synchronizedList(new ArrayList<>());
        elsewhere(() -> made.add(opened(Place.RENDER, usual())));
        Run run = made.getFirst();
        elsewhere(() -> started(run));
        awaitTurns(run, 4);
        elsewhere(() -> run.stream().close());
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertNoTurnAfter(run, run.witness().count());
    }

    @Test
    void closeFromManyThreadsAtOnceReturnsToAllWhenItIsClosed() throws Exception {
        Run run = run(Place.RENDER, 3);
        List<StreamState> seen = Collections.synchronizedList(new ArrayList<>());
        elsewhere(Collections.nCopies(6, () -> {
            run.stream().close();
            seen.add(run.stream().state());
        }));
        assertThat(seen).hasSize(6).containsOnly(StreamState.CLOSED);
    }

    @Test
    void stopFromAnotherThreadReturnsWhenNoTurnIsInside() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, _) -> host.spend(Duration.ofMillis(4)));
        started(run);
        for (int i = 0; i < 5; i++) {
            int turns = run.witness().count();
            awaitTurns(run, turns + 2);
            elsewhere(() -> {
                run.stream().stop();
                assertThat(run.witness().isInside()).isFalse();
            });
            started(run);
        }
        run.stream().stop();
        assertThat(run.witness().wrongs).isEmpty();
    }

    @Test
    void commandsOfManyThreadsAtOnceLeaveAStreamThatCanBeClosed() throws Exception {
        Run run = run(Place.RENDER, 2);
        List<Action> actions = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            actions.add(() -> {
                for (int i = 0; i < 60; i++) {
                    give(run.stream(), run, random.nextInt(6));
                }
            });
        }
        elsewhere(actions);
        run.stream().close();
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertNoTurnAfter(run, run.witness().count());
    }

    private static void give(Stream stream, Run run, int command) throws Exception {
        switch (command) {
            case 0 -> stream.pause();
            case 1 -> stream.resume();
            case 2 -> stream.flush();
            case 3 -> stream.stop();
            case 4 -> stream.played();
            default -> {
                try {
                    stream.startRaw(run.witness());
                } catch (IllegalStateException _) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void anInterruptedThreadClosesAsAnyOtherAndStaysInterrupted() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, _) -> host.spend(Duration.ofMillis(8)));
        started(run);
        awaitTurns(run, 3);
        long leaked = Stream.leaked();
        elsewhere(() -> {
            Thread.currentThread().interrupt();
            run.stream().close();
            assertThat(Thread.interrupted()).isTrue();
        });
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertThat(run.stream().failure()).isEmpty();
        assertThat(Stream.leaked()).isEqualTo(leaked);
    }
}
