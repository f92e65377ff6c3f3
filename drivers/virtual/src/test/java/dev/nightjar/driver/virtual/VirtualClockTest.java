package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<String> ran = new ArrayList<>();

    @Test
    void standsStillUntilItIsMovedAndThenMovesExactly() throws Exception {
        long begun = clock.nanoTime();
        Thread.sleep(5);
        assertThat(clock.nanoTime()).isEqualTo(begun);
        clock.advance(Duration.ofNanos(12_345));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(12_345));
        clock.advance(Duration.ZERO);
        assertThat(clock.nanoTime() - begun).isEqualTo(12_345);
    }

    @Test
    void runsWhatFallsDueInTheOrderOfInstantsAndThenOfAsking() {
        clock.after(30, () -> ran.add("c"));
        clock.after(10, () -> ran.add("a" + clock.elapsed().toNanos()));
        clock.after(30, () -> ran.add("d"));
        clock.after(20, () -> clock.after(5, () -> ran.add("b" + clock.elapsed().toNanos())));
        clock.after(31, () -> ran.add("too late"));
        clock.advance(Duration.ofNanos(30));
        assertThat(ran).containsExactly("a10", "b25", "c", "d");
    }

    @Test
    void aCancelledTaskDoesNotRunAndWorkRunsAtOnce() {
        AudioClock.Task task = clock.after(10, () -> ran.add("no"));
        task.cancel();
        task.cancel();
        clock.execute("work", () -> ran.add("work"));
        clock.advance(Duration.ZERO);
        assertThat(ran).containsExactly("work");
        clock.advance(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("work");
    }

    @Test
    void waitingMovesTimeNoFurtherThanNeeded() {
        clock.after(500, () -> ran.add("x"));
        clock.after(900, () -> ran.add("y"));
        assertThat(clock.await(() -> ran.contains("x"), clock.nanoTime() + 1_000))
                .isTrue();
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(500));
        assertThat(clock.await(() -> ran.contains("z"), clock.nanoTime() + 1_000))
                .isFalse();
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(1_500));
        assertThat(ran).containsExactly("x", "y");
    }

    @Test
    void aTaskThatSpendsTimeMakesTheNextOneLate() {
        clock.after(10, () -> clock.spend(Duration.ofNanos(100)));
        clock.after(20, () -> ran.add("at " + clock.elapsed().toNanos()));
        clock.advance(Duration.ofNanos(50));
        assertThat(ran).containsExactly("at 110");
    }

    @Test
    void aTaskMayWaitForAnother() {
        clock.after(10, () -> {
            clock.after(5, () -> ran.add("inner"));
            assertThat(clock.await(() -> !ran.isEmpty(), clock.nanoTime() + 100))
                    .isTrue();
            ran.add("outer");
        });
        clock.advance(Duration.ofNanos(100));
        assertThat(ran).containsExactly("inner", "outer");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void twoThreadsMoveTimeOneAfterTheOther() throws Exception {
        int[] inside = new int[2];
        for (int i = 0; i < 2_000; i++) {
            clock.after(i, () -> {
                inside[0]++;
                inside[1] = Math.max(inside[1], inside[0]);
                Thread.onSpinWait();
                inside[0]--;
            });
        }
        Thread other = Thread.ofPlatform().start(() -> clock.advance(Duration.ofNanos(2_000)));
        clock.advance(Duration.ofNanos(2_000));
        other.join();
        clock.advance(Duration.ofNanos(2_000));
        assertThat(inside).containsExactly(0, 1);
    }

    @Test
    void aTaskThatIsStuckDoesNotStopTimeForOthersForGood() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        clock.after(1, () -> {
            entered.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ran.add("let go");
        });
        Thread stuck = Thread.ofPlatform().daemon().start(() -> clock.advance(Duration.ofNanos(10)));
        entered.await();
        clock.after(5, () -> ran.add("went on"));
        clock.advance(Duration.ofNanos(20));
        assertThat(ran).containsExactly("went on");
        letGo.countDown();
        stuck.join();
        clock.advance(Duration.ofNanos(20));
        assertThat(ran).containsExactly("went on", "let go");
    }
}
