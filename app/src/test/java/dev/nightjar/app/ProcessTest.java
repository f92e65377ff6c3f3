package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The program as a process: pipes, signals and what they do to the exit code.
class ProcessTest {
    private static final String SONG =
            Program.quoted(Program.testdata("60 - mono audio.flac").toString());

    @TempDir
    Path folder;

    private String tone;

    @BeforeEach
    void makeTone() throws Exception {
        Path wav = folder.resolve("tone.wav");
        Program.tool(
                "sox", "sox", "-n", "-r", "48000", "-b", "16", "-c", "2", wav.toString(), "synth", "30", "sine", "440");
        tone = wav.toString();
    }

    @Test
    void playsWhatComesThroughAPipe() throws Exception {
        Run run = Program.shell(
                folder,
                "cat " + SONG + " | nightjar play - --exclusive --to 'virtual:file:piped.wav?paced=false'\n"
                        + "flac -s -d -o theirs.wav " + SONG + "\n"
                        + "cmp <(tail -c 200000 piped.wav) <(tail -c 200000 theirs.wav) && echo same");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("standard input\n").contains("EXACT").endsWith("same\n");
    }

    @Test
    void endsQuietlyWhenNobodyReadsAnyMore() throws Exception {
        Run run = Program.shell(
                folder,
                "nightjar endpoints | true; echo ${PIPESTATUS[0]}\n" + "nightjar play " + SONG
                        + " --start 0:04 --to virtual:null | head -n 1; echo ${PIPESTATUS[0]}");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        code -> assertThat(code).isEqualTo("141"),
                        name -> assertThat(name).endsWith("60 - mono audio.flac"),
                        code -> assertThat(code).isEqualTo("141"));
    }

    @Test
    void saysThatStandardOutputCannotBeWritten() throws Exception {
        Run run = Program.shell(folder, "nightjar drivers >/dev/full; echo $?");
        assertThat(run.out()).isEqualTo("74\n");
        assertThat(run.err()).isEqualTo("nightjar: write standard output: No space left on device\n");
    }

    @Test
    void saysWhenSilenceCameBetweenWhatWasToBeExact() throws Exception {
        Run run = Program.shell(
                folder,
                "(head -c 400000 " + tone + "; sleep 4; tail -c +400001 " + tone + " | head -c 200000)"
                        + " | nightjar play - --exclusive --to virtual:null; echo $?");
        assertThat(run.out()).containsPattern(", not exact: \\d+ frames of silence in between\n1\n");
    }

    @Test
    void keepsItsExitCodeWhenStandardErrorCannotBeWritten() throws Exception {
        Run run = Program.shell(folder, "nightjar play none.flac 2>/dev/full; echo $?");
        assertThat(run.out()).endsWith("\n66\n");
    }

    @Test
    void fadesOutAtTheFirstCtrlC() throws Exception {
        Run run = Program.shell(folder, interrupted("virtual:file:faded.wav", "kill -INT $!"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("stopped at 0:0").endsWith("\n130\n");
        byte[] file = Files.readAllBytes(folder.resolve("faded.wav"));
        int loudest = 0;
        for (int i = file.length - 96; i < file.length - 1; i += 2) {
            loudest = Math.max(loudest, Math.abs((short) ((file[i] & 0xff) | (file[i + 1] << 8))));
        }
        assertThat(loudest).as("the last frames of a full-scale sine").isLessThan(1_500);
    }

    @Test
    void endsWithTheCodeOfTheSignalThatEndedIt() throws Exception {
        Run run = Program.shell(folder, interrupted("virtual:null", "kill -TERM $!"));
        assertThat(run.out()).contains("stopped at").endsWith("\n143\n");
    }

    @ParameterizedTest
    @CsvSource({"- <quiet, INT, 130", "quiet, TERM, 143"})
    void endsAtTheFirstSignalWhileItWaitsForInputThatNeverComes(String input, String signal, String code)
            throws Exception {
        Run run = Program.shell(
                folder,
                "mkfifo quiet; sleep 50 >quiet & silent=$!; disown\n"
                        + "set -m; " + Program.command() + " play --to virtual:null " + input
                        + " >out 2>&1 & player=$!\n"
                        + "until grep -qs nightjar-player /proc/$player/task/*/comm; do sleep 0.1; done; sleep 1\n"
                        + "kill -" + signal + " $player; wait $player; echo $?; cat out; kill $silent");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(code + "\nplayed 0 tracks, stopped at 0:00.0, xruns 0\n");
    }

    /// Plays the tone, does `then` to the process `$!` once it plays, and prints its exit code.
    private String interrupted(String to, String then) {
        return "set -m; " + Program.command() + " play " + tone + " --exclusive --to " + to + " >out & player=$!\n"
                + "until grep -qs '=' out; do sleep 0.1; done; sleep 0.5\n"
                + then + "; wait $player; code=$?; cat out; echo $code";
    }
}
