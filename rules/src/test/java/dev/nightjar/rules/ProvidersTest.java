package dev.nightjar.rules;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is provided on the module path is provided on the class path, and the other way round.
class ProvidersTest {
    @TempDir
    Path folder;

    static List<SourceModule> modules() {
        return SourceModule.all();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void providesTheSameOnBothPaths(SourceModule module) throws IOException {
        assertThat(onClassPath(module.classes())).isEqualTo(onModulePath(module.classes()));
    }

    @Test
    void readsWhatAServiceFileNames() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("a.Service"), "# comment\nb.First # the first\n\n b.Second\n");
        assertThat(onClassPath(folder)).isEqualTo(Map.of("a.Service", List.of("b.First", "b.Second")));
    }

    private static Map<String, List<String>> onModulePath(Path classes) throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).provides().stream()
                    .collect(toMap(ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));
        }
    }

    private static Map<String, List<String>> onClassPath(Path classes) throws IOException {
        var services = new TreeMap<String, List<String>>();
        Path folder = classes.resolve("META-INF/services");
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    services.put(file.getFileName().toString(), providers(file));
                }
            }
        }
        return services;
    }

    private static List<String> providers(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
