package dev.nightjar.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A module of the root pom's list that is a Java module too, and where it was compiled to.
record SourceModule(Path folder) {
    private static final Path ROOT = Path.of(System.getProperty("nightjar.root"));
    private static final Pattern LISTED = Pattern.compile("<module>(.*)</module>");

    static Path root() {
        return ROOT;
    }

    static List<SourceModule> all() {
        try {
            String pom = Files.readString(ROOT.resolve("pom.xml"));
            return LISTED.matcher(pom.substring(0, pom.indexOf("<profiles>")))
                    .results()
                    .map(found -> new SourceModule(ROOT.resolve(found.group(1))))
                    .filter(module -> Files.exists(module.sources().resolve("module-info.java")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    Path classes() {
        Path classes = folder.resolve("target/classes");
        if (!Files.exists(classes.resolve("module-info.class"))) {
            throw new IllegalStateException(folder + " is not compiled: run ./check rules");
        }
        return classes;
    }

    static JavaClasses compiled() {
        return new ClassFileImporter()
                .importPaths(all().stream().map(SourceModule::classes).toList());
    }
}
