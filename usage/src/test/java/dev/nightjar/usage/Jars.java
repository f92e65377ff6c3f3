package dev.nightjar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// Packs what the modules were compiled to, as a build of a program would.
record Jars(Path folder) {
    private static final Path ROOT = Path.of(System.getProperty("nightjar.root"));
    private static final List<String> MODULES = List.of("dsp", "stack", "media", "drivers/virtual");

    /// One jar for each module of Nightjar that the program needs.
    List<Path> plain() {
        List<Path> jars = new ArrayList<>();
        for (String module : MODULES) {
            Path jar = folder.resolve(module.replace('/', '-') + ".jar");
            tool(
                    "jar",
                    "--create",
                    "--file",
                    jar.toString(),
                    "-C",
                    classes(module).toString(),
                    ".");
            jars.add(jar);
        }
        return jars;
    }

    /// One jar that can be run: the program and all it needs, the lists of services joined.
    Path fat(Path program, String mainClass) throws IOException {
        Path all = folder.resolve("all");
        for (String module : MODULES) {
            pour(classes(module), all);
        }
        pour(program, all);
        Path jar = folder.resolve("fat.jar");
        tool("jar", "--create", "--file", jar.toString(), "--main-class", mainClass, "-C", all.toString(), ".");
        return jar;
    }

    private static void pour(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (target.getParent().endsWith("services")) {
                    Files.write(target, Files.readAllBytes(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } else if (!file.endsWith("module-info.class")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static Path classes(String module) {
        Path classes = ROOT.resolve(module).resolve("target/classes");
        assertThat(classes.resolve("module-info.class")).as("run ./check usage").exists();
        return classes;
    }

    /// Runs a tool of the JDK.
    static void tool(String name, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
        assertThat(code).as(said.toString()).isZero();
    }
}
