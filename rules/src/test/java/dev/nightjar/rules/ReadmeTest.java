package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in the README runs as the README says, and what it plays is the tone; the files that it points to are
/// there.
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("`java (-p target/lib .*?) Play.java`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @TempDir
    Path folder;

    @Test
    void theProgramPlaysOnTheDefaultEndpoint() throws Exception {
        assertThat(run(program())).contains("convert: float").contains("device: ");
    }

    @Test
    void theProgramPlaysATone() throws Exception {
        Path wav = folder.resolve("tone.wav");
        run(program().replace("audio.defaultRender()", "audio.endpoint(\"virtual:file:" + wav + "?format=S16\")"));
        byte[] file = Files.readAllBytes(wav);
        assertThat(file.length).isGreaterThan(48_000 * 4);
        assertThat(frequency(file)).isBetween(439.0, 441.0);
    }

    @Test
    void theProgramHasTenLines() throws Exception {
        assertThat(program().lines().filter(line -> !line.isBlank()).count()).isEqualTo(10);
    }

    @Test
    void theLinksLeadSomewhere() throws Exception {
        for (Path page : List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"))) {
            Matcher links = LINK.matcher(Files.readString(SourceModule.root().resolve(page)));
            while (links.find()) {
                assertThat(SourceModule.root().resolve(links.group(1))).exists();
            }
        }
    }

    private static String readme() throws IOException {
        return Files.readString(SourceModule.root().resolve("README.md"));
    }

    private static String program() throws IOException {
        return only(PROGRAM);
    }

    private static String only(Pattern pattern) throws IOException {
        Matcher found = pattern.matcher(readme());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String run(String program) throws Exception {
        Path source = Files.writeString(folder.resolve("Play.java"), program);
        Path output = folder.resolve("output");
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.command().addAll(List.of(only(COMMAND).split(" ")));
        command.command().add(source.toString());
        Process process = command.directory(SourceModule.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /// The frequency of the first channel by its rising zero crossings; the header is taken for a few samples more.
    private static double frequency(byte[] stereo) {
        ByteBuffer samples = ByteBuffer.wrap(stereo).order(ByteOrder.LITTLE_ENDIAN);
        int first = -1;
        int last = -1;
        int crossings = 0;
        int before = 0;
        for (int i = 256; i + 4 <= stereo.length; i += 4) {
            int sample = samples.getShort(i);
            if (before < 0 && sample >= 0) {
                first = first < 0 ? i : first;
                crossings += last < 0 ? 0 : 1;
                last = i;
            }
            before = sample;
        }
        return crossings / ((last - first) / 4.0 / 48_000);
    }
}
