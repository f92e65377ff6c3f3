package dev.nightjar.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is marked `@AudioThread` neither allocates nor waits, as far as its own bytecode shows: no new object but an
/// exception, no array, no closure, no
/// string, no boxing, no iterator, no lock. What it calls is the business of the tests that count bytes and system
/// calls.
class AudioThreadTest {
    private static final ClassDesc MARK = ClassDesc.of("dev.nightjar.spi.AudioThread");
    private static final String MARK_SOURCE =
            "package dev.nightjar.spi; public @interface AudioThread {} interface Unused {}";
    private static final Set<String> BOXES = Set.of(
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Short",
            "java/lang/Character",
            "java/lang/Byte");
    private static final Set<String> SWITCHES = Set.of("typeSwitch", "enumSwitch");

    @TempDir
    Path folder;

    @Test
    void marksAreKept() throws IOException {
        var violations = new ArrayList<String>();
        for (SourceModule module : SourceModule.all()) {
            try (var files = Files.walk(module.classes())) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    violations.addAll(violations(file));
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object turn(int frames) { return new Object(); }",
                "Object turn(int frames) { return new int[frames]; }",
                "Object turn(int frames) { return new String[frames]; }",
                "Object turn(int frames) { return new int[frames][2]; }",
                "Object turn(int frames) { return \"frames=\" + frames; }",
                "Object turn(int frames) { return (Runnable) () -> System.out.println(frames); }",
                "Object turn(int frames) { return frames; }",
                "void turn(java.util.List<Object> list) { for (Object o : list) { o.hashCode(); } }",
                "Object turn(String name) { return name.formatted(); }",
                "void turn(int frames) { synchronized (this) { frames++; } }",
                "synchronized void turn(int frames) { }",
                "void turn(java.util.concurrent.locks.ReentrantLock lock) { lock.lock(); }",
                "void turn(int frames) { System.out.println(); }",
                "Object turn(int frames) { return Thread.State.values(); }"
            })
    void catchesWhatAllocatesOrWaits(String method) throws IOException {
        assertThat(violationsOf(method)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int turn(int frames) { if (frames < 0) { throw new IllegalArgumentException(); } return frames + 1; }",
                "void turn(float[] samples) { java.util.Arrays.fill(samples, 0f); }",
                "int turn(Thread.State s) { return switch (s) { case NEW -> 1; default -> 2; }; }"
            })
    void letsPlainWorkPass(String method) throws IOException {
        assertThat(violationsOf(method)).isEmpty();
    }

    private List<String> violationsOf(String method) throws IOException {
        String marked = "package dev.nightjar.driver.one; class Loop { @dev.nightjar.spi.AudioThread " + method + " }";
        var violations = new ArrayList<String>();
        for (Path file : Fixture.of(folder, MARK_SOURCE, marked).classFiles()) {
            violations.addAll(violations(file));
        }
        return violations;
    }

    private static List<String> violations(Path classFile) throws IOException {
        ClassModel type = ClassFile.of().parse(classFile);
        var violations = new ArrayList<String>();
        for (MethodModel method : type.methods()) {
            if (isMarked(method) || (isMarked(type) && !method.methodName().equalsString("<init>"))) {
                String name = type.thisClass().asInternalName() + "." + method.methodName();
                if ((method.flags().flagsMask() & ClassFile.ACC_SYNCHRONIZED) != 0) {
                    violations.add(name + " is synchronized");
                }
                method.code()
                        .ifPresent(code -> code.elementStream()
                                .filter(AudioThreadTest::isForbidden)
                                .forEach(element -> violations.add(name + ": " + element)));
            }
        }
        return violations;
    }

    private static boolean isMarked(AttributedElement element) {
        var annotations = new ArrayList<Annotation>();
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(found -> annotations.addAll(found.annotations()));
        element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .ifPresent(found -> annotations.addAll(found.annotations()));
        return annotations.stream()
                .anyMatch(annotation -> annotation.classSymbol().equals(MARK));
    }

    private static boolean isForbidden(CodeElement element) {
        return switch (element) {
            case NewObjectInstruction created ->
                !created.className().asInternalName().matches(".*(Exception|Error)");
            case NewPrimitiveArrayInstruction _,
                    NewReferenceArrayInstruction _,
                    NewMultiArrayInstruction _,
                    MonitorInstruction _ -> true;
            case InvokeDynamicInstruction dynamic ->
                !SWITCHES.contains(dynamic.bootstrapMethod().methodName());
            case InvokeInstruction call ->
                isForbidden(call.owner().asInternalName(), call.name().stringValue());
            default -> false;
        };
    }

    private static boolean isForbidden(String owner, String method) {
        return (method.equals("valueOf") && BOXES.contains(owner))
                || (owner.equals("java/lang/String")
                        && Set.of("format", "formatted", "concat", "valueOf").contains(method))
                || (owner.startsWith("java/util/")
                        && Set.of("iterator", "stream", "toArray").contains(method))
                || (owner.startsWith("java/util/concurrent/locks/") && method.startsWith("lock"))
                || (owner.equals("java/lang/Object") && method.equals("wait"))
                || owner.equals("java/io/PrintStream")
                || (method.equals("values") && !owner.startsWith("java/util/"));
    }
}
