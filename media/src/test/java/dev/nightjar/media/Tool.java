package dev.nightjar.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A program of this machine that tests compare with.
public final class Tool {
    private Tool() {}

    /// Skips the test by name if the program is missing.
    public static void require(String program) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return;
            }
        }
        Assumptions.abort("needs " + program + ": apt-get install " + program);
    }

    /// Runs the program with these bytes as its input and gives what it writes; fails if the program does.
    public static byte[] run(byte[] input, List<String> command) throws IOException, InterruptedException {
        require(command.getFirst());
        Path errors = Files.createTempFile("tool", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        Thread feeder = Thread.ofVirtual().start(() -> feed(input, process.getOutputStream()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (InputStream stream = process.getInputStream()) {
            stream.transferTo(output);
        }
        feeder.join();
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed: " + Files.readString(errors));
        }
        Files.delete(errors);
        return output.toByteArray();
    }

    public static byte[] run(List<String> command) throws IOException, InterruptedException {
        return run(new byte[0], command);
    }

    private static void feed(byte[] input, OutputStream stream) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            System.err.println("the tool closed its input early: " + e.getMessage());
        }
    }
}
