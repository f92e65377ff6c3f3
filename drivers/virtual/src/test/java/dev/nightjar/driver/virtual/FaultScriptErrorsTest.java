package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScriptErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "at s plug x | 's' is no time; write 20ms",
                "at -5s plug x | '-5s' is no time",
                "at 1s default x sideways | render or capture expected instead of 'sideways'",
                "at 1s default x render loud | default or communications expected instead of 'loud'",
                "at 1s drift x NaN | 'NaN' is no number of ppm",
                "at 1s short x few for 1s | 'few' is no whole number",
                "at 1s busy x | 'for' is missing at the end",
                "at 1s burn x | 'burn' is no fault",
                "at 1s plug x y | 'y' is too much"
            })
    void aWrongLineIsNamedInWordsForAPerson(String line, String words) {
        assertThatThrownBy(() -> FaultScript.parse("# first\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2 '" + line + "': ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("enum");
    }

    @Test
    void timesMayHaveFractionsAndNumbersSigns() {
        FaultScript script = FaultScript.parse("at 1.5s drift x -50.5 # behind\nat 2m error x -19 no such  device");
        assertThat(script.entries())
                .containsExactly(
                        new FaultScript.Entry(Duration.ofMillis(1500), new Fault.Drift("x", -50.5)),
                        new FaultScript.Entry(
                                Duration.ofMinutes(2), new Fault.DriverError("x", -19, "no such device")));
    }
}
