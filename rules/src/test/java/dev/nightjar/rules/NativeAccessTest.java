package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Restricted methods of `java.lang.foreign` are called in `ffi` alone, so that one module needs
/// `--enable-native-access`; method handles are held by
/// `ffi` and by the binding classes of drivers, which the `package-info.java` of a driver names: `/// Bindings: [Alsa],
/// [AlsaMixer]`.
class NativeAccessTest {
    private static final Map<String, Set<String>> RESTRICTED = Map.of(
            "java.lang.foreign.Linker", Set.of("downcallHandle", "upcallStub"),
            "java.lang.foreign.SymbolLookup", Set.of("libraryLookup"),
            "java.lang.foreign.MemorySegment", Set.of("reinterpret"),
            "java.lang.foreign.AddressLayout", Set.of("withTargetLayout"),
            "java.lang.ModuleLayer$Controller", Set.of("enableNativeAccess"),
            "java.lang.System", Set.of("load", "loadLibrary"),
            "java.lang.Runtime", Set.of("load", "loadLibrary"));
    private static final Pattern BINDINGS = Pattern.compile("^/// Bindings: (.*)$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("\\[(\\w+)]");

    @TempDir
    Path folder;

    @Test
    void onlyFfiCallsRestrictedMethods() {
        assertThat(restrictedCalls(SourceModule.compiled())).isEmpty();
    }

    @Test
    void onlyBindingClassesHoldMethodHandles() {
        assertThat(handlesOutsideBindings(SourceModule.compiled(), bindings())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object a = java.lang.foreign.Linker.nativeLinker().downcallHandle(null);",
                "Object a = java.lang.foreign.SymbolLookup.libraryLookup(\"x\", java.lang.foreign.Arena.global());",
                "Object a = java.lang.foreign.MemorySegment.NULL.reinterpret(8);",
                "java.util.function.LongFunction<?> a = java.lang.foreign.MemorySegment.NULL::reinterpret;",
                "{ System.loadLibrary(\"x\"); }"
            })
    void catchesARestrictedCallInADriver(String member) {
        assertThat(restrictedCalls(fixture("driver.one", "Stream", member))).hasSize(1);
        assertThat(restrictedCalls(fixture("ffi", "Library", member)))
                .noneMatch(call -> call.contains("dev.nightjar.ffi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static java.lang.invoke.MethodHandle a;",
                "static void a(Object o) throws Throwable { ((java.lang.invoke.MethodHandle) o).invokeExact(); }",
                "static Object a() throws Exception { return java.lang.invoke.MethodHandles.lookup().findVirtual(null, null, null); }"
            })
    void catchesAMethodHandleOutsideABindingClass(String member) {
        JavaClasses classes = fixture("driver.one", "One", member);
        assertThat(handlesOutsideBindings(classes, Set.of())).isNotEmpty();
        assertThat(handlesOutsideBindings(classes, Set.of("dev.nightjar.driver.one.One")))
                .isEmpty();
    }

    @Test
    void letsAnyClassHoldAVarHandle() {
        String member =
                "static java.lang.invoke.VarHandle a = java.lang.invoke.MethodHandles.arrayElementVarHandle(long[].class);";
        assertThat(handlesOutsideBindings(fixture("driver.one", "Ring", member), Set.of()))
                .isEmpty();
    }

    private JavaClasses fixture(String inPackage, String name, String member) {
        return Fixture.of(folder, "package dev.nightjar.%s; class %s { %s }".formatted(inPackage, name, member))
                .imported();
    }

    private static List<String> restrictedCalls(JavaClasses classes) {
        return classes.stream()
                .filter(type -> Place.of(type.getPackageName()).kind() != Place.Kind.FFI)
                .flatMap(type -> codeUnitAccesses(type).stream())
                .filter(access -> isRestricted(access.getTarget()))
                .map(JavaCodeUnitAccess::getDescription)
                .toList();
    }

    private static List<JavaCodeUnitAccess<?>> codeUnitAccesses(JavaClass type) {
        var accesses = new ArrayList<JavaCodeUnitAccess<?>>(type.getCodeUnitCallsFromSelf());
        accesses.addAll(type.getCodeUnitReferencesFromSelf());
        return accesses;
    }

    private static boolean isRestricted(CodeUnitAccessTarget target) {
        return RESTRICTED.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }

    private static List<String> handlesOutsideBindings(JavaClasses classes, Set<String> bindings) {
        return classes.stream()
                .filter(type -> Place.of(type.getPackageName()).kind() != Place.Kind.FFI)
                .filter(type -> !bindings.contains(type.getName()))
                .flatMap(type -> Stream.concat(
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(use -> isHandle(use.getTargetClass()))
                                .map(Dependency::getDescription),
                        codeUnitAccesses(type).stream()
                                .filter(access -> isHandle(access.getTarget().getRawReturnType()))
                                .map(JavaCodeUnitAccess::getDescription)))
                .toList();
    }

    private static boolean isHandle(JavaClass type) {
        return type.isEquivalentTo(MethodHandle.class);
    }

    private static Set<String> bindings() {
        var names = new TreeSet<String>();
        for (SourceModule module : SourceModule.all()) {
            for (Path info : packageInfos(module)) {
                Path inside = module.sources().relativize(info.getParent());
                String prefix = inside.toString().replace('/', '.') + ".";
                if (Place.of(prefix).kind() == Place.Kind.HOST) {
                    BINDINGS.matcher(read(info))
                            .results()
                            .flatMap(line -> NAMED.matcher(line.group(1)).results())
                            .forEach(name -> names.add(prefix + name.group(1)));
                }
            }
        }
        return names;
    }

    private static List<Path> packageInfos(SourceModule module) {
        try (var files = Files.walk(module.sources())) {
            return files.filter(file -> file.endsWith("package-info.java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
