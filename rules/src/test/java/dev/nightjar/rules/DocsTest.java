package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// What programs and drivers read is there: each exported type says what it is, and each exported method that may throw
/// an `AudioException` lists the failures in words that exist, or says as which other method it fails.
class DocsTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern FAILURE = Pattern.compile("\\b[A-Z]{3,}(?:_[A-Z]+)+\\b");
    private static final Pattern LISTED = Pattern.compile("^\\s*- ([A-Z_]+(?:, [A-Z_]+)*)\\b", Pattern.MULTILINE);
    private static final Pattern REFERRED = Pattern.compile("\\bas \\[[\\w.]*#");
    private static final Pattern THROWS =
            Pattern.compile("@throws AudioException(.*?)(?=\\n\\s*@|\\z)", Pattern.DOTALL);

    @Test
    void everyExportedTypeSaysWhatItIs() throws IOException {
        for (SourceModule module : SourceModule.all()) {
            assertThat(scan(sources(module), Set.of()).silent)
                    .as("%s", module.folder())
                    .isEmpty();
        }
    }

    @Test
    void failuresAreListedInWordsThatExist() throws IOException {
        Set<String> known = failures();
        for (SourceModule module : SourceModule.all()) {
            Scanner found = scan(sources(module), known);
            assertThat(found.unknown).as("%s", module.folder()).isEmpty();
            assertThat(found.unlisted).as("%s", module.folder()).isEmpty();
        }
    }

    @Test
    void catchesWhatIsMissing() throws IOException {
        var source = Fixture.file("""
                package dev.nightjar;
                public interface Host {
                    /// @throws AudioException if it cannot
                    /// - ENDPOINT_GONE when it went
                    /// - ENDPOINT_SHY when it hides
                    void start() throws AudioException;
                    /// @throws AudioException if it cannot
                    void stop() throws AudioException;
                    /// Says nothing of it.
                    void pause() throws AudioException;
                    /// @throws AudioException if it cannot
                    /// - ENDPOINT_GONE, ENDPOINT_BUSY as ever
                    /// @return what
                    int resume() throws AudioException;
                    /// @throws AudioException as [Endpoint#open] does
                    void open() throws AudioException;
                    /// A value.
                    record Value(int frames) {}
                    class Silent {
                        @Override public void stop() throws AudioException {}
                    }
                }
                """);
        Scanner found = scan(List.of(source), Set.of("ENDPOINT_GONE", "ENDPOINT_BUSY"));
        assertThat(found.silent).containsExactly("Host", "Silent");
        assertThat(found.unknown).containsExactly("Host.start: ENDPOINT_SHY");
        assertThat(found.unlisted).containsExactly("Host.stop", "Host.pause");
    }

    /// The sources of the packages that a module exports.
    private static List<? extends JavaFileObject> sources(SourceModule module) throws IOException {
        Matcher exports = EXPORTS.matcher(Files.readString(module.sources().resolve("module-info.java")));
        List<Path> files = new ArrayList<>();
        while (exports.find()) {
            Path folder = module.sources().resolve(exports.group(1).replace('.', '/'));
            try (var found = Files.list(folder)) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        List<JavaFileObject> sources = new ArrayList<>();
        COMPILER.getStandardFileManager(null, null, null)
                .getJavaFileObjectsFromPaths(files)
                .forEach(sources::add);
        return sources;
    }

    private static Set<String> failures() throws IOException {
        String source = Files.readString(SourceModule.root().resolve("stack/src/main/java/dev/nightjar/Failure.java"));
        Set<String> names = new HashSet<>();
        Matcher constants =
                Pattern.compile("^    ([A-Z_]+)[,;]?$", Pattern.MULTILINE).matcher(source);
        while (constants.find()) {
            names.add(constants.group(1));
        }
        assertThat(names).contains("ENDPOINT_GONE", "CLOSED");
        return names;
    }

    private static Scanner scan(List<? extends JavaFileObject> sources, Set<String> failures) throws IOException {
        if (sources.isEmpty()) {
            return new Scanner(null, failures);
        }
        var task = (JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
        var scanner = new Scanner(DocTrees.instance(task), failures);
        for (CompilationUnitTree unit : task.parse()) {
            scanner.scan(unit, null);
        }
        return scanner;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        final List<String> silent = new ArrayList<>();
        final List<String> unknown = new ArrayList<>();
        final List<String> unlisted = new ArrayList<>();
        private final DocTrees docs;
        private final Set<String> failures;

        Scanner(DocTrees docs, Set<String> failures) {
            this.docs = docs;
            this.failures = failures;
        }

        private boolean isExported(Set<Modifier> modifiers) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean ofInterface = parent instanceof ClassTree type && type.getKind() == Tree.Kind.INTERFACE;
            return ofInterface || modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
        }

        @Override
        public Void visitModule(ModuleTree module, Void unused) {
            return null;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isExported(type.getModifiers().getFlags())) {
                return null;
            }
            if (docs.getDocComment(getCurrentPath()) == null) {
                silent.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean throwsAudio =
                    method.getThrows().stream().map(ExpressionTree::toString).anyMatch("AudioException"::equals);
            boolean inherits = method.getModifiers().getAnnotations().toString().contains("@Override");
            if (throwsAudio && !inherits && isExported(method.getModifiers().getFlags())) {
                var type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
                judge(type.getSimpleName() + "." + method.getName());
            }
            return null;
        }

        private void judge(String name) {
            String doc = docs.getDocComment(getCurrentPath());
            Matcher block = THROWS.matcher(doc == null ? "" : doc);
            boolean thrown = block.find();
            if (thrown && REFERRED.matcher(block.group(1)).find()) {
                return;
            } else if (!thrown || !LISTED.matcher(block.group(1)).find()) {
                unlisted.add(name);
                return;
            }
            Matcher words = FAILURE.matcher(block.group(1));
            while (words.find()) {
                if (!failures.contains(words.group())) {
                    unknown.add(name + ": " + words.group());
                }
            }
            Matcher listed = LISTED.matcher(block.group(1));
            while (listed.find()) {
                for (String word : listed.group(1).split(", ")) {
                    if (!failures.contains(word) && !FAILURE.matcher(word).matches()) {
                        unknown.add(name + ": " + word);
                    }
                }
            }
        }
    }
}
