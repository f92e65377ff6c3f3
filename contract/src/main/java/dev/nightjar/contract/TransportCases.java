package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Start, pause, resume, flush, stop, drain, close.
abstract class TransportCases extends Cases {
    private static final Duration A_WHILE = Duration.ofMillis(150);

    @Test
    void noTurnComesBeforeStart() throws Exception {
        Run run = opened(Place.RENDER, usual());
        pass(A_WHILE);
        assertThat(run.stream().state()).isEqualTo(StreamState.OPEN);
        assertThat(run.stream().position()).isZero();
        assertThat(run.count(StreamCounter.STRAY_TURNS)).isZero();
    }

    @Test
    void startRunsTurnsFromPositionZero() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
            assertGoesOn(run, 0, 0);
            run.stream().close();
        }
    }

    @Test
    void pauseHoldsTurnsAndPosition() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            run.stream().pause();
            assertThat(run.witness().isInside()).isFalse();
            int turns = run.witness().count();
            long position = run.stream().position();
            pass(A_WHILE);
            assertThat(run.stream().state()).isEqualTo(StreamState.PAUSED);
            assertThat(run.witness().count()).isEqualTo(turns);
            assertThat(run.stream().position()).isEqualTo(position);
            run.stream().close();
        }
    }

    @Test
    void resumeGoesOnAtTheNextFrameWithoutAnXrun() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            run.stream().pause();
            int turns = run.witness().count();
            long position = run.stream().position();
            pass(A_WHILE);
            run.stream().resume();
            assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
            assertGoesOn(run, turns, position);
            run.stream().close();
        }
    }

    @Test
    void pauseKeepsWhatIsBuffered() throws Exception {
        Run run = run(Place.RENDER, 4);
        run.stream().pause();
        long buffered = run.stream().position() - run.stream().played().frames();
        pass(A_WHILE);
        long later = run.stream().position() - run.stream().played().frames();
        if (table.abilities().contains(Ability.KEEPS_PAUSED)) {
            assertThat(later).isEqualTo(buffered).isPositive();
        } else {
            assertThat(later).isZero();
            doesNotApply("KEEPS_PAUSED: nothing is buffered after a pause");
        }
    }

    @Test
    void flushSaysHowManyFramesWillNotBeHeard() throws Exception {
        Run run = run(Place.RENDER, 4);
        run.stream().pause();
        long buffered = run.stream().position() - run.stream().played().frames();
        assertThat(run.stream().flush()).isEqualTo(buffered);
        assertThat(run.stream().flush()).isZero();
        assertThat(run.stream().played().frames()).isEqualTo(run.stream().position());
        assertThat(run.stream().state()).isEqualTo(StreamState.PAUSED);
    }

    @Test
    void flushOfARunningStreamLetsItRunOn() throws Exception {
        Run run = run(Place.RENDER, 4);
        long flushed = run.stream().flush();
        int turns = run.witness().count();
        assertThat(flushed).isBetween(0L, (long) run.stream().shape().bufferFrames());
        if (table.isDeterministic()) {
            assertThat(flushed).isPositive();
        }
        awaitTurns(run, turns + 3);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void flushOfACapturingStreamLosesNothingThatWasRendered() throws Exception {
        if (offers(Place.CAPTURE)) {
            Run run = run(Place.CAPTURE, 3);
            assertThat(run.stream().flush()).isZero();
            awaitTurns(run, run.witness().count() + 2);
        }
    }

    @Test
    void noTurnComesAfterStopReturned() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            run.stream().stop();
            assertThat(run.witness().isInside()).isFalse();
            int turns = run.witness().count();
            assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
            pass(A_WHILE);
            assertThat(run.witness().count()).isEqualTo(turns);
            run.stream().close();
        }
    }

    @Test
    void stopDiscardsWhatIsBuffered() throws Exception {
        Run run = run(Place.RENDER, 4);
        run.stream().stop();
        long position = run.stream().position();
        assertThat(run.stream().played().frames()).isEqualTo(position);
        assertThat(run.stream().flush()).isZero();
    }

    @Test
    void aStoppedStreamStartsAgainWhereItWas() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            run.stream().stop();
            int turns = run.witness().count();
            long position = run.stream().position();
            pass(A_WHILE);
            started(run);
            assertGoesOn(run, turns, position);
            assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
            run.stream().close();
        }
    }

    @Test
    void drainEndsWhenTheLastFrameHasPassedTheConverter() throws Exception {
        Run run = run(Place.RENDER, 4);
        assertThat(run.stream().drain()).isTrue();
        long ended = clock.nanoTime();
        Witness.Seen last = run.witness().turns().getLast();
        assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
        assertThat(run.stream().played().frames()).isEqualTo(run.stream().position());
        assertThat(run.stream().position()).isEqualTo(last.next());
        if (table.abilities().contains(Ability.INSTANTS)) {
            long through = last.outputNanos() + frames(last.counted()).toNanos();
            assertThat(ended).isGreaterThanOrEqualTo(through - 1_000);
            assertThat(ended).isLessThan(through + Duration.ofMillis(50).toNanos() + slackNanos());
        }
        awaitEvent(run, StreamEvent.Kind.DRAINED);
        assertThat(run.event(StreamEvent.Kind.DRAINED).value()).isEqualTo(1);
        assertThat(run.event(StreamEvent.Kind.DRAINED).position()).isEqualTo(last.next());
    }

    @Test
    void drainAsksTheProgramForNothingMore() throws Exception {
        Run run = run(Place.RENDER, 4);
        int turns = run.witness().count();
        run.stream().drain();
        assertThat(run.witness().count()).isBetween(turns, turns + (table.isDeterministic() ? 0 : 1));
        assertThat(run.stream().counters().xruns())
                .isEqualTo(run.witness().turns().stream()
                        .filter(Witness.Seen::xrun)
                        .count());
    }

    @Test
    void drainOfAPausedStreamPlaysItToItsEnd() throws Exception {
        Run run = run(Place.RENDER, 4);
        run.stream().pause();
        pass(A_WHILE);
        assertThat(run.stream().drain()).isTrue();
        assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
    }

    @Test
    void drainOfACapturingStreamEndsIt() throws Exception {
        if (offers(Place.CAPTURE)) {
            Run run = run(Place.CAPTURE, 3);
            run.stream().drain();
            assertThat(run.stream().state()).isEqualTo(StreamState.STOPPED);
        }
    }

    @Test
    void aDrainedStreamStartsAgain() throws Exception {
        Run run = run(Place.RENDER, 3);
        run.stream().drain();
        int turns = run.witness().count();
        long position = run.stream().position();
        started(run);
        assertGoesOn(run, turns, position);
        awaitTurns(run, turns + 4);
        assertThat(run.stream().drain()).isTrue();
    }

    @Test
    void closeStopsAndMayBeCalledAnyNumberOfTimes() throws Exception {
        Run run = run(Place.RENDER, 3);
        run.stream().close();
        int turns = run.witness().count();
        run.stream().close();
        pass(A_WHILE);
        run.stream().close();
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertThat(run.witness().count()).isEqualTo(turns);
        assertThat(run.witness().isInside()).isFalse();
    }

    @Test
    void aClosedStreamRefusesToStartAndAnswersAllElse() throws Exception {
        Run run = run(Place.RENDER, 3);
        run.stream().pause();
        long position = run.stream().position();
        run.stream().close();
        Stream stream = run.stream();
        assertThat(refusal(Failure.CLOSED, () -> {
                    stream.startRaw(run.witness());
                    return stream;
                }))
                .hasMessageContaining(stream.endpoint().toString());
        stream.pause();
        stream.resume();
        stream.stop();
        assertThat(stream.flush()).isZero();
        assertThat(stream.drain()).isFalse();
        assertThat(stream.position()).isEqualTo(position);
        assertThat(stream.played().frames()).isEqualTo(position);
        assertThat(stream.await(Duration.ZERO)).isTrue();
    }

    @Test
    void aRunningStreamIsNotStartedAgain() throws Exception {
        Run run = run(Place.RENDER, 2);
        illegal(() -> run.stream().startRaw(run.witness()));
        run.stream().pause();
        illegal(() -> run.stream().startRaw(run.witness()));
        run.stream().resume();
        awaitTurns(run, run.witness().count() + 2);
    }

    @Test
    void awaitEndsWithTheStreamAndNotBefore() throws Exception {
        Run run = run(Place.RENDER, 2);
        assertThat(run.stream().await(A_WHILE)).isFalse();
        clock.after(A_WHILE.toNanos(), run.stream()::stop);
        assertThat(run.stream().await(SOON)).isTrue();
    }

    /// The commands, as the life of a stream knows them.
    private enum Command {
        START,
        PAUSE,
        RESUME,
        FLUSH,
        STOP,
        DRAIN,
        CLOSE;

        /// The state that a stream is in after the command; the same if it does nothing.
        StreamState after(StreamState now) {
            boolean active = now == StreamState.RUNNING || now == StreamState.PAUSED;
            return switch (this) {
                case START -> now == StreamState.OPEN || now == StreamState.STOPPED ? StreamState.RUNNING : now;
                case PAUSE -> now == StreamState.RUNNING ? StreamState.PAUSED : now;
                case RESUME -> now == StreamState.PAUSED ? StreamState.RUNNING : now;
                case FLUSH -> now;
                case STOP, DRAIN -> active ? StreamState.STOPPED : now;
                case CLOSE -> StreamState.CLOSED;
            };
        }

        void give(Run run) throws AudioException {
            switch (this) {
                case START -> run.stream().startRaw(run.witness());
                case PAUSE -> run.stream().pause();
                case RESUME -> run.stream().resume();
                case FLUSH -> run.stream().flush();
                case STOP -> run.stream().stop();
                case DRAIN -> run.stream().drain();
                case CLOSE -> run.stream().close();
            }
        }
    }

    @Test
    void commandsInEveryOrderLeadToTheStateThatTheyShould() throws Exception {
        for (Command first : Command.values()) {
            for (Command second : Command.values()) {
                for (Command third : Command.values()) {
                    Run run = opened(Place.RENDER, usual());
                    StreamState state = StreamState.OPEN;
                    for (Command command : new Command[] {first, second, third, Command.START}) {
                        state = give(command, run, state);
                        assertThat(run.stream().state())
                                .as("after %s %s %s START, at %s", first, second, third, command)
                                .isEqualTo(state);
                    }
                    run.stream().close();
                }
            }
        }
    }

    private static StreamState give(Command command, Run run, StreamState now) throws AudioException {
        if (command != Command.START || now == StreamState.OPEN || now == StreamState.STOPPED) {
            command.give(run);
        } else if (now == StreamState.CLOSED) {
            refusal(Failure.CLOSED, () -> {
                command.give(run);
                return run.stream();
            });
        } else {
            illegal(() -> command.give(run));
        }
        return command.after(now);
    }
}
