package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.LatencyWish;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private interface Reading {
        Object of(String text) throws Refusal;
    }

    @Test
    void readsLatenciesAsFramesTimesOrTheSmallest() throws Refusal {
        assertThat(Values.latency("256")).isEqualTo(new LatencyWish.Frames(256));
        assertThat(Values.latency("5ms")).isEqualTo(new LatencyWish.Time(Duration.ofMillis(5)));
        assertThat(Values.latency("0.0125s")).isEqualTo(new LatencyWish.Time(Duration.ofNanos(12_500_000)));
        assertThat(Values.latency("smallest")).isEqualTo(LatencyWish.smallest());
        wrong(
                Values::latency,
                "--latency",
                "",
                "0",
                "0ms",
                "-5ms",
                "11s",
                "1e3ms",
                "NaNs",
                "5 ms",
                "99999999999",
                "ms");
    }

    @Test
    void readsGainsInDecibels() throws Refusal {
        assertThat(Values.gain("-6")).isEqualTo(-6.0);
        assertThat(Values.gain("1.5dB")).isEqualTo(1.5);
        wrong(Values::gain, "--gain", "", "loud", "25", "-121", "NaN", "0x1p3", "1d", "-", "1.2.3");
    }

    @Test
    void readsStartsAsClocksShowThem() throws Refusal {
        assertThat(Values.start("90")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Values.start("1:30")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Values.start("1:02:03.5")).isEqualTo(Duration.ofMillis(3_723_500));
        assertThat(Values.start("75.25")).isEqualTo(Duration.ofMillis(75_250));
        wrong(Values::start, "--start", "", ":", "1:60", "1.5:00", "-1", "1:-1", "1:2:3:4", "Infinity", "1e400", "abc");
    }

    private static void wrong(Reading reading, String option, String... texts) {
        for (String text : List.of(texts)) {
            assertThatThrownBy(() -> reading.of(text))
                    .as("'%s'", text)
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.exit()).isEqualTo(Exit.USAGE))
                    .hasMessageStartingWith(option + " '" + text + "': expected ");
        }
    }
}
