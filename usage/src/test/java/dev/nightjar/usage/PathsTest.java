package dev.nightjar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.Tone;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of the API's package doc plays, sample for sample, on the module path, on the class path and out of a
/// fat jar, by a plain `java` without options; and not a word comes on stderr.
class PathsTest {
    private static final Pattern SNIPPET = Pattern.compile("/// ```java\n(.*?)/// ```", Pattern.DOTALL);
    private static final String MAIN = "demo.Play";

    @TempDir
    Path folder;

    private List<Path> jars;
    private Path classes;
    private Path wav;

    @BeforeEach
    void compile() throws IOException {
        jars = new Jars(folder).plain();
        classes = folder.resolve("classes");
        wav = folder.resolve("tone.wav");
        Path source = Files.createDirectories(folder.resolve("source/demo"));
        Files.writeString(source.resolve("Play.java"), program());
        Files.writeString(source.resolveSibling("module-info.java"), "module demo { requires dev.nightjar; }\n");
        Jars.tool(
                "javac",
                "-Xlint:all",
                "-cp",
                jars.getFirst().toString(),
                "-Werror",
                "-p",
                joined(jars),
                "-d",
                classes.toString(),
                source.resolveSibling("module-info.java").toString(),
                source.resolve("Play.java").toString());
    }

    private static String program() throws IOException {
        Path doc = Path.of(System.getProperty("nightjar.root"), "stack/src/main/java/dev/nightjar/package-info.java");
        Matcher snippet = SNIPPET.matcher(Files.readString(doc));
        assertThat(snippet.find()).isTrue();
        String lines = snippet.group(1).lines().map(line -> line.substring(4)).collect(Collectors.joining("\n"));
        assertThat(lines).contains("audio.defaultRender()").contains("ofSeconds(2)");
        return """
                package demo;

                import static dev.nightjar.dsp.ChannelLayout.STEREO;
                import static java.time.Duration.ofMillis;

                import dev.nightjar.Audio;
                import dev.nightjar.StreamSpec;
                import dev.nightjar.dsp.Tone;

                public final class Play {
                    private Play() {}

                    public static void main(String[] args) throws Exception {
                        var tone = new Tone(48_000, 440, 0.5);
                        %s
                    }
                }
                """.formatted(lines.replace("audio.defaultRender()", "audio.endpoint(args[0])")
                .replace("ofSeconds(2)", "ofMillis(300)"));
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /// Runs `java` and gives what it said on stderr.
    private String run(String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        command.add("virtual:file:" + wav + "?format=F32");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.contains("JDK"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(err, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
                .contains("convert: float")
                .contains("device: ")
                .doesNotContain("ALTERED");
        return said;
    }

    private void requireTone() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (!new String(file.array(), at, 4, StandardCharsets.US_ASCII).equals("data")) {
            at += 8 + file.getInt(at + 4);
        }
        int frames = file.getInt(at + 4) / 8;
        assertThat(frames).isGreaterThan(48_000 / 10);
        float[][] tone = new float[1][frames];
        new Tone(48_000, 440, 0.5).fill(tone, 0, frames);
        for (int i = 0; i < frames; i++) {
            assertThat(file.getFloat(at + 8 + 8 * i)).isEqualTo(tone[0][i]);
            assertThat(file.getFloat(at + 12 + 8 * i)).isEqualTo(tone[0][i]);
        }
    }

    @Test
    void onTheModulePath() throws Exception {
        List<Path> path = new ArrayList<>(jars);
        path.add(classes);
        assertThat(run("-p", joined(path), "-m", "demo/" + MAIN)).isEmpty();
        requireTone();
    }

    @Test
    void onTheClassPath() throws Exception {
        List<Path> path = new ArrayList<>(jars);
        path.add(classes);
        assertThat(run("-cp", joined(path), MAIN)).isEmpty();
        requireTone();
    }

    @Test
    void outOfAFatJar() throws Exception {
        Path fat = new Jars(folder).fat(classes, MAIN);
        assertThat(run("-jar", fat.toString())).isEmpty();
        requireTone();
    }

    @Test
    void aDriverThatCannotBeLoadedIsSaidAndTheOthersPlay() throws Exception {
        Path broken = folder.resolve("broken");
        Path services = Files.createDirectories(broken.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.nightjar.Driver"), "com.example.Missing\ndemo.Play\n");
        List<Path> path = new ArrayList<>(List.of(broken, classes));
        path.addAll(jars);
        assertThat(run("-cp", joined(path), MAIN))
                .contains("a driver cannot be loaded")
                .contains("com.example.Missing")
                .contains("demo.Play");
        requireTone();
    }
}
