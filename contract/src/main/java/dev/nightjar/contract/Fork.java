package dev.nightjar.contract;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/// A virtual machine of its own for what cannot be measured in that of the tests.
final class Fork {
    private Fork() {}

    /// Runs a [Probe] in it.
    ///
    /// @param before what stands before `java`, such as `strace`
    /// @param options options of the virtual machine
    /// @return the lines that it printed
    static List<String> run(Class<?> contract, List<String> before, List<String> options, Probe.Kind kind, int count)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(contract), Probe.class.getName()));
        command.addAll(List.of(contract.getName(), kind.name(), String.valueOf(count)));
        Path output = Files.createTempFile("contract", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("MALLOC_ARENA_MAX", "1");
            Process process = builder.start();
            boolean ended = process.waitFor(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            Assertions.assertTrue(ended && process.waitFor() == 0, () -> command + " said " + lines);
            return lines;
        } finally {
            Files.delete(output);
        }
    }

    /// Everything that this machine runs with, and the classes of the tests, which a patched module hides.
    private static String classPath(Class<?> contract) {
        List<String> roots = new ArrayList<>();
        for (Class<?> type : List.of(contract, Probe.class)) {
            String file = type.getName().replace('.', '/') + ".class";
            URL found = type.getResource("/" + file);
            if (found != null && found.getProtocol().equals("file")) {
                String url = found.toString();
                roots.add(Path.of(URI.create(url.substring(0, url.length() - file.length())))
                        .toString());
            }
        }
        roots.add(System.getProperty("jdk.module.path", ""));
        roots.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, roots);
    }
}
