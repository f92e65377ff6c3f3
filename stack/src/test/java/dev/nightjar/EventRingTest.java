package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventRingTest {
    private final long[] event = new long[EventRing.FIELDS];

    @Test
    void whatIsFullRefusesAndGoesOnWhereItWas() {
        EventRing ring = new EventRing(4);
        for (long i = 0; i < 4; i++) {
            assertThat(ring.offer((int) i, i * 10, i * 100, i * 1000)).isTrue();
        }
        assertThat(ring.offer(9, 9, 9, 9)).isFalse();
        assertThat(ring.poll(event)).isTrue();
        assertThat(event).containsExactly(0, 0, 0, 0);
        assertThat(ring.offer(4, 40, 400, 4000)).isTrue();
        for (long i = 1; i <= 4; i++) {
            assertThat(ring.poll(event)).isTrue();
            assertThat(event).containsExactly(i, i * 10, i * 100, i * 1000);
        }
        assertThat(ring.poll(event)).isFalse();
    }

    /// Two hosts' threads write, one reads: no event is torn, lost, doubled or out of its writer's order.
    @Test
    @Timeout(60)
    void twoWritersAndAReaderAgreeOnEveryEvent() throws InterruptedException {
        EventRing ring = new EventRing(64);
        long each = 100_000;
        Thread[] writers = new Thread[2];
        for (int w = 0; w < 2; w++) {
            int kind = w;
            writers[w] = Thread.ofPlatform().daemon().start(() -> {
                for (long i = 1; i <= each; i++) {
                    while (!ring.offer(kind, i, ~i, i ^ kind)) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        long[] last = new long[2];
        while (last[0] < each || last[1] < each) {
            if (ring.poll(event)) {
                verify(last);
            } else {
                Thread.onSpinWait();
            }
        }
        writers[0].join();
        writers[1].join();
        assertThat(ring.poll(event)).isFalse();
    }

    private void verify(long[] last) {
        int kind = (int) event[0];
        if (event[1] != last[kind] + 1 || event[2] != ~event[1] || event[3] != (event[1] ^ kind)) {
            throw new AssertionError("torn: " + event[0] + " " + event[1] + " " + event[2] + " " + event[3]);
        }
        last[kind] = event[1];
    }
}
