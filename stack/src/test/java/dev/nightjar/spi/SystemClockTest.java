package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemClockTest {
    private final AudioClock clock = AudioClock.system();

    @Test
    void tasksRunOneAtATimeInTheOrderOfTheirInstants() throws InterruptedException {
        List<String> ran = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(3);
        AtomicInteger inside = new AtomicInteger();
        for (String name : List.of("third", "second", "first")) {
            long millis = List.of("first", "second", "third").indexOf(name) * 100L;
            clock.after(millis * 1_000_000, () -> {
                ran.add(name + " " + inside.incrementAndGet());
                inside.decrementAndGet();
                all.countDown();
            });
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("first 1", "second 1", "third 1");
    }

    @Test
    void aTaskThatThrowsDoesNotKeepTheNextFromRunning() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        clock.after(0, () -> {
            throw new AssertionError("a task of little use");
        });
        clock.after(-1, next::countDown);
        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCancelledTaskDoesNotRun() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        CountDownLatch after = new CountDownLatch(1);
        AudioClock.Task task = clock.after(50_000_000, ran::countDown);
        task.cancel();
        task.cancel();
        clock.after(100_000_000, after::countDown);
        assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.getCount()).isEqualTo(1);
    }

    @Test
    void workThatTakesLongHasADaemonThreadOfItsOwn() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        clock.execute("nightjar-slow", () -> {
            threads.add(Thread.currentThread());
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        clock.after(0, other::countDown);
        assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(clock.await(() -> !threads.isEmpty(), clock.nanoTime() + 10_000_000_000L))
                .isTrue();
        assertThat(threads.getFirst().isDaemon()).isTrue();
        assertThat(threads.getFirst().getName()).isEqualTo("nightjar-slow");
        release.countDown();
        threads.getFirst().join();
    }

    @Test
    void awaitEndsWithTheConditionOrAtTheDeadline() {
        long begun = clock.nanoTime();
        assertThat(clock.await(() -> false, begun + 20_000_000)).isFalse();
        assertThat(clock.nanoTime() - begun).isGreaterThanOrEqualTo(20_000_000);
        assertThat(clock.await(() -> true, begun)).isTrue();
        AtomicInteger asked = new AtomicInteger();
        assertThat(clock.await(() -> asked.incrementAndGet() == 5, clock.nanoTime() + 10_000_000_000L))
                .isTrue();
    }

    @Test
    void anInterruptNeitherEndsAWaitNorIsForgotten() {
        long begun = clock.nanoTime();
        Thread.currentThread().interrupt();
        assertThat(clock.await(() -> clock.nanoTime() - begun > 20_000_000, begun + 10_000_000_000L))
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
