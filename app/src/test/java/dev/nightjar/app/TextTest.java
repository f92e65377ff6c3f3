package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void takesTheSpellOutOfTextThatATerminalWouldObey() {
        assertThat(Text.plain("a\u001b]0;owned\u0007b\r\nc\u009bm\u202Ed")).isEqualTo("a�]0;owned�b��c�m�d");
        assertThat(Text.plain("Sigur Rós – 日本 🎵")).isEqualTo("Sigur Rós – 日本 🎵");
    }

    @Test
    void measuresAndCutsByColumnsNotByCharacters() {
        assertThat(Text.width("日本")).isEqualTo(4);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
        assertThat(Text.fit("日本語", 5)).isEqualTo("日本…");
        assertThat(Text.fit("abc", 3)).isEqualTo("abc");
        assertThat(Text.fit("abcd", 1)).isEqualTo("…");
        assertThat(Text.fit("abcd", 0)).isEmpty();
    }

    @Test
    void wrapsBetweenWords() {
        assertThat(Text.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Text.wrap("incomprehensible no", 5)).containsExactly("incomprehensible", "no");
    }

    @Test
    void alignsTheColumnsOfATableAlsoBesideWideCharacters() {
        List<String> lines = new Table()
                .row("A", "B", "C")
                .row("日本", "x", "a long end")
                .row("z", "yyy", "")
                .lines();
        assertThat(lines).containsExactly("A     B    C", "日本  x    a long end", "z     yyy");
    }

    @Test
    void writesTimesAsPlayersDo() {
        assertThat(Text.time(Duration.ofMillis(62_399))).isEqualTo("1:02.3");
        assertThat(Text.time(Duration.ofMillis(3_723_500))).isEqualTo("1:02:03.5");
        assertThat(Text.time(Duration.ZERO)).isEqualTo("0:00.0");
    }
}
