package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nightjar.spi.AudioClock;
import dev.nightjar.spi.HostEvent;
import dev.nightjar.spi.StreamShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a program may ask of a stream from within its turn, its `prepare` and its listeners.
class FromWithinTest {
    private final Rig rig = new Rig();

    enum Wish {
        STOP(StreamState.STOPPED) {
            @Override
            void ask(Stream stream) {
                stream.stop();
            }
        },
        PAUSE(StreamState.PAUSED) {
            @Override
            void ask(Stream stream) throws AudioException {
                stream.pause();
            }
        },
        CLOSE(StreamState.CLOSED) {
            @Override
            void ask(Stream stream) {
                stream.close();
                stream.close();
            }
        };

        final StreamState then;

        Wish(StreamState then) {
            this.then = then;
        }

        abstract void ask(Stream stream) throws AudioException;
    }

    /// Asks in the first turn, or in prepare, and counts the turns that ran.
    private static final class Asking implements RawProcessor {
        final Wish wish;
        final boolean early;
        final Stream stream;
        int turns;

        Asking(Wish wish, boolean early, Stream stream) {
            this.wish = wish;
            this.early = early;
            this.stream = stream;
        }

        @Override
        public void prepare(StreamShape shape) {
            if (early) {
                try {
                    wish.ask(stream);
                } catch (AudioException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void process(RawTurn turn) throws AudioException {
            turns++;
            wish.ask(stream);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTurnOnlyAsksAndIsTheLast(Wish wish) throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        Asking asking = new Asking(wish, false, stream);
        stream.startRaw(asking);
        assertThat(rig.raw().run(480)).isEqualTo(480);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        assertThat(stream.state()).isEqualTo(wish.then);
        assertThat(asking.turns).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void prepareOnlyAsksAndNoTurnFollows(Wish wish) throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        Asking asking = new Asking(wish, true, stream);
        stream.startRaw(asking);
        rig.raw().run(480);
        rig.later(20);
        assertThat(stream.state()).isEqualTo(wish.then);
        assertThat(asking.turns).isZero();
    }

    @Test
    void whatATurnAskedIsDoneBeforeWhatAnotherThreadAsks() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        stream.startRaw(new Asking(Wish.STOP, false, stream));
        rig.raw().run(480);
        // The check has not come by yet, and the stream can be started again all the same.
        stream.startRaw(Rig.SILENT);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "start");
        rig.later(50);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aPauseAskedWithinATurnDoesNotStandInTheWayOfADrain() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        stream.startRaw(new Asking(Wish.PAUSE, false, stream));
        rig.raw().run(480);
        rig.driver.hand.after(5_000_000, () -> rig.raw().run(480));
        assertThat(stream.drain()).isTrue();
    }

    @Test
    void aTurnThatPausesAndGoesOnIsHeldAndBroughtBack() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        int[] turns = new int[1];
        stream.startRaw(_ -> {
            if (turns[0]++ == 0) {
                stream.pause();
                stream.resume();
            }
        });
        rig.raw().run(480);
        rig.raw().run(480);
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(rig.raw().calls).containsExactly("start", "pause", "resume");
        assertThat(rig.raw().run(480)).isEqualTo(480);
        assertThat(turns[0]).isEqualTo(2);
    }

    @Test
    void aTurnThatFlushesHasItDoneSoonAfterwards() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        stream.startRaw(turn -> {
            assertThat(stream.flush()).isZero();
            assertThat(stream.played().frames()).isZero();
        });
        rig.raw().run(480);
        assertThat(rig.raw().calls).containsExactly("start");
        rig.later(20);
        assertThat(rig.raw().calls).containsExactly("start", "flush");
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aTurnCannotStartItsStream() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        stream.startRaw(_ -> assertThatIllegalStateException().isThrownBy(() -> stream.startRaw(Rig.SILENT)));
        assertThat(rig.raw().run(480)).isEqualTo(480);
    }

    /// A turn that asks something while another thread closes must not wait for that thread, which waits for the turn.
    @Test
    @Timeout(20)
    void aTurnAndAClosingThreadDoNotWaitForEachOther() throws Exception {
        rig.driver.clock = AudioClock.system();
        Stream stream = rig.open(Rig.SPEC);
        CountDownLatch entered = new CountDownLatch(1);
        Thread closing = Thread.currentThread();
        stream.startRaw(_ -> {
            entered.countDown();
            while (closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            stream.flush();
            stream.played();
            stream.resume();
            stream.stop();
        });
        long leaked = Stream.leaked();
        Thread host = Thread.ofPlatform().start(() -> rig.raw().run(480));
        while (entered.getCount() > 0) {
            Thread.onSpinWait();
        }
        stream.close();
        host.join();
        assertThat(Stream.leaked()).isEqualTo(leaked);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
    }

    @Test
    void anInterruptedThreadClosesAsWellAsAnyOther() throws Exception {
        rig.driver.clock = AudioClock.system();
        CountDownLatch entered = new CountDownLatch(1);
        Stream stream = rig.running(Rig.SPEC, _ -> {
            entered.countDown();
            Thread.sleep(100);
        });
        long leaked = Stream.leaked();
        Thread host = Thread.ofPlatform().start(() -> rig.raw().run(480));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        stream.close();
        assertThat(Thread.interrupted()).isTrue();
        host.join();
        assertThat(Stream.leaked()).isEqualTo(leaked);
        assertThat(rig.raw().calls).containsExactly("start", "stop", "close");
    }

    @Test
    void aListenerMayCloseItsStreamAndTheOthersHearTheRestInOrder() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        List<StreamEvent.Kind> second = new ArrayList<>();
        stream.onEvent(event -> {
            if (event.kind() == StreamEvent.Kind.LATENCY_CHANGED) {
                stream.close();
            }
        });
        stream.onEvent(event -> second.add(event.kind()));
        stream.startRaw(Rig.SILENT);
        rig.raw().client().happened(HostEvent.LATENCY_CHANGED, 1);
        rig.raw().client().happened(HostEvent.XRUN, 2);
        rig.raw().client().happened(HostEvent.MOVED, 0);
        rig.later(20);
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(second)
                .containsExactly(StreamEvent.Kind.LATENCY_CHANGED, StreamEvent.Kind.XRUN, StreamEvent.Kind.MOVED);
    }

    /// One thread closes while a listener, on another, closes too.
    @Test
    @Timeout(20)
    void aListenerAndAnotherThreadMayCloseAtTheSameTime() throws Exception {
        rig.driver.clock = AudioClock.system();
        Stream stream = rig.open(Rig.SPEC);
        CountDownLatch hearing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        stream.onEvent(_ -> {
            hearing.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            stream.close();
        });
        stream.startRaw(Rig.SILENT);
        rig.raw().client().happened(HostEvent.MOVED, 0);
        assertThat(hearing.await(10, TimeUnit.SECONDS)).isTrue();
        // More to tell: the closing thread leaves it to the one that is hearing.
        rig.raw().client().happened(HostEvent.MOVED, 0);
        stream.close();
        go.countDown();
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(stream.await(Duration.ofSeconds(10))).isTrue();
    }

    /// A driver that waits in `Watch.close` for its listener, which is about to move the stream.
    @Test
    @Timeout(20)
    void aDriverMayWaitForItsListenerWhileTheStreamCloses() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        rig.driver.clock = AudioClock.system();
        ScriptedEndpoint other = rig.driver.add("two");
        rig.driver.renderDefault = Optional.of(other);
        rig.driver.whenWatchCloses = () -> {
            try {
                told.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        Stream stream = rig.running(Rig.SPEC.policy(StreamPolicy.FOLLOW_DEFAULT), Rig.SILENT);
        Thread teller = Thread.ofPlatform().start(() -> {
            held.countDown();
            for (int i = 0; i < 100; i++) {
                rig.driver.tell(new EndpointEvent.DefaultMoved(other, Direction.RENDER, Role.DEFAULT));
            }
            told.countDown();
        });
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        stream.close();
        teller.join();
        assertThat(stream.state()).isEqualTo(StreamState.CLOSED);
    }
}
