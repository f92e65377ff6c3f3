package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.contract.DriverContract;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Builds the virtual driver with a changed source, and runs the contract suite against it.
final class MutantMachine {
    private static final String PACKAGE = MutantMachine.class.getPackageName();

    private static final int MOST_WORDS = 120;

    /// Cases that start another process, which would not have the mutant in it, or that wait for real seconds.
    private static final Set<String> LEFT_OUT = Set.of(
            "nothingIsAllocatedWithTheFirstCompilerAlone",
            "theAudioThreadMakesNoSystemCallsButThoseThatTheTableNames",
            "aHundredCyclesInAMachineOfTheirOwnLeaveThreadsAndDescriptorsAsTheyWere",
            "aThousandCyclesLeaveResidentMemoryAsItWas",
            "aProcessorThatNeverReturnsIsToldAndGivenUpByClose",
            "aProcessorThatSpinsIsGivenUpByStopAndFailsTheStream",
            "anEndpointIsFreeAgainAfterAStreamOnItWasGivenUp");

    private final ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
    private final Path folder;
    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build());

    /// @param folder for what is compiled
    MutantMachine(Path folder) {
        this.folder = folder;
    }

    /// What a run of the suite came to.
    ///
    /// @param cases how many cases ran
    /// @param killer the first case that failed, and how
    record Verdict(int cases, Optional<String> killer) {}

    static String source(String file) throws IOException {
        Path root = Path.of(System.getProperty("nightjar.root"));
        return Files.readString(
                root.resolve("drivers/virtual/src/main/java/dev/nightjar/driver/virtual/" + file + ".java"));
    }

    /// Runs cases against the driver with one source replaced, until one fails.
    ///
    /// @param contract the test class that brings the host
    /// @param group the group that is run, or nothing for all
    Verdict run(String file, String source, Class<? extends DriverContract> contract, Optional<String> group)
            throws Exception {
        Loader loader = new Loader(compile(file, source));
        Class<?> mutated = loader.loadClass(contract.getName());
        DiscoverySelector selector = group.isEmpty()
                ? DiscoverySelectors.selectClass(mutated)
                : DiscoverySelectors.selectNestedClass(
                        List.of(mutated), Class.forName(DriverContract.class.getName() + "$" + group.get()));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .map(MethodSource::getMethodName)
                        .filter(LEFT_OUT::contains)
                        .isEmpty()))
                .build();
        CancellationToken stop = CancellationToken.create();
        Listener listener = new Listener(stop);
        launcher.execute(LauncherExecutionRequestBuilder.request(request)
                .listeners(listener)
                .cancellationToken(stop)
                .build());
        return new Verdict(listener.cases, Optional.ofNullable(listener.killer));
    }

    private static final class Listener implements TestExecutionListener {
        private final CancellationToken stop;
        private int cases;
        private String killer;

        Listener(CancellationToken stop) {
            this.stop = stop;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            cases += test.isTest() ? 1 : 0;
            if (result.getStatus() == TestExecutionResult.Status.FAILED && killer == null) {
                String words = result.getThrowable().map(String::valueOf).orElse("");
                String one = words.strip().replaceAll("\\s+", " ");
                killer = test.getDisplayName() + ": " + one.substring(0, Math.min(MOST_WORDS, one.length()));
                stop.cancel();
            }
        }
    }

    /// Compiles one source beside the others, which are taken as they are.
    private Path compile(String file, String source) throws IOException {
        Path text = Files.writeString(folder.resolve(file + ".java"), source);
        Path classes = Files.createTempDirectory(folder, "classes");
        String path = String.join(
                File.pathSeparator,
                classes(VirtualDriver.class).toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code =
                compiler.run(out, out, "-proc:none", "-nowarn", "-cp", path, "-d", classes.toString(), text.toString());
        assertThat(code).as("%s compiles: %s", file, said).isZero();
        return classes;
    }

    /// The folder that a class of this package was compiled to.
    private static Path classes(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String url = type.getResource(file).toString();
        return Path.of(URI.create(url.substring(0, url.length() - file.length())));
    }

    /// Loads the classes of this package anew, those that were compiled before all others.
    private static final class Loader extends ClassLoader {
        private final Path compiled;

        Loader(Path compiled) {
            super(MutantMachine.class.getClassLoader());
            this.compiled = compiled;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = MutantMachine.class.getResourceAsStream("/" + file)) {
                Path mutated = compiled.resolve(file);
                if (in == null && !Files.exists(mutated)) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = Files.exists(mutated) ? Files.readAllBytes(mutated) : in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
