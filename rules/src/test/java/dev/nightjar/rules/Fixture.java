package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Sources that break a rule, compiled for a test of that rule.
record Fixture(Path classes) {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    static Fixture of(Path folder, String... sources) {
        List<JavaFileObject> files = Arrays.stream(sources).map(Fixture::file).toList();
        var messages = new StringWriter();
        List<String> options = List.of("-d", folder.toString(), "--release", "25");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, files)
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        return new Fixture(folder);
    }

    JavaClasses imported() {
        return new ClassFileImporter().importPath(classes);
    }

    List<Path> classFiles() {
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaFileObject file(String source) {
        return new SimpleJavaFileObject(URI.create("memory:///" + path(source)), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String path(String source) {
        var inPackage = PACKAGE.matcher(source);
        var type = TYPE.matcher(source);
        assertThat(inPackage.find() && type.find()).as(source).isTrue();
        return inPackage.group(1).replace('.', '/') + "/" + type.group(1) + ".java";
    }
}
