package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Direction;
import dev.nightjar.RawTurn;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is rendered comes back, frame by frame.
abstract class CableCases extends Cases {
    /// A duplex stream on the cable that knows of each captured frame whether it is the one that was rendered the
    /// reported latencies before.
    private Run listening(Tally tally) throws Exception {
        Run run = opened(Place.CABLE, usual());
        tally.delay = TimeCases.roundTrip(run);
        run.witness().doing((turn, _) -> tally.hear(run, turn));
        return run;
    }

    /// What came back.
    private static final class Tally {
        long delay;
        long right;
        long silent;
        long wrong;

        void hear(Run run, RawTurn turn) {
            Signal input = run.witness().input();
            long number = turn.input().position() - delay;
            int frames = turn.frames();
            int before = Math.clamp(-number, 0, frames);
            int same = before == frames ? 0 : input.recognised(turn.input(), before, frames - before, number + before);
            right += same;
            int rest = frames - before - same;
            boolean quiet =
                    input.isSilent(turn.input(), 0, before) && input.isSilent(turn.input(), before + same, rest);
            silent += quiet ? before + rest : 0;
            wrong += quiet ? 0 : rest;
        }
    }

    @Test
    void whatIsRenderedComesBackAfterExactlyTheReportedLatencies() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Tally tally = new Tally();
        Run run = started(listening(tally));
        awaitTurns(run, 50);
        run.stream().stop();
        assertThat(tally.wrong).isZero();
        if (isWhole(run.stream())) {
            assertThat(tally.silent).isEqualTo(tally.delay);
            assertThat(tally.right).isEqualTo(run.witness().turns().getLast().next() - tally.delay);
        }
        assertThat(tally.right).isPositive();
    }

    @Test
    void theDelayIsTheSameAfterAPause() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Tally tally = new Tally();
        Run run = started(listening(tally));
        awaitTurns(run, 5);
        pass(Duration.ofMillis(4));
        run.stream().pause();
        pass(Duration.ofMillis(100));
        int turns = run.witness().count();
        run.stream().resume();
        awaitTurns(run, turns + 10);
        run.stream().stop();
        assertThat(tally.wrong).isZero();
        if (isWhole(run.stream()) && table.abilities().contains(Ability.KEEPS_PAUSED)) {
            assertThat(tally.right).isEqualTo(run.witness().turns().getLast().next() - tally.delay);
        }
    }

    @Test
    void theDelayIsTheSameAfterAnXrun() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Tally tally = new Tally();
        Run run = listening(tally);
        run.witness().doing((turn, index) -> {
            tally.hear(run, turn);
            if (index == 6) {
                host.spend(Duration.ofMillis(70));
            }
        });
        started(run);
        awaitTurns(run, 30);
        run.stream().stop();
        assertThat(run.stream().counters().xruns()).isPositive();
        assertThat(tally.wrong).isZero();
        assertThat(tally.right).isGreaterThan(10L * run.stream().maxFrames());
    }

    @Test
    void whatTheProcessorDoesNotWriteComesBackSilent() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Run run = opened(Place.CABLE, usual());
        long delay = TimeCases.roundTrip(run);
        long[] heard = new long[2];
        run.witness().silent().doing((turn, _) -> {
            Signal signal = run.witness().output();
            int half = turn.frames() / 2;
            signal.write(turn.output(), 0, half, turn.output().position());
            long number = turn.input().position() - delay;
            if (number >= 0) {
                heard[0] += run.witness().input().recognised(turn.input(), 0, half, number) == half ? 1 : 0;
                heard[1] += run.witness().input().isSilent(turn.input(), half, turn.frames() - half) ? 1 : 0;
            }
        });
        started(run);
        awaitTurns(run, 20);
        run.stream().stop();
        if (isWhole(run.stream()) && delay % run.stream().shape().periodFrames() == 0) {
            long turns = run.witness().count() - delay / run.stream().shape().periodFrames();
            assertThat(heard).containsExactly(turns, turns);
        }
    }

    @Test
    void aRenderingAndACapturingStreamMeetAtTheSameInstant() throws Exception {
        if (!offers(Place.CABLE) || !table.abilities().contains(Ability.INSTANTS)) {
            return;
        }
        Run render = opened(Place.CABLE, usual().direction(Direction.RENDER));
        Run capture = opened(Place.CABLE, usual().direction(Direction.CAPTURE));
        long[] apart = {0};
        int[] heard = {0, 0};
        capture.witness().doing((turn, _) -> {
            if (capture.witness().input().isSilent(turn.input(), 0, turn.frames())) {
                return;
            }
            long shift = find(capture.witness().input(), turn, render.stream().position());
            heard[0]++;
            heard[1] += heard[0] == 1 || apart[0] == shift ? 1 : 0;
            apart[0] = shift;
        });
        started(capture);
        pass(Duration.ofMillis(35));
        started(render);
        await("something heard", () -> heard[0] >= 8);
        render.stream().stop();
        capture.stream().stop();
        assertThat(heard[1]).isEqualTo(heard[0]);
        Witness.Seen out = render.witness().turns().getLast();
        Witness.Seen in = capture.witness().turns().getLast();
        double frames =
                (in.inputNanos() - out.outputNanos()) * 1e-9 * table.formats().rate();
        double expected = in.position() + apart[0] - out.position();
        assertThat(frames).isBetween(expected - 1.5, expected + 1.5);
    }

    /// By how much the numbers of captured frames differ from their positions.
    private static long find(Signal signal, RawTurn turn, long near) {
        int last = turn.frames() - 1;
        for (long number = near; number >= Math.max(0, near - 20_000); number--) {
            if (signal.recognised(turn.input(), last, 1, number) == 1) {
                return number - (turn.input().position() + last);
            }
        }
        throw new AssertionError("what was captured was not rendered");
    }

    @Test
    void framesBehindTheEndAreNeverHeard() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Run capture = opened(Place.CABLE, usual().direction(Direction.CAPTURE));
        Run render = opened(Place.CABLE, usual().direction(Direction.RENDER));
        long[] loud = {0};
        capture.witness().doing((turn, _) -> {
            for (int i = 0; i < turn.frames(); i++) {
                loud[0] += capture.witness().input().isSilent(turn.input(), i, 1) ? 0 : 1;
            }
        });
        render.witness().doing((turn, index) -> {
            if (index == 4) {
                turn.end(100);
            }
        });
        started(capture);
        awaitTurns(capture, 2);
        started(render);
        awaitState(render, StreamState.STOPPED);
        int turns = capture.witness().count();
        awaitTurns(capture, turns + 6);
        capture.stream().stop();
        if (isWhole(capture.stream())) {
            long lost = render.count(StreamCounter.GAP_FRAMES);
            assertThat(loud[0])
                    .isBetween(
                            render.stream().position() - lost - 2,
                            render.stream().position() - lost);
        }
    }
}
