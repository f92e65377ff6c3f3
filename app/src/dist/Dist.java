import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// Packs the jars in `target/lib`: all of them with the launchers as a zip, and, on Linux, an image that has its own Java.
///
/// An image takes modules that say what they require. A jar without a module descriptor, and a module that requires one, cannot be linked: these stay
/// jars in the image's `lib`, where the launcher's module path finds them, as they are in the zip. So the libraries under the LGPL stay files of their own,
/// which anybody can replace.
final class Dist {
    private static final Path LIB = Path.of("target/lib");
    private static final Path DIST = Path.of("target/dist");
    private static final List<Path> TEXTS = List.of(Path.of("LICENSE"), Path.of("README.md"), Path.of("nightjar"), Path.of("app/src/dist/training.flac"));
    private static final List<String> NATIVE_CALLERS = List.of("dev.nightjar.ffi", "org.jline.terminal.ffm");

    private final Map<String, ModuleReference> modules = new TreeMap<>();
    private final TreeSet<String> unlinkable = new TreeSet<>();

    public static void main(String[] args) throws Exception {
        Process clean = new ProcessBuilder("rm", "-rf", DIST.toString()).inheritIO().start();
        if (clean.waitFor() != 0) {
            throw new IOException("cannot empty " + DIST);
        }
        var dist = new Dist();
        dist.zip("nightjar-" + dist.version());
        if (System.getProperty("os.name").equals("Linux")) {
            dist.image("nightjar-" + dist.version() + "-linux-" + System.getProperty("os.arch").replace("amd64", "x86_64"));
        }
    }

    private Dist() {
        ModuleFinder.of(LIB).findAll().forEach(module -> modules.put(module.descriptor().name(), module));
        boolean grew = true;
        while (grew) {
            grew = modules.values().stream()
                    .map(ModuleReference::descriptor)
                    .filter(module -> module.isAutomatic()
                            || module.requires().stream().map(ModuleDescriptor.Requires::name).anyMatch(unlinkable::contains))
                    .map(ModuleDescriptor::name)
                    .filter(unlinkable::add)
                    .count() > 0;
        }
    }

    private String version() {
        Path app = Path.of(modules.get("dev.nightjar.app").location().orElseThrow());
        return app.getFileName().toString().replaceAll("nightjar-app-|\\.jar", "");
    }

    private void zip(String name) throws IOException {
        Path folder = Files.createDirectories(DIST.resolve(name));
        copy(TEXTS, folder);
        copy(List.of(Path.of("nightjar.cmd")), folder);
        copy(locations(modules.keySet()), folder.resolve("lib"));
        Path zip = DIST.resolve(name + ".zip");
        URI uri = URI.create("jar:" + zip.toUri());
        try (var archive = FileSystems.newFileSystem(uri, Map.of("create", "true", "enablePosixFileAttributes", "true"));
                var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path entry = archive.getPath(DIST.relativize(file).toString());
                Files.copy(file, entry, StandardCopyOption.COPY_ATTRIBUTES);
                Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
            }
        }
        System.out.println(zip);
    }

    private void image(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(DIST.resolve(name));
        var linked = new TreeSet<>(modules.keySet());
        linked.removeAll(unlinkable);
        String path = locations(linked).stream().map(Path::toString).collect(Collectors.joining(":"));
        var callers = new TreeSet<>(NATIVE_CALLERS);
        callers.retainAll(linked);
        int code = ToolProvider.findFirst("jlink").orElseThrow().run(
                System.out, System.err,
                "--module-path", path,
                "--add-modules", String.join(",", linked),
                "--add-options=--enable-native-access=" + String.join(",", callers),
                "--no-header-files", "--no-man-pages",
                "--output", folder.resolve("runtime").toString());
        if (code != 0) {
            throw new IOException("jlink failed");
        }
        copy(TEXTS, folder);
        copy(locations(unlinkable), folder.resolve("lib"));
        run(folder.resolve("nightjar").toAbsolutePath().toString(), "--train");
        run("tar", "-C", DIST.toString(), "-czf", DIST.resolve(name + ".tar.gz").toString(), name);
        System.out.println(DIST.resolve(name + ".tar.gz"));
    }

    private List<Path> locations(Iterable<String> names) {
        var locations = new TreeSet<Path>();
        names.forEach(name -> locations.add(Path.of(modules.get(name).location().orElseThrow())));
        return List.copyOf(locations);
    }

    private static void copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
