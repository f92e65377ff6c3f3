package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void theCandidateWithTheFewestChangesIsMeant() {
        List<String> all = List.of("virtual:speakers", "virtual:microphone", "virtual:null");
        assertThat(Spelling.nearest("virtual:speeker", all)).contains("virtual:speakers");
        assertThat(Spelling.nearest("VIRTUAL:NUL", all)).contains("virtual:null");
        assertThat(Spelling.nearest("virtual:microphone", all)).contains("virtual:microphone");
    }

    @Test
    void whereMoreThanHalfWouldChangeNothingIsMeant() {
        assertThat(Spelling.nearest("abcd", List.of("abxy"))).contains("abxy");
        assertThat(Spelling.nearest("abcd", List.of("axyz"))).isEmpty();
        assertThat(Spelling.nearest("abcd", List.of())).isEmpty();
        assertThat(Spelling.nearest("", List.of("x"))).isEmpty();
    }

    @Test
    void insertionsDeletionsAndReplacementsCountOneEach() {
        assertThat(Spelling.nearest("kitten", List.of("sitting--", "sittin", "kit")))
                .contains("sittin");
        assertThat(Spelling.nearest("asio", List.of("alsa", "asi"))).contains("asi");
    }
}
