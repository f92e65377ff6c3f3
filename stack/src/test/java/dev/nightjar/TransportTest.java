package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.HostEvent;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// States and transport, over a driver whose turns are run by hand.
class TransportTest {
    private final Rig rig = new Rig();

    @Test
    void theDriverIsToldInOrderAndNeverTwice() throws AudioException {
        Stream stream = rig.running();
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        stream.pause();
        stream.pause();
        assertThat(stream.state()).isEqualTo(StreamState.PAUSED);
        stream.resume();
        stream.resume();
        stream.stop();
        stream.stop();
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        stream.startRaw(Rig.SILENT);
        stream.close();
        stream.close();
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(rig.raw().calls).containsExactly("start", "pause", "resume", "stop", "start", "stop", "close");
        assertThat(rig.endpoint.streams).hasSize(1);
    }

    @Test
    void aClosedStreamStaysClosedWhateverIsAskedOfIt() throws AudioException {
        Stream stream = rig.running();
        stream.close();
        stream.stop();
        stream.pause();
        stream.resume();
        assertThat(stream.drain()).isFalse();
        assertThat(stream.flush()).isZero();
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThatThrownBy(() -> stream.startRaw(Rig.SILENT))
                .isInstanceOfSatisfying(
                        AudioException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CLOSED));
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
    }

    @Test
    void aStreamThatWasNeverStartedStaysOpenWhenItIsStopped() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        stream.stop();
        assertThat(stream.state()).isEqualTo(StreamState.OPEN);
        assertThat(stream.position()).isZero();
        assertThat(stream.drain()).isFalse();
        stream.startRaw(Rig.SILENT);
        assertThatIllegalStateException()
                .isThrownBy(() -> stream.startRaw(Rig.SILENT))
                .withMessageContaining("state=RUNNING");
    }

    @Test
    void aStartThatThrowsLeavesAStreamThatCanBeStartedAnew() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        rig.endpoint.script.atStart = Rig.gone();
        assertThatThrownBy(() -> stream.startRaw(Rig.SILENT)).isSameAs(rig.endpoint.script.atStart);
        assertThat(stream.state()).isEqualTo(StreamState.OPEN);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
        rig.endpoint.script = new ScriptedStream.Script();
        stream.startRaw(Rig.SILENT);
        assertThat(rig.endpoint.streams).hasSize(2);
        assertThat(rig.raw().run(480)).isEqualTo(480);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aDriverThatThrowsSomethingElseFromStartIsADriverFailure() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        rig.endpoint.script.atStart = new NoClassDefFoundError("Gone");
        assertThatThrownBy(() -> stream.startRaw(Rig.SILENT)).isInstanceOfSatisfying(AudioException.class, e -> {
            assertThat(e.failure()).isEqualTo(Failure.DRIVER_FAILED);
            assertThat(e.getCause()).isSameAs(rig.endpoint.script.atStart);
            assertThat(e.getMessage()).startsWith("start script:one: ");
        });
    }

    @Test
    void turnsMayRunWithinStart() throws AudioException {
        rig.endpoint.script.turnWithinStart = true;
        Stream stream = rig.running();
        assertThat(stream.position()).isEqualTo(480);
        assertThat(stream.counters().get(StreamCounter.TURNS)).isEqualTo(1);
    }

    @Test
    void outputIsSilenceUnlessTheProcessorWroteIt() throws AudioException {
        Stream stream = rig.running();
        MemorySegment memory = rig.raw().turn.output().segment(0);
        memory.fill((byte) 0x55);
        rig.raw().run(480);
        assertThat(memory.mismatch(MemorySegment.ofArray(new byte[480 * 8]))).isEqualTo(-1);
        stream.pause();
        memory.fill((byte) 0x55);
        assertThat(rig.raw().run(480)).isZero();
        assertThat(stream.counters().get(StreamCounter.STRAY_TURNS)).isEqualTo(1);
        assertThat(stream.position()).isEqualTo(480);
    }

    @Test
    void anEndWithinATurnPlaysOutAndSilencesTheRest() throws AudioException {
        rig.endpoint.script.played = 0;
        Stream stream = rig.running(Rig.SPEC, turn -> {
            turn.output().segment(0).fill((byte) 0x3f);
            turn.end(100);
        });
        assertThat(rig.raw().run(480)).isEqualTo(100);
        MemorySegment memory = rig.raw().turn.output().segment(0);
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 100 * 8 - 1)).isEqualTo((byte) 0x3f);
        assertThat(memory.asSlice(100 * 8).mismatch(MemorySegment.ofArray(new byte[380 * 8])))
                .isEqualTo(-1);
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.DRAINING);
        // Turns that a host makes all the same move nothing, or the end would never be reached.
        rig.raw().position += 480;
        assertThat(rig.raw().run(480)).isZero();
        assertThat(stream.position()).isEqualTo(100);
        rig.endpoint.script.played = 100;
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        assertThat(rig.event(StreamEvent.Kind.DRAINED).value()).isEqualTo(1);
        assertThat(stream.drain()).isTrue();
    }

    @Test
    void drainEndsByTimeWhenTheDeviceNeverSaysSo() throws AudioException {
        rig.endpoint.script.played = 0;
        Stream stream = rig.running();
        rig.play(20);
        long begun = rig.driver.hand.nanoTime();
        rig.driver.hand.after(5_000_000, () -> rig.raw().run(480));
        assertThat(stream.drain()).isFalse();
        long waited = rig.driver.hand.nanoTime() - begun;
        // Buffer 20 ms, latency 10 ms, one second; the turn came after 5 ms and is seen within 10.
        assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofMillis(1_030), Duration.ofMillis(1_060));
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        rig.later(0);
        assertThat(rig.event(StreamEvent.Kind.DRAINED).value()).isZero();
    }

    @Test
    void drainResumesAPausedStreamAndAsksTheProgramForNothingMore() throws AudioException {
        AtomicInteger turns = new AtomicInteger();
        Stream stream = rig.running(Rig.SPEC, _ -> turns.incrementAndGet());
        rig.raw().run(480);
        stream.pause();
        rig.driver.hand.after(5_000_000, () -> rig.raw().run(480));
        assertThat(stream.drain()).isTrue();
        assertThat(turns).hasValue(1);
        assertThat(rig.raw().calls).containsExactly("start", "pause", "resume", "stop");
    }

    @Test
    void aCaptureStreamDrainsAtOnce() throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        Stream stream = rig.running();
        rig.play(10);
        rig.driver.hand.after(0, () -> rig.raw().run(480));
        assertThat(stream.drain()).isTrue();
        assertThat(stream.position()).isEqualTo(480);
    }

    @Test
    void aTurnThatAsksToDrainStillCountsAndIsTheLast() throws AudioException {
        AtomicInteger turns = new AtomicInteger();
        Stream[] self = new Stream[1];
        self[0] = rig.open(Rig.SPEC);
        self[0].startRaw(_ -> {
            turns.incrementAndGet();
            assertThat(self[0].drain()).isFalse();
        });
        assertThat(rig.raw().run(480)).isEqualTo(480);
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        assertThat(self[0].state()).isEqualTo(StreamState.STOPPED);
        assertThat(turns).hasValue(1);
        assertThat(self[0].position()).isEqualTo(480);
    }

    @Test
    void aProcessorThatThrowsFailsItsStreamWithTheCause() throws AudioException {
        IllegalArgumentException thrown = new IllegalArgumentException("no such note");
        Stream stream = rig.running(Rig.SPEC, _ -> {
            throw thrown;
        });
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        AudioException failure = stream.failure().orElseThrow();
        assertThat(failure.failure()).isEqualTo(Failure.PROCESSOR_FAILED);
        assertThat(failure.getCause()).isSameAs(thrown);
        assertThat(rig.told()).containsExactly(StreamEvent.Kind.FAILED);
        assertThat(rig.raw().calls).containsExactly("start", "stop");
        stream.stop();
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThatThrownBy(() -> stream.startRaw(Rig.SILENT)).isSameAs(failure);
        stream.close();
        assertThat(rig.raw().calls).endsWith("close");
    }

    @Test
    void aProcessorThatCannotPrepareFailsItsStreamToo() throws AudioException {
        Stream stream = rig.running(Rig.SPEC, new RawProcessor() {
            @Override
            public void prepare(dev.nightjar.spi.StreamShape shape) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void process(RawTurn turn) {
                throw new AssertionError("no turn may run");
            }
        });
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.PROCESSOR_FAILED);
    }

    @Test
    void memoryOfTheDriverThatCannotBeTouchedIsNotThrownAtTheHost() throws AudioException {
        Stream stream = rig.running();
        rig.raw().turn.output().at(MemorySegment.ofArray(new byte[8]), 0);
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        AudioException failure = stream.failure().orElseThrow();
        assertThat(failure.failure()).isEqualTo(Failure.DRIVER_FAILED);
        assertThat(failure.getCause()).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aDriverThatThrowsFromPlayedFailsTheStreamAndNotTheClock() throws AudioException {
        Stream stream = rig.running(Rig.SPEC, turn -> turn.end(10));
        rig.endpoint.script.atPlayed = new IllegalStateException("the pointer is gone");
        rig.raw().run(480);
        rig.later(50);
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.DRIVER_FAILED);
    }

    @Test
    void framesThatAPauseDiscardsAreCounted() throws AudioException {
        rig.endpoint.script.keptBack = 960;
        Stream stream = rig.running();
        rig.play(20);
        stream.pause();
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(960);
        assertThat(stream.flush()).isEqualTo(77);
    }

    @Test
    void aPauseThatTheHostRefusesIsALossThatIsMended() throws AudioException {
        Stream stream = rig.running();
        rig.endpoint.script.atPause = new IllegalStateException("cannot");
        assertThatThrownBy(stream::pause)
                .isInstanceOfSatisfying(
                        AudioException.class, e -> assertThat(e.failure()).isEqualTo(Failure.DRIVER_FAILED));
        rig.endpoint.script = new ScriptedStream.Script();
        rig.later(100);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.told()).containsExactly(StreamEvent.Kind.LOST, StreamEvent.Kind.REBUILT);
        assertThat(rig.raw().run(480)).isEqualTo(480);
    }

    @Test
    void aResumeThatTheHostRefusesIsALossThatIsMended() throws AudioException {
        Stream stream = rig.running();
        stream.pause();
        rig.endpoint.script.atResume = Rig.gone();
        assertThatThrownBy(stream::resume).isSameAs(rig.endpoint.script.atResume);
        rig.endpoint.script = new ScriptedStream.Script();
        rig.later(100);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.endpoint.streams).hasSize(2);
    }

    @Test
    void aDrainWhoseResumeIsRefusedStopsTheStream() throws AudioException {
        Stream stream = rig.running();
        stream.pause();
        rig.endpoint.script.atResume = Rig.gone();
        assertThat(stream.drain()).isFalse();
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        stream.startRaw(Rig.SILENT);
        assertThat(rig.endpoint.streams).hasSize(2);
    }

    @Test
    void marksAndHostEventsAreCountedAndTold() throws AudioException {
        Stream stream = rig.running();
        ScriptedStream raw = rig.raw();
        raw.turn.begin(480);
        raw.turn.output().markXrun();
        raw.turn.output().markGap(960);
        raw.runMarked(480);
        raw.client().happened(HostEvent.XRUN, 5);
        raw.client().happened(HostEvent.LATENCY_CHANGED, 700);
        raw.client().happened(HostEvent.SUSPENDED, 0);
        raw.client().happened(HostEvent.RESUMED, 0);
        raw.client().happened(HostEvent.MOVED, 0);
        rig.later(20);
        assertThat(rig.told())
                .containsExactly(
                        StreamEvent.Kind.XRUN,
                        StreamEvent.Kind.XRUN,
                        StreamEvent.Kind.LATENCY_CHANGED,
                        StreamEvent.Kind.SUSPENDED,
                        StreamEvent.Kind.RESUMED,
                        StreamEvent.Kind.MOVED);
        assertThat(rig.events.getFirst().value()).isEqualTo(960);
        assertThat(stream.counters().xruns()).isEqualTo(2);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(965);
    }

    @Test
    void theWorseMarkOfADuplexTurnCounts() throws AudioException {
        rig.endpoint.direction = Direction.DUPLEX;
        Stream stream = rig.running();
        ScriptedStream raw = rig.raw();
        raw.turn.begin(480);
        raw.turn.output().markGap(10);
        raw.turn.input().markGap(30);
        raw.turn.input().markXrun();
        raw.turn.input().markFilled();
        raw.runMarked(480);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(30);
        assertThat(stream.counters().xruns()).isEqualTo(1);
        assertThat(stream.counters().get(StreamCounter.FILLED_FRAMES)).isEqualTo(480);
    }

    @Test
    void eventsOfTheLastMomentAreToldAtClose() throws AudioException {
        Stream stream = rig.running();
        rig.raw().client().happened(HostEvent.XRUN, 1);
        stream.close();
        assertThat(rig.told()).containsExactly(StreamEvent.Kind.XRUN);
    }

    @Test
    void aHostThatStopsCallingIsLostAfterTwoSecondsAndItsBuffer() throws AudioException {
        Stream stream = rig.running();
        rig.play(20);
        rig.later(2_900);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        rig.later(200);
        assertThat(rig.event(StreamEvent.Kind.LOST).cause().orElseThrow().failure())
                .isEqualTo(Failure.DRIVER_STALLED);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.endpoint.streams).hasSize(2);
    }

    @Test
    void aHostThatSaidItIsSuspendedIsNotLost() throws AudioException {
        Stream stream = rig.running();
        rig.raw().client().happened(HostEvent.SUSPENDED, 0);
        rig.later(10_000);
        assertThat(rig.told()).containsExactly(StreamEvent.Kind.SUSPENDED);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.endpoint.streams).hasSize(1);
    }

    @Test
    void aPausedStreamIsNotWatchedForStalls() throws AudioException {
        Stream stream = rig.running();
        rig.play(10);
        stream.pause();
        rig.later(60_000);
        stream.resume();
        rig.later(50);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void aProcessorThatBlocksIsToldOnceAndAbandonedByClose() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Stream stream = rig.running(Rig.SPEC, _ -> {
            entered.countDown();
            leave.await();
        });
        Thread host = Thread.ofPlatform().daemon().start(() -> rig.raw().run(480));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        long leaked = Stream.leaked();
        rig.later(5_000);
        assertThat(rig.told()).containsExactly(StreamEvent.Kind.STALLED);
        long begun = rig.driver.hand.nanoTime();
        stream.close();
        assertThat(Duration.ofNanos(rig.driver.hand.nanoTime() - begun)).isEqualTo(Duration.ofSeconds(2));
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.PROCESSOR_FAILED);
        assertThat(rig.raw().calls).containsExactly("start", "abandon");
        assertThat(Stream.leaked()).isEqualTo(leaked + 1);
        leave.countDown();
        host.join();
        assertThat(rig.raw().run(480)).isZero();
    }

    @Test
    void aNewShapeIsPreparedBetweenTurnsAndSilentMeanwhile() throws AudioException {
        List<Integer> prepared = new ArrayList<>();
        int[] within = new int[1];
        Stream stream = rig.open(Rig.SPEC);
        stream.startRaw(new RawProcessor() {
            @Override
            public void prepare(dev.nightjar.spi.StreamShape shape) {
                prepared.add(shape.maxFrames());
                within[0] = rig.raw().client == null || prepared.size() == 1
                        ? 0
                        : rig.raw().run(480);
            }

            @Override
            public void process(RawTurn turn) {
                turn.output().segment(0).fill((byte) 1);
            }
        });
        rig.raw().run(480);
        rig.raw().client().prepare(rig.raw().shape);
        assertThat(prepared).containsExactly(480, 480);
        // Asked for while the program prepares: the host gets silence and goes on.
        assertThat(within[0]).isEqualTo(480);
        assertThat(stream.position()).isEqualTo(480);
        assertThat(rig.raw().run(480)).isEqualTo(480);
        assertThat(stream.counters().get(StreamCounter.GENERATIONS)).isEqualTo(2);
    }

    @Test
    void waitingForeverIsPossible() throws AudioException {
        Stream stream = rig.running();
        rig.driver.hand.after(Duration.ofDays(100).toNanos(), stream::close);
        rig.raw().client().happened(HostEvent.SUSPENDED, 0);
        assertThat(stream.await(Duration.ofMillis(50))).isFalse();
        rig.driver.hand.after(1, stream::close);
        assertThat(stream.await(ChronoUnit.FOREVER.getDuration())).isTrue();
    }

    @Test
    void anEncodedStreamHasNoFloatTurns() throws AudioException {
        rig.endpoint.offers(StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.IEC61937));
        Stream stream = rig.open(Rig.SPEC.sample(SampleFormat.IEC61937));
        assertThatThrownBy(() -> stream.start(_ -> {})).isInstanceOfSatisfying(AudioException.class, e -> {
            assertThat(e.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
            assertThat(e.getMessage()).contains("startRaw");
        });
        stream.startRaw(Rig.SILENT);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void theFaceSaysWhatWasGranted() throws AudioException {
        Stream stream = rig.open(Rig.SPEC.latencyFrames(256).name("Choir"));
        assertThat(stream.maxFrames()).isEqualTo(480);
        assertThat(stream.latency().bufferFrames()).isEqualTo(960);
        assertThat(stream.outputFormat()).contains(ScriptedEndpoint.FLOATS);
        assertThat(stream.inputFormat()).isEmpty();
        assertThat(stream.endpoint()).isSameAs(rig.endpoint);
        assertThat(stream.spec().name()).isEqualTo("Choir");
        assertThat(rig.endpoint.requests.getFirst().name()).isEqualTo("Choir");
        assertThat(rig.endpoint.requests.getFirst().latencyFrames()).isEqualTo(256);
        assertThat(stream.failure()).isEqualTo(Optional.empty());
        stream.startRaw(Rig.SILENT);
        rig.raw().run(100);
        assertThat(stream.played().frames()).isEqualTo(100);
        stream.close();
        assertThat(stream.played().frames()).isEqualTo(100);
    }
}
