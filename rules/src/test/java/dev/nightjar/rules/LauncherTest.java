package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher finds its Java and builds what is stale: shown with a Java and a Maven that only say how they were
/// called.
class LauncherTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void putLauncher() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        Files.copy(SourceModule.root().resolve("nightjar"), home.resolve("nightjar"));
    }

    @Test
    void takesTheJavaThatIsNamedFirst() throws Exception {
        Files.createDirectories(home.resolve("lib"));
        Run run = launch(
                Map.of("NIGHTJAR_JAVA_HOME", jdk("one", "25.0.3"), "JAVA_HOME", jdk("two", "26")), "drivers", "a b");
        assertThat(run.output())
                .startsWith("one ")
                .contains(" -p " + home + "/lib ")
                .endsWith(" -m dev.nightjar.app drivers a b\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        Files.createDirectories(home.resolve("lib"));
        String old = jdk("old", "17.0.15");
        Run run = launch(Map.of("NIGHTJAR_JAVA_HOME", old, "JAVA_HOME", jdk("new", "25-ea")), "--version");
        assertThat(run.output()).startsWith("new ");
    }

    @Test
    void takesTheLinkedJavaOfAnImage() throws Exception {
        jdk("a home/runtime", "25");
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/codec.jar"));
        Run run = launch(Map.of("JAVA_HOME", jdk("other", "25")), "--version");
        assertThat(run.output())
                .startsWith("runtime ")
                .contains(" -cp " + home + "/lib/codec.jar ")
                .doesNotContain(" -p ");
    }

    @Test
    void givesJavaALocaleThatHasNamesBeyondAscii() throws Exception {
        Files.createDirectories(home.resolve("lib"));
        String java = jdk("one", "25");
        script(Path.of(java, "bin/java"), "echo $LC_ALL");
        assertThat(launch(Map.of("JAVA_HOME", java, "LC_ALL", "C"), "--version").output())
                .isEqualTo("C.UTF-8\n");
        assertThat(launch(Map.of("JAVA_HOME", java, "LC_ALL", "de_DE.UTF-8"), "--version")
                        .output())
                .isEqualTo("de_DE.UTF-8\n");
    }

    @Test
    void startsWithoutAHome() throws Exception {
        Files.createDirectories(home.resolve("lib"));
        Path script = folder.resolve("homeless");
        Files.writeString(script, "unset HOME\nexec '" + home.resolve("nightjar") + "' \"$@\"\n");
        script.toFile().setExecutable(true);
        Run run = run(script, Map.of("JAVA_HOME", jdk("one", "25")), "--version");
        assertThat(run.output()).startsWith("one ");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void saysThatItCannotBuildWhereItCannotWrite() throws Exception {
        checkout("exit 1");
        Files.writeString(home.resolve("target"), "a file where the folder should be");
        Run run = launch(Map.of("JAVA_HOME", jdk("one", "25")), "--version");
        assertThat(run.errors()).contains("cannot be written");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void isFoundThroughASymbolicLink() throws Exception {
        Files.createDirectories(home.resolve("lib"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a home/nightjar"));
        Run run = run(link, Map.of("JAVA_HOME", jdk("one", "25")), "--version");
        assertThat(run.output()).contains(" -p " + home + "/lib ");
    }

    @Test
    void buildsACheckoutOnceAndAgainWhenASourceChanges() throws Exception {
        Path source = checkout("mkdir -p target/lib && : >target/lib/nightjar-app-1.jar");
        Map<String, String> java = Map.of("JAVA_HOME", jdk("one", "25"));
        assertThat(launch(java, "--version").errors()).contains("building").contains("built in");
        assertThat(launch(java, "--version").errors()).isEmpty();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(launch(java, "--version").errors()).contains("built in");
    }

    @Test
    void buildsWhenASourceWasTakenAway() throws Exception {
        Path source = checkout("mkdir -p target/lib && : >target/lib/nightjar-app-1.jar");
        Map<String, String> java = Map.of("JAVA_HOME", jdk("one", "25"));
        launch(java, "--version");
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(launch(java, "--version").errors()).contains("built in");
    }

    @Test
    void showsTheEndOfABuildThatFailed() throws Exception {
        checkout("echo '[ERROR] Loop.java:[1,2] missing'; exit 1");
        Run run = launch(Map.of("JAVA_HOME", jdk("one", "25")), "--version");
        assertThat(run.code()).isEqualTo(70);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("Loop.java:[1,2] missing").contains(home + "/target/build.log");
    }

    @Test
    void goesOnAfterALauncherThatDiedWhileBuilding() throws Exception {
        checkout("mkdir -p target/lib");
        Files.createDirectories(home.resolve("target"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(home.resolve("target/nightjar.lock"), Path.of(Long.toString(gone.pid())));
        assertThat(launch(Map.of("JAVA_HOME", jdk("one", "25")), "--version").code())
                .isZero();
    }

    private Path checkout(String maven) throws IOException {
        Files.writeString(home.resolve("pom.xml"), "<project>\n  <module>dsp</module>\n</project>\n");
        script(home.resolve("mvnw"), maven);
        return Files.createFile(
                Files.createDirectories(home.resolve("dsp/src/main")).resolve("Loop.java"));
    }

    private String jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve(name).resolve("bin")).getParent();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "echo " + jdk.getFileName() + " \"$@\"");
        script(jdk.resolve("bin/javac"), "exit 1");
        return jdk.toString();
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(Map<String, String> environment, String... arguments) throws Exception {
        return run(home.resolve("nightjar"), environment, arguments);
    }

    private Run run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash", program.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("NIGHTJAR_JAVA_HOME", "JAVA_HOME", "NIGHTJAR_JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private record Run(int code, String output, String errors) {}
}
