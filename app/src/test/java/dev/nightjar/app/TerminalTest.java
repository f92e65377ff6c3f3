package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on a terminal, as tmux shows it.
class TerminalTest {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir
    Path folder;

    private String socket;
    private Path tone;

    @BeforeEach
    void openTerminal() throws Exception {
        socket = folder.resolve("tmux").toString();
        tone = folder.resolve("tone.flac");
        Program.tool(
                "sox",
                "sox",
                "-n",
                "-r",
                "48000",
                "-c",
                "2",
                tone.toString(),
                "synth",
                "60",
                "sine",
                "440",
                "gain",
                "-6");
        Path script = folder.resolve("program");
        Files.writeString(script, "#!/bin/sh\nexec " + Program.command() + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Program.tool(
                "tmux",
                "tmux",
                "-S",
                socket,
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "80",
                "-y",
                "24",
                "-c",
                folder.toString(),
                "env PS1='$ ' bash --norc");
    }

    @AfterEach
    void closeTerminal() throws Exception {
        Program.tool("tmux", "tmux", "-S", socket, "kill-server");
    }

    private void keys(String... keys) throws Exception {
        Program.tool("tmux", concat("tmux", "-S", socket, "send-keys", keys));
    }

    private static String[] concat(String a, String b, String c, String d, String... rest) {
        String[] all = new String[4 + rest.length];
        List<String> first = List.of(a, b, c, d);
        for (int i = 0; i < all.length; i++) {
            all[i] = i < 4 ? first.get(i) : rest[i - 4];
        }
        return all;
    }

    private String screen(String... options) throws Exception {
        return new String(
                        Program.tool("tmux", concat("tmux", "-S", socket, "capture-pane", concatTail(options))),
                        StandardCharsets.UTF_8)
                .stripTrailing();
    }

    private static String[] concatTail(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "-p";
        System.arraycopy(options, 0, all, 1, options.length);
        return all;
    }

    private String until(Predicate<String> shown) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String screen = screen();
        while (!shown.test(screen)) {
            assertThat(System.nanoTime()).as(screen).isLessThan(deadline);
            Thread.sleep(50);
            screen = screen();
        }
        return screen;
    }

    private static String lastLine(String screen) {
        return screen.substring(screen.lastIndexOf('\n') + 1);
    }

    @Test
    void livesInOneLineObeysKeysAndLeavesTheTerminalAsItWas() throws Exception {
        keys("./program play tone.flac --to virtual:null", "Enter");
        String playing = until(screen -> lastLine(screen).matches("playing  0:0[1-9].*"));
        assertThat(playing).contains("  path    ").contains("EXACT");
        assertThat(lastLine(playing))
                .matches("playing  0:0\\d\\.\\d / 1:00\\.0  █+░+ █+░+  buffer +\\d+%  xruns \\d+")
                .hasSizeLessThan(80);
        keys("Space");
        until(screen -> lastLine(screen).startsWith("paused "));
        keys("Right", "Right");
        until(screen -> lastLine(screen).matches("paused   0:1\\d.*"));
        keys("Space", "Left");
        until(screen -> lastLine(screen).matches("playing  0:0\\d.*"));
        keys("C-c");
        String ended = until(screen -> lastLine(screen).startsWith("$"));
        assertThat(ended).contains("played 1 track, stopped at 0:0").doesNotContain("playing  0:");
        keys("echo code:$?; stty -a", "Enter");
        until(screen -> screen.contains("code:130") && screen.contains(" icanon ") && screen.contains(" echo "));
    }

    @Test
    void followsTheTerminalsWidthAndQuitsWithQ() throws Exception {
        keys("./program play tone.flac --to virtual:null; echo code $?", "Enter");
        until(screen -> lastLine(screen).startsWith("playing  0:01"));
        Program.tool("tmux", "tmux", "-S", socket, "resize-window", "-x", "36", "-y", "24");
        String narrow = until(screen -> lastLine(screen).matches("playing  0:0\\d\\.\\d / 1:00\\.0(  xruns \\d+)?"));
        assertThat(narrow.lines().filter(line -> line.startsWith("playing"))).hasSize(1);
        Program.tool("tmux", "tmux", "-S", socket, "resize-window", "-x", "100", "-y", "24");
        until(screen -> lastLine(screen).contains("buffer"));
        keys("q");
        assertThat(until(screen -> screen.contains("code 0"))).contains(", stopped at 0:0");
    }

    @Test
    void goesToTheNextTrackAndBackAndTakesNoKeysFromAPipe() throws Exception {
        keys("./program play tone.flac tone.flac --to virtual:null", "Enter");
        until(screen -> lastLine(screen).startsWith("playing  0:01"));
        keys("Down");
        until(screen -> screen.contains("(2 of 2)"));
        keys("q");
        until(screen -> lastLine(screen).startsWith("$"));
        keys("clear; cat tone.flac | ./program play - --to virtual:null", "Enter");
        until(screen -> lastLine(screen).startsWith("playing  0:01"));
        keys("C-c");
        until(screen -> lastLine(screen).startsWith("$"));
    }

    @Test
    void usesColoursOnATerminalUnlessToldNotTo() throws Exception {
        keys("./program drivers", "Enter");
        until(screen -> screen.contains("virtual  Virtual"));
        assertThat(screen("-e")).contains("\u001b[1mDRIVER");
        keys("clear; NO_COLOR=1 ./program drivers; NO_COLOR=1 ./program play tone.flac --to virtual:null", "Enter");
        until(screen -> lastLine(screen).startsWith("playing  0:01"));
        assertThat(screen("-e")).contains("DRIVER").doesNotContain("\u001b[");
        keys("q");
    }
}
