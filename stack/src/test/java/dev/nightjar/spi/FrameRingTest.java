package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameRingTest {
    private final MemorySegment frames = Arena.ofAuto().allocate(1_000 * 8, 8);

    private static void number(MemorySegment into, long first, int count) {
        for (int i = 0; i < count; i++) {
            into.setAtIndex(ValueLayout.JAVA_LONG, i, first + i);
        }
    }

    @Test
    void framesComeOutInTheOrderTheyWentInAcrossTheEdge() {
        FrameRing ring = new FrameRing(8, 7);
        long written = 0;
        long read = 0;
        for (int round = 0; round < 50; round++) {
            number(frames, written, 5);
            written += ring.write(frames, 0, 5);
            int got = ring.read(frames, 16, 3);
            for (int i = 0; i < got; i++) {
                assertThat(frames.getAtIndex(ValueLayout.JAVA_LONG, 2 + i)).isEqualTo(read++);
            }
            assertThat(ring.readable()).isEqualTo((int) (written - read));
            assertThat(ring.writable()).isEqualTo(7 - ring.readable());
        }
        assertThat(ring.framesWritten()).isEqualTo(written);
        assertThat(ring.framesRead()).isEqualTo(read);
        assertThat(ring.capacity()).isEqualTo(7);
    }

    @Test
    void whatIsFlushedIsNeverRead() {
        FrameRing ring = new FrameRing(8, 10);
        number(frames, 0, 10);
        ring.write(frames, 0, 10);
        assertThat(ring.read(frames, 0, 2)).isEqualTo(2);
        assertThat(ring.flush()).isEqualTo(8);
        assertThat(ring.flush()).isZero();
        assertThat(ring.readable()).isZero();
        // Room is made by the reader, not by whoever flushes.
        assertThat(ring.writable()).isEqualTo(2);
        number(frames, 100, 2);
        ring.write(frames, 0, 2);
        assertThat(ring.readable()).isEqualTo(2);
        assertThat(ring.read(frames, 0, 10)).isEqualTo(2);
        assertThat(frames.getAtIndex(ValueLayout.JAVA_LONG, 0)).isEqualTo(100);
        assertThat(ring.writable()).isEqualTo(10);
        ring.write(frames, 0, 10);
        ring.flush();
        assertThat(ring.read(frames, 0, 1)).isZero();
        assertThat(ring.writable()).isEqualTo(10);
    }

    @Test
    void aRingHoldsFrames() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameRing(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameRing(4, 0));
    }

    /// A generator and a verifier, each on its own thread, in steps of changing size: ten million frames of three
    /// words.
    @Test
    @Timeout(120)
    void twoThreadsAgreeOnEveryFrame() throws InterruptedException {
        int bytes = 24;
        int capacity = 1_009;
        long total = 3_000_000;
        FrameRing ring = new FrameRing(bytes, capacity);
        Thread generator = Thread.ofPlatform().start(() -> {
            MemorySegment from = Arena.ofAuto().allocate(2_000L * bytes, 8);
            SplittableRandom sizes = new SplittableRandom(1);
            for (long next = 0; next < total; ) {
                int step = (int) Math.min(total - next, 1 + sizes.nextInt(2_000));
                for (int i = 0; i < step; i++) {
                    from.setAtIndex(ValueLayout.JAVA_LONG, 3L * i, next + i);
                    from.setAtIndex(ValueLayout.JAVA_LONG, 3L * i + 1, ~(next + i));
                    from.setAtIndex(ValueLayout.JAVA_LONG, 3L * i + 2, (next + i) * 31);
                }
                int written = ring.write(from, 0, step);
                next += written;
                if (written == 0) {
                    Thread.onSpinWait();
                }
            }
        });
        MemorySegment into = Arena.ofAuto().allocate(2_000L * bytes, 8);
        SplittableRandom sizes = new SplittableRandom(2);
        for (long next = 0; next < total; ) {
            assertThat(ring.readable()).isBetween(0, capacity);
            assertThat(ring.writable()).isBetween(0, capacity);
            int got = ring.read(into, 0, 1 + sizes.nextInt(2_000));
            for (int i = 0; i < got; i++, next++) {
                if (into.getAtIndex(ValueLayout.JAVA_LONG, 3L * i) != next
                        || into.getAtIndex(ValueLayout.JAVA_LONG, 3L * i + 1) != ~next
                        || into.getAtIndex(ValueLayout.JAVA_LONG, 3L * i + 2) != next * 31) {
                    throw new AssertionError("frame " + next + " is another one");
                }
            }
            if (got == 0) {
                Thread.onSpinWait();
            }
        }
        generator.join();
        assertThat(ring.readable()).isZero();
    }

    /// A third thread flushes all the time: what is read only ever goes forward, and what was not read was flushed.
    @Test
    @Timeout(120)
    void flushingFromAThirdThreadNeverBringsBackOldFrames() throws InterruptedException {
        FrameRing ring = new FrameRing(8, 512);
        long total = 300_000;
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong flushed = new AtomicLong();
        Thread generator = Thread.ofPlatform().start(() -> {
            MemorySegment from = Arena.ofAuto().allocate(100 * 8, 8);
            for (long next = 0; next < total; ) {
                number(from, next, 100);
                next += ring.write(from, 0, (int) Math.min(100, total - next));
            }
            done.set(true);
        });
        Thread flusher = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                flushed.addAndGet(ring.flush());
                Thread.onSpinWait();
            }
        });
        long last = -1;
        long read = 0;
        MemorySegment into = Arena.ofAuto().allocate(64 * 8, 8);
        while (!done.get() || ring.readable() > 0) {
            int got = ring.read(into, 0, 64);
            for (int i = 0; i < got; i++) {
                long frame = into.getAtIndex(ValueLayout.JAVA_LONG, i);
                if (frame <= last) {
                    throw new AssertionError("frame " + frame + " after " + last);
                }
                last = frame;
            }
            read += got;
        }
        generator.join();
        flusher.join();
        assertThat(read).isLessThanOrEqualTo(total);
        assertThat(read + flushed.get()).isGreaterThanOrEqualTo(total);
    }
}
