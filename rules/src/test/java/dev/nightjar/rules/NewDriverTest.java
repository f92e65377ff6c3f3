package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A driver is one new module and one line: a copy of the virtual driver under another name, made as CONTRIBUTING says,
/// is built and seen by the program.
class NewDriverTest {
    private static final List<String> NOT_COPIED = List.of("target", ".git", ".cifuzz-corpus");

    @TempDir
    Path checkout;

    @Test
    @Tag("long")
    void aCopyOfTheVirtualDriverIsSeen() throws Exception {
        copy(SourceModule.root(), checkout, "", "");
        copy(
                checkout.resolve("drivers/virtual/src/main"),
                checkout.resolve("drivers/echo/src/main"),
                "virtual",
                "echo");
        Files.writeString(
                checkout.resolve("drivers/echo/pom.xml"),
                renamed(checkout.resolve("drivers/virtual/pom.xml"), "virtual", "echo"));
        Path pom = checkout.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "    <module>drivers/virtual</module>\n",
                                "    <module>drivers/virtual</module>\n    <module>drivers/echo</module>\n"));
        assertThat(run("./nightjar", "drivers")).contains("virtual").contains("echo");
    }

    private static void copy(Path from, Path to, String word, String newWord) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> isKept(from.relativize(path)))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString().replace(word, newWord));
                Files.createDirectories(target.getParent());
                if (word.isEmpty()) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.writeString(target, renamed(file, word, newWord));
                }
            }
        }
    }

    private static boolean isKept(Path path) {
        for (Path part : path) {
            if (NOT_COPIED.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    /// Packages, the module, the artifact and the driver's word all read `virtual`, which no Java keyword does; class
    /// names stay.
    private static String renamed(Path file, String word, String newWord) throws IOException {
        return Files.readString(file).replace(word, newWord);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = checkout.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("NIGHTJAR_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
