package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Command PLAY = new PlayCommand();
    private static final List<Command> COMMANDS = List.of(PLAY, new EndpointsCommand(), new DriversCommand());
    private final Grammar grammar = new Grammar("x", List.of(), COMMANDS);

    @Test
    void sortsOptionsAndOperandsInAnyOrder() {
        Arguments read = Arguments.ofPlain(
                        PLAY.syntax(), List.of("a.flac", "--to=virtual:null", "-", "--gain", "-6", "--", "--json"))
                .orElseThrow();
        assertThat(read.operands()).containsExactly("a.flac", "-", "--json");
        assertThat(read.options()).containsOnlyKeys("--to", "--gain").containsEntry("--gain", "-6");
    }

    /// What the quick reading takes means the same to Picocli, for any line of these words.
    @Test
    void readsWhatItTakesAsTheLibraryDoes() throws Refusal {
        List<String> words = List.of(
                "a.flac",
                "-",
                "--",
                "--to",
                "--to=x:y",
                "--to=",
                "x:y",
                "--exclusive",
                "--gain",
                "-6",
                "--gain=-6",
                "--json",
                "--jso",
                "--exclusive=true",
                "",
                "-x",
                "--start",
                "1:30",
                "--help",
                "@file",
                "a b",
                "'q'");
        Random random = new Random(25);
        int taken = 0;
        for (int line = 0; line < 4_000; line++) {
            List<String> chosen = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                chosen.add(words.get(random.nextInt(words.size())));
            }
            Optional<Arguments> quick = Arguments.ofPlain(PLAY.syntax(), chosen);
            if (quick.isPresent()) {
                assertThat(grammar.parse(PLAY.syntax(), chosen))
                        .as("%s", chosen)
                        .isEqualTo(quick.get());
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(400);
    }

    @Test
    void leavesWrongLinesToTheLibraryWhichSaysWhatIsWrong() {
        wrong("there is no option '--exclusiv'; did you mean --exclusive?", "a", "--exclusiv");
        wrong("'--to' but found '--exclusive'", "a", "--to", "--exclusive");
        wrong("'--gain' (DB) should be specified only once", "a", "--gain", "1", "--gain=2");
        wrong("Missing required parameter", "--json");
    }

    private void wrong(String said, String... words) {
        assertThat(Arguments.ofPlain(PLAY.syntax(), List.of(words))).isEmpty();
        assertThatThrownBy(() -> grammar.parse(PLAY.syntax(), List.of(words)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(said)
                .hasMessageEndingWith("; see nightjar play --help");
    }
}
