package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Driver;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.Media;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDoubleTest {
    @TempDir
    Path folder;

    /// Compiled and run by a virtual machine that has nothing but the four artifacts: neither these tests nor their
    /// libraries.
    @Test
    void anotherProjectTestsWithTheArtifactsAlone() throws Exception {
        Path program = folder.resolve("Unplugged.java");
        Files.copy(
                Path.of(TestDoubleTest.class.getResource("/Unplugged.java.txt").toURI()), program);
        String path = List.of(VirtualDriver.class, Driver.class, StreamFormat.class, Media.class).stream()
                .map(TestDoubleTest::root)
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        program.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output.strip()).isEqualTo("RUNNING after 1 rebuild");
    }

    /// The folder or the jar that a class is in.
    private static String root(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String url = type.getResource(file).toString();
        String root = url.substring(0, url.length() - file.length());
        return root.startsWith("jar:")
                ? Path.of(URI.create(root.substring(4, root.length() - 1))).toString()
                : Path.of(URI.create(root)).toString();
    }
}
