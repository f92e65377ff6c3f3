package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Failure;
import dev.nightjar.RawProcessor;
import dev.nightjar.RawTurn;
import dev.nightjar.Stream;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamState;
import dev.nightjar.spi.StreamShape;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Programs that misbehave in their turns harm their own stream and nothing else.
abstract class ProcessorCases extends Cases {
    /// A stream whose processor throws in a turn.
    private Run throwing(int inTurn, Throwable thrown) throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, index) -> {
            if (index == inTurn) {
                switch (thrown) {
                    case Exception exception -> throw exception;
                    case Error error -> throw error;
                    default -> throw new AssertionError(thrown);
                }
            }
        });
        started(run);
        awaitState(run, StreamState.FAILED);
        return run;
    }

    @Test
    void aProcessorThatThrowsFailsItsStreamWithTheCause() throws Exception {
        IOException thrown = new IOException("the program's own");
        Run run = throwing(4, thrown);
        assertThat(run.stream().failure().orElseThrow())
                .hasCause(thrown)
                .hasMessageContaining(run.stream().endpoint().toString())
                .hasMessageContaining("the program's own");
        assertThat(run.stream().failure().orElseThrow().failure()).isEqualTo(Failure.PROCESSOR_FAILED);
        assertThat(run.witness().count()).isEqualTo(5);
        awaitEvent(run, StreamEvent.Kind.FAILED);
        assertThat(run.event(StreamEvent.Kind.FAILED).cause())
                .isEqualTo(run.stream().failure());
        pass(Duration.ofMillis(100));
        assertThat(run.witness().count()).isEqualTo(5);
    }

    @Test
    void anErrorInTheVeryFirstTurnFailsTheStreamAndNotTheMachine() throws Exception {
        StackOverflowError thrown = new StackOverflowError();
        Run run = throwing(0, thrown);
        assertThat(run.stream().failure().orElseThrow()).hasCause(thrown);
        assertThat(run.stream().position()).isZero();
    }

    @Test
    void aPrepareThatThrowsFailsTheStreamBeforeAnyTurn() throws Exception {
        Run run = opened(Place.RENDER, usual());
        IllegalArgumentException thrown = new IllegalArgumentException("not this shape");
        boolean[] turned = {false};
        run.stream().startRaw(new RawProcessor() {
            @Override
            public void prepare(StreamShape shape) {
                throw thrown;
            }

            @Override
            public void process(RawTurn turn) {
                turned[0] = true;
            }
        });
        awaitState(run, StreamState.FAILED);
        assertThat(run.stream().failure().orElseThrow()).hasCause(thrown);
        assertThat(turned[0]).isFalse();
    }

    @Test
    void aFailedStreamSaysWhyWhenItIsStartedAndCanOnlyBeClosed() throws Exception {
        Run run = throwing(1, new RuntimeException("broken"));
        refusal(Failure.PROCESSOR_FAILED, () -> {
            run.stream().startRaw(run.witness());
            return run.stream();
        });
        run.stream().pause();
        run.stream().resume();
        run.stream().stop();
        assertThat(run.stream().flush()).isZero();
        assertThat(run.stream().state()).isEqualTo(StreamState.FAILED);
        run.stream().close();
        assertThat(run.stream().state()).isEqualTo(StreamState.CLOSED);
        assertThat(run.stream().failure()).isPresent();
    }

    @Test
    void otherStreamsGoOnWhenAProcessorThrows() throws Exception {
        if (!table.abilities().contains(Ability.SEVERAL)) {
            doesNotApply("SEVERAL: one stream at a time");
            return;
        }
        Run other = run(Place.RENDER, 2);
        throwing(2, new RuntimeException("broken"));
        int turns = other.witness().count();
        awaitTurns(other, turns + 5);
        assertThat(other.stream().state()).isEqualTo(StreamState.RUNNING);
        assertThat(other.stream().failure()).isEmpty();
    }

    @Test
    void aFailedStreamLeavesItsEndpointFree() throws Exception {
        Run failed = throwing(2, new RuntimeException("broken"));
        failed.stream().close();
        Run next = run(Place.RENDER, 5);
        assertThat(next.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aProcessorThatBlocksForAWhileIsLateAndGoesOn() throws Exception {
        Run run = opened(Place.RENDER, usual());
        run.witness().doing((_, index) -> {
            if (index == 3) {
                host.spend(Duration.ofMillis(700));
            }
        });
        started(run);
        awaitTurns(run, 10);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
        assertThat(run.witness().turn(4).xrun()).isTrue();
        assertThat(run.told(StreamEvent.Kind.LOST)).isFalse();
    }

    /// A stream whose third turn does not come back until it is let go.
    private final class Stuck {
        final Run run;
        volatile boolean letGo;

        Stuck(Runnable step) throws Exception {
            run = opened(Place.RENDER, usual());
            run.witness().doing((_, index) -> {
                while (index == 2 && !letGo) {
                    step.run();
                }
            });
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    started(run);
                    pass(Duration.ofMillis(500));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            awaitReally(() -> run.witness().count() == 2 && run.witness().isInside());
        }

        void awaitReturn() {
            awaitReally(() -> !run.witness().isInside());
        }

        private void awaitReally(BooleanSupplier condition) {
            long giveUp = System.nanoTime() + SOON.toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).isLessThan(giveUp);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void aProcessorThatNeverReturnsIsToldAndGivenUpByClose() throws Exception {
        long leaked = Stream.leaked();
        Stuck stuck = new Stuck(() -> LockSupport.parkNanos(1_000_000));
        try {
            awaitEvent(stuck.run, StreamEvent.Kind.STALLED);
            long begun = System.nanoTime();
            stuck.run.stream().close();
            assertThat(System.nanoTime() - begun)
                    .isLessThan(Duration.ofSeconds(15).toNanos());
            assertThat(stuck.run.stream().state()).isEqualTo(StreamState.CLOSED);
            assertThat(Stream.leaked()).isEqualTo(leaked + 1);
        } finally {
            stuck.letGo = true;
        }
        stuck.awaitReturn();
        pass(Duration.ofMillis(100));
        assertThat(stuck.run.witness().count()).isEqualTo(3);
    }

    @Test
    void aProcessorThatSpinsIsGivenUpByStopAndFailsTheStream() throws Exception {
        long leaked = Stream.leaked();
        Stuck stuck = new Stuck(Thread::onSpinWait);
        try {
            stuck.run.stream().stop();
            assertThat(stuck.run.stream().state()).isEqualTo(StreamState.FAILED);
            assertThat(stuck.run.stream().failure().orElseThrow().failure()).isEqualTo(Failure.PROCESSOR_FAILED);
            assertThat(Stream.leaked()).isEqualTo(leaked + 1);
        } finally {
            stuck.letGo = true;
        }
        stuck.awaitReturn();
    }

    @Test
    void anEndpointIsFreeAgainAfterAStreamOnItWasGivenUp() throws Exception {
        Stuck stuck = new Stuck(() -> LockSupport.parkNanos(1_000_000));
        try {
            stuck.run.stream().close();
        } finally {
            stuck.letGo = true;
        }
        stuck.awaitReturn();
        Run next = run(Place.RENDER, 5);
        assertThat(next.stream().state()).isEqualTo(StreamState.RUNNING);
    }
}
