package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    @Test
    void framesRunBesideThePosition() {
        timeline.rendered(0, 0, 100);
        timeline.rendered(100, 100, 100);
        assertThat(timeline.heard(150, 200)).isEqualTo(150);
        assertThat(timeline.heard(500, 200)).as("not beyond what was rendered").isEqualTo(200);
    }

    @Test
    void silenceHoldsTheFrameThatComesNext() {
        timeline.rendered(0, 0, 100);
        timeline.silent(100, 100);
        timeline.silent(200, 100);
        timeline.rendered(300, 100, 100);
        assertThat(timeline.heard(250, 200)).isEqualTo(100);
        assertThat(timeline.heard(350, 200)).isEqualTo(150);
        assertThat(timeline.heard(50, 200)).isEqualTo(50);
    }

    @Test
    void lostPositionsPassNoFrame() {
        timeline.rendered(0, 0, 100);
        timeline.rendered(1_100, 100, 100);
        assertThat(timeline.heard(600, 200)).isEqualTo(100);
        assertThat(timeline.heard(1_101, 200)).isEqualTo(101);
    }

    @Test
    void framesThatWereCutAreLeftOut() {
        timeline.rendered(0, 0, 100);
        timeline.silent(100, 5_000);
        timeline.rendered(150, 5_000, 100);
        assertThat(timeline.heard(120, 5_100)).isEqualTo(5_000);
        assertThat(timeline.heard(160, 5_100)).isEqualTo(5_010);
    }

    @Test
    void manyBreaksInARowForgetOnlyTheOldest() {
        for (int i = 0; i < 1_000; i++) {
            timeline.rendered(20L * i, 10L * i, 10);
            timeline.silent(20L * i + 10, 10L * i + 10);
        }
        assertThat(timeline.heard(20L * 999 + 5, 10_000)).isEqualTo(9_995);
        assertThat(timeline.heard(20L * 995 + 15, 10_000)).isEqualTo(9_960);
        assertThat(timeline.heard(0, 10_000)).isBetween(9_800L, 9_900L);
    }
}
