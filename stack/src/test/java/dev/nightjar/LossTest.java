package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.StreamEvent.Kind;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Lost, rebuilt, moved, given up.
class LossTest {
    private final Rig rig = new Rig();
    private final ScriptedEndpoint other = rig.driver.add("two");

    private void loseIt() {
        rig.raw().client().lost(Rig.gone());
    }

    @Test
    void aLostStreamComesBackAtThePositionThatTimeHasReached() throws AudioException {
        Stream stream = rig.running();
        rig.play(100);
        rig.endpoint.refusals.add(Rig.gone());
        rig.endpoint.refusals.add(new IllegalStateException("not yet"));
        loseIt();
        rig.later(300);
        assertThat(rig.told()).containsExactly(Kind.LOST, Kind.REBUILT);
        // The last turn began at 90 ms, the loss was seen at 100 or 110, and the third try is 20 + 40 + 80 ms later.
        long outage = rig.event(Kind.REBUILT).value();
        assertThat(Duration.ofNanos(outage)).isBetween(Duration.ofMillis(150), Duration.ofMillis(170));
        long gap = Math.round(outage * 48e-6);
        assertThat(rig.endpoint.requests.getLast().firstPosition()).isEqualTo(4_800 + gap);
        long[] marked = new long[1];
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isZero();
        rig.raw().run(480);
        marked[0] = rig.raw().turn.output().gapFrames();
        assertThat(marked[0]).isEqualTo(gap);
        assertThat(stream.position()).isEqualTo(4_800 + gap + 480);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(gap);
        assertThat(stream.counters().get(StreamCounter.REBUILDS)).isEqualTo(1);
        assertThat(rig.endpoint.streams.getFirst().calls).containsExactly("start", "stop", "close");
    }

    @Test
    void theOutageOfASecondRunDoesNotReachBackBeyondItsStart() throws AudioException {
        Stream stream = rig.running();
        rig.play(50);
        stream.stop();
        rig.later(3_600_000);
        stream.startRaw(Rig.SILENT);
        loseIt();
        rig.later(100);
        assertThat(Duration.ofNanos(rig.event(Kind.REBUILT).value())).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void anEndpointThatIsLostAgainBeforeItsFirstTurnLosesNoFramesOfThePosition() throws AudioException {
        Stream stream = rig.running();
        rig.play(100);
        loseIt();
        rig.later(50);
        assertThat(rig.endpoint.streams).hasSize(2);
        loseIt();
        rig.later(200);
        assertThat(rig.endpoint.streams).hasSize(3);
        rig.raw().run(480);
        long elapsed = rig.endpoint.requests.getLast().firstPosition();
        // Both outages together, from the last turn at 90 ms on.
        assertThat(elapsed).isGreaterThan(4_800 + 48 * 90);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(elapsed - 4_800);
    }

    @Test
    void anEndpointThatKeepsGoingAwayIsTriedLessAndLessOftenAndThenGivenUp() throws AudioException {
        StreamPolicy policy = StreamPolicy.PINNED.giveUpAfter(Duration.ofSeconds(10));
        Stream stream = rig.running(Rig.SPEC.policy(policy), Rig.SILENT);
        rig.play(10);
        for (int i = 0; i < 1_200 && stream.state() != StreamState.FAILED; i++) {
            if (stream.state() == StreamState.RUNNING) {
                loseIt();
            }
            rig.later(10);
        }
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.ENDPOINT_GONE);
        assertThat(rig.endpoint.streams).hasSizeBetween(10, 20);
        assertThat(rig.told()).endsWith(Kind.LOST, Kind.FAILED);
    }

    @Test
    void anEndpointThatStaysAwayIsGivenUpAfterTheTimeOfThePolicy() throws AudioException {
        StreamPolicy policy = StreamPolicy.PINNED.giveUpAfter(Duration.ofSeconds(5));
        Stream stream = rig.running(Rig.SPEC.policy(policy), Rig.SILENT);
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(4_900);
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
        rig.later(2_000);
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.ENDPOINT_GONE);
        assertThat(rig.told()).containsExactly(Kind.LOST, Kind.FAILED);
        stream.close();
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
    }

    @Test
    void aPolicyOfMoreTimeThanThereIsGivesUpNever() throws AudioException {
        StreamPolicy policy = StreamPolicy.PINNED.giveUpAfter(Duration.ofSeconds(Long.MAX_VALUE));
        Stream stream = rig.running(Rig.SPEC.policy(policy), Rig.SILENT);
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(60_000);
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
    }

    @Test
    void aHopelessLossFailsAtOnce() throws AudioException {
        Stream stream = rig.running();
        AudioException closed = AudioException.of(Failure.CLOSED, "run script:one", "the driver was closed");
        rig.raw().client().lost(closed);
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.failure()).containsSame(closed);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
        rig.later(5_000);
        assertThat(rig.endpoint.requests).hasSize(1);
    }

    @Test
    void aHopelessRefusalOnTheWayBackFailsAtOnce() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.shared = new FormatSupport.Refused("exclusive use only now");
        loseIt();
        rig.later(100);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.NOT_OFFERED);
        assertThat(rig.told()).containsExactly(Kind.LOST, Kind.FAILED);
    }

    @Test
    void aDriverThatThrowsWhatItMustNotIsTriedAgain() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.refusals.add(new NoSuchMethodError("mended by an update"));
        loseIt();
        rig.later(200);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.endpoint.requests).hasSize(3);
    }

    @Test
    void aStartThatFailsOnTheWayBackIsTriedAgain() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.script = new ScriptedStream.Script();
        rig.endpoint.script.atStart = Rig.gone();
        loseIt();
        rig.later(35);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
        rig.endpoint.script = new ScriptedStream.Script();
        rig.later(100);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aStreamThatIsLostWhilePausedComesBackPaused() throws AudioException {
        Stream stream = rig.running();
        rig.play(10);
        stream.pause();
        loseIt();
        rig.later(100);
        assertThat(stream.state()).isEqualTo(StreamState.PAUSED);
        assertThat(rig.raw().calls).containsExactly("start", "pause");
        stream.resume();
        assertThat(rig.raw().run(480)).isEqualTo(480);
    }

    @Test
    void pauseAndResumeAreHeededWhileALostStreamIsAway() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(50);
        stream.pause();
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
        stream.resume();
        stream.pause();
        assertThat(stream.flush()).isZero();
        assertThat(stream.played().frames()).isZero();
        rig.endpoint.presence = EndpointInfo.Presence.PRESENT;
        rig.later(1_000);
        assertThat(stream.state()).isEqualTo(StreamState.PAUSED);
    }

    @Test
    void aStreamThatIsLostWhileDrainingStopsAndSaysThatNotAllWasPlayed() throws AudioException {
        rig.endpoint.script.played = 0;
        Stream stream = rig.running();
        rig.play(20);
        rig.driver.hand.after(30_000_000, this::loseIt);
        assertThat(stream.drain()).isFalse();
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        rig.later(0);
        assertThat(rig.told()).containsExactly(Kind.LOST, Kind.DRAINED);
        assertThat(rig.event(Kind.DRAINED).value()).isZero();
        stream.startRaw(Rig.SILENT);
        assertThat(rig.endpoint.streams).hasSize(2);
        assertThat(rig.endpoint.requests.getLast().firstPosition()).isEqualTo(960);
    }

    @Test
    void aStreamThatIsAwayHasNothingToDrain() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(50);
        assertThat(stream.drain()).isFalse();
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        rig.endpoint.presence = EndpointInfo.Presence.PRESENT;
        rig.later(5_000);
        assertThat(rig.endpoint.streams).hasSize(1);
    }

    @Test
    void anAttemptOfAnEarlierRunDoesNotTouchTheNext() throws AudioException {
        Stream stream = rig.running();
        loseIt();
        // Between its attempt and its lock the stream is stopped, started and lost again.
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        rig.later(15);
        stream.stop();
        rig.endpoint.presence = EndpointInfo.Presence.PRESENT;
        stream.startRaw(Rig.SILENT);
        int opened = rig.endpoint.streams.size();
        rig.later(500);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.endpoint.streams).hasSize(opened);
    }

    @Test
    void stopAndCloseEndTheWaiting() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(100);
        stream.close();
        rig.endpoint.presence = EndpointInfo.Presence.PRESENT;
        rig.later(5_000);
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(rig.endpoint.streams).hasSize(1);
        assertThat(rig.driver.watchers).isEmpty();
    }

    @Test
    void aStreamThatFollowsTheDefaultMovesWithIt() throws AudioException {
        rig.driver.renderDefault = Optional.of(rig.endpoint);
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FOLLOW_DEFAULT), Rig.SILENT);
        rig.play(50);
        rig.driver.renderDefault = Optional.of(other);
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.CAPTURE, Role.DEFAULT));
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.RENDER, Role.COMMUNICATIONS));
        rig.later(50);
        assertThat(stream.endpoint()).isSameAs(rig.endpoint);
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.RENDER, Role.DEFAULT));
        rig.later(50);
        assertThat(stream.endpoint()).isSameAs(other);
        assertThat(rig.told()).containsExactly(Kind.REBUILT, Kind.MOVED);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.RENDER, Role.DEFAULT));
        rig.later(50);
        assertThat(other.streams).hasSize(1);
    }

    @Test
    void aDefaultThatMovesWhileTheStreamIsStoppedIsUsedByTheNextStart() throws AudioException {
        rig.driver.renderDefault = Optional.of(rig.endpoint);
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FOLLOW_DEFAULT), Rig.SILENT);
        rig.play(50);
        stream.stop();
        rig.driver.renderDefault = Optional.of(other);
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.RENDER, Role.DEFAULT));
        rig.later(20);
        stream.startRaw(Rig.SILENT);
        assertThat(stream.endpoint()).isSameAs(other);
        assertThat(other.requests.getFirst().firstPosition()).isEqualTo(2_400);
    }

    @Test
    void aStreamWithoutADefaultToFollowWaitsForOne() throws AudioException {
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FOLLOW_DEFAULT), Rig.SILENT);
        loseIt();
        rig.later(200);
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
        rig.driver.renderDefault = Optional.of(other);
        rig.later(500);
        assertThat(stream.endpoint()).isSameAs(other);
    }

    @Test
    void aStreamFallsBackAndReturns() throws AudioException {
        rig.driver.renderDefault = Optional.of(other);
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FALL_BACK), Rig.SILENT);
        rig.play(50);
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(50);
        assertThat(stream.endpoint()).isSameAs(other);
        rig.driver.tell(new EndpointEvent.Removed(rig.endpoint));
        rig.driver.tell(new EndpointEvent.Added(other));
        other.last().run(480);
        rig.later(50);
        assertThat(stream.endpoint()).isSameAs(other);
        rig.endpoint.presence = EndpointInfo.Presence.PRESENT;
        rig.driver.tell(new EndpointEvent.Added(rig.endpoint));
        rig.later(100);
        assertThat(stream.endpoint()).isSameAs(rig.endpoint);
        assertThat(rig.told()).containsExactly(Kind.LOST, Kind.REBUILT, Kind.MOVED, Kind.REBUILT, Kind.MOVED);
        assertThat(rig.endpoint.requests.getLast().firstPosition()).isGreaterThan(other.last().position);
    }

    @Test
    void aStreamThatIsPinnedStaysAndWatchesNothing() throws AudioException {
        rig.running();
        assertThat(rig.driver.watchers).isEmpty();
    }

    @Test
    void aCapturingStreamFollowsTheCaptureDefault() throws AudioException {
        rig.endpoint.direction = Direction.DUPLEX;
        other.direction = Direction.DUPLEX;
        rig.driver.captureDefault = Optional.of(other);
        Stream stream =
                rig.running(Rig.SPEC.direction(Direction.CAPTURE).policy(StreamPolicy.FOLLOW_DEFAULT), Rig.SILENT);
        rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.CAPTURE, Role.DEFAULT));
        rig.later(100);
        assertThat(stream.endpoint()).isSameAs(other);
        assertThat(stream.outputFormat()).isEmpty();
    }

    @Test
    void aDuplexStreamDoesNotQuietlyLoseASide() throws AudioException {
        rig.endpoint.direction = Direction.DUPLEX;
        rig.driver.renderDefault = Optional.of(other);
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FALL_BACK), Rig.SILENT);
        rig.endpoint.presence = EndpointInfo.Presence.GONE;
        loseIt();
        rig.later(100);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.NOT_OFFERED);
    }

    @Test
    void anotherFormatOnTheWayBackReachesTheProcessorAsANewGeneration() throws AudioException {
        rig.endpoint.shared = new FormatSupport.Unknown("busy");
        float[] rates = new float[2];
        Stream stream = rig.open(StreamSpec.of(0, ChannelLayout.STEREO));
        stream.start(new Processor() {
            @Override
            public void prepare(dev.nightjar.spi.StreamShape shape) {
                rates[0] = rates[1];
                rates[1] = shape.rate();
            }

            @Override
            public void process(Turn turn) {}
        });
        rig.endpoint.offers(StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S16));
        loseIt();
        rig.later(100);
        assertThat(rates).containsExactly(48_000, 44_100);
        assertThat(stream.outputFormat().orElseThrow().sample()).isEqualTo(SampleFormat.S16);
        assertThat(rig.raw().run(480)).isEqualTo(480);
    }

    @Test
    void theFirstFormatThatIsTakenIsUsedAndOtherRefusalsEndTheSearch() throws AudioException {
        rig.endpoint.shared = new FormatSupport.Unknown("busy");
        rig.endpoint.refusals.add(AudioException.unsupported("open script:one", "no floats", java.util.List.of()));
        Stream stream = rig.open(Rig.SPEC);
        assertThat(rig.endpoint.requests).hasSize(2);
        assertThat(stream.outputFormat())
                .isEqualTo(rig.endpoint.requests.getLast().output());
        rig.endpoint.refusals.add(AudioException.of(Failure.ENDPOINT_BUSY, "open script:one", "held"));
        assertThatThrownBy(() -> rig.endpoint.open(Rig.SPEC))
                .isInstanceOfSatisfying(
                        AudioException.class, e -> assertThat(e.failure()).isEqualTo(Failure.ENDPOINT_BUSY));
        assertThat(rig.endpoint.requests).hasSize(3);
    }
}
