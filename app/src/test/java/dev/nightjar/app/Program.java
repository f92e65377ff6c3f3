package dev.nightjar.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs of the program: within this JVM with streams of its own, or as a process.
final class Program {
    /// What a run left.
    record Run(int code, String out, String err) {}

    private Program() {}

    static Run run(String... words) {
        return run(Style.PLAIN, words);
    }

    static Run run(Style style, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Exit exit = Main.run(console(out, err, style), words);
        return new Run(exit.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Console console(ByteArrayOutputStream out, ByteArrayOutputStream err, Style style) {
        return new Console(
                new ByteArrayInputStream(new byte[0]),
                new Output(out, StandardCharsets.UTF_8),
                new Output(err, StandardCharsets.UTF_8),
                false,
                false,
                style);
    }

    /// The words that start the program in a JVM of its own, for a shell.
    static String command() {
        String path =
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
        return String.join(
                " ",
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable --enable-native-access=ALL-UNNAMED",
                "-Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp",
                quoted(path),
                "dev.nightjar.app.Main");
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /// Runs a line of bash in which `nightjar` is the program.
    static Run shell(Path folder, String line) throws IOException, InterruptedException {
        Path script = folder.resolve("line.sh");
        Files.writeString(script, "nightjar() { " + command() + " \"$@\"; }\n" + line + "\n");
        Path out = folder.resolve("shell.out");
        Path err = folder.resolve("shell.err");
        Process process = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after a minute: " + line + "\n" + Files.readString(err));
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /// Runs a tool of the system; the test is skipped by name where it is missing.
    static byte[] tool(String debianPackage, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Arrays.asList(words));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("needs " + words[0] + ": apt-get install " + debianPackage);
            throw e;
        }
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", words) + " failed");
        }
        return output;
    }

    static Path testdata(String name) {
        return Path.of(System.getProperty("nightjar.root"), "testdata", "flac", name);
    }
}
