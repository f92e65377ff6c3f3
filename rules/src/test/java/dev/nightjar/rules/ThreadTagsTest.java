package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Every method that a driver or a program implements says which thread calls it: `[control-thread]`, `[audio-thread]`
/// or `[any-thread]` in its doc or in
/// that of its type, or the annotation of that name. A sealed interface is a value: nobody else implements it.
class ThreadTagsTest {
    private static final Pattern TAG = Pattern.compile("\\[(control|audio|any)-thread]");
    private static final Pattern ANNOTATION = Pattern.compile("@(Control|Audio|Any)Thread\\b");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @Test
    void everyInterfaceMethodOfTheStackHasATag() throws IOException {
        Path stack = SourceModule.root().resolve("stack/src/main/java");
        try (var files = Files.walk(stack)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            var manager = COMPILER.getStandardFileManager(null, null, null);
            assertThat(untagged(manager.getJavaFileObjectsFromPaths(sources))).isEmpty();
        }
    }

    @Test
    void catchesAMethodWithoutATag() throws IOException {
        var source = Fixture.file("""
                package dev.nightjar.spi;
                public interface Host {
                    /// Starts. `[control-thread]`
                    void start();
                    /// Says what it is.
                    String name();
                    @AudioThread void turn();
                    static Host none() { return null; }
                    /// Moves on the `[any-thread]`.
                    interface Mover { void move(); }
                    interface Sleeper { void sleep(); }
                    sealed interface Wish { int frames(); }
                    record Frames(int frames) implements Wish {}
                }
                """);
        assertThat(untagged(List.of(source))).containsExactly("Host.name", "Sleeper.sleep");
    }

    private static List<String> untagged(Iterable<? extends JavaFileObject> sources) throws IOException {
        var task = (JavacTask) COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
        var scanner = new Scanner(DocTrees.instance(task));
        for (CompilationUnitTree unit : task.parse()) {
            scanner.scan(unit, null);
        }
        return scanner.untagged;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        final List<String> untagged = new ArrayList<>();
        private final DocTrees docs;

        Scanner(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            TreePath typePath = getCurrentPath().getParentPath();
            var type = (ClassTree) typePath.getLeaf();
            if (type.getKind() == Tree.Kind.INTERFACE
                    && !type.getModifiers().getFlags().contains(Modifier.SEALED)
                    && !method.getModifiers().getFlags().contains(Modifier.STATIC)
                    && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                    && !isTagged(getCurrentPath(), method.getModifiers())
                    && !isTagged(typePath, type.getModifiers())) {
                untagged.add(type.getSimpleName() + "." + method.getName());
            }
            return super.visitMethod(method, null);
        }

        private boolean isTagged(TreePath path, ModifiersTree modifiers) {
            String doc = docs.getDocComment(path);
            return (doc != null && TAG.matcher(doc).find())
                    || ANNOTATION.matcher(modifiers.getAnnotations().toString()).find();
        }
    }
}
