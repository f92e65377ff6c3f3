import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Adds up the reports that the tests of all modules left, names what failed and what was skipped with what would enable it, and ends with the
/// plain line `N passed, N failed, N skipped`. Started by `check`, which hands over what it saw in the environment.
record Results(int tests, List<String> failed, Map<String, List<String>> skipped) {
    private static final Path LOG = Path.of("target/check.log");

    public static void main(String[] args) throws Exception {
        var results = new Results(0, new ArrayList<>(), new TreeMap<>());
        try (var files = Files.walk(Path.of("."))) {
            for (Path report : files.filter(Results::isReport).sorted().toList()) {
                results = results.plus(report);
            }
        }
        if (flag("BROKEN")) {
            results.failed.add("the build: " + String.join("\n    ", errors()));
        }
        if (flag("UNFORMATTED")) {
            results.failed.add("the format: ./mvnw spotless:apply mends it");
        }
        String verdict = results.print();
        boolean skipsForbidden = System.getenv("CI") != null && results.skips() > 0;
        boolean good = results.failed.isEmpty() && results.passed() > 0 && !skipsForbidden;
        if ("long".equals(System.getenv("MODE"))) {
            results.keep(verdict);
        }
        System.out.println(verdict);
        System.exit(good ? 0 : 1);
    }

    private static boolean flag(String name) {
        return "1".equals(System.getenv(name));
    }

    private static boolean isReport(Path path) {
        return path.toString().matches(".*surefire-reports.TEST-[^/]*\\.xml");
    }

    private static List<String> errors() throws IOException {
        try (var lines = Files.lines(LOG)) {
            return lines.filter(line -> line.startsWith("[ERROR]"))
                    .takeWhile(line -> !line.contains("[Help 1]"))
                    .distinct()
                    .limit(20)
                    .toList();
        }
    }

    private Results plus(Path report) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String name = test.getAttribute("classname").replaceAll(".*\\.", "") + "." + test.getAttribute("name");
            Element skip = child(test, "skipped");
            Element fault = child(test, "failure") != null ? child(test, "failure") : child(test, "error");
            if (skip != null) {
                skipped.computeIfAbsent(firstLine(skip), key -> new ArrayList<>()).add(name);
            } else if (fault != null) {
                failed.add(name + ": " + firstLine(fault) + "   (" + report + ")");
            }
        }
        return new Results(tests + cases.getLength(), failed, skipped);
    }

    private static Element child(Element test, String tag) {
        return (Element) test.getElementsByTagName(tag).item(0);
    }

    private static String firstLine(Element outcome) {
        String text = outcome.getAttribute("message") + "\n" + outcome.getTextContent();
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^[\\w.]+(Exception|Error): ", "")
                .replaceFirst("^Assumption failed: ", "");
    }

    private int skips() {
        return skipped.values().stream().mapToInt(List::size).sum();
    }

    private int broken() {
        return (flag("BROKEN") ? 1 : 0) + (flag("UNFORMATTED") ? 1 : 0);
    }

    private int passed() {
        return tests - skips() - (failed.size() - broken());
    }

    private String print() {
        failed.forEach(name -> System.out.println("FAILED   " + name));
        skipped.forEach((reason, names) -> System.out.printf("skipped  %s   (%d: %s)%n", reason, names.size(), String.join(", ", names)));
        if (!skipped.isEmpty()) {
            System.out.println("on Debian, as root, this installs what they need: ./check --install");
        }
        if (!skipped.isEmpty() && System.getenv("CI") != null) {
            System.out.println("under CI nothing may be skipped: this run has failed");
        }
        if (tests == 0) {
            System.out.println("no test ran");
        }
        return "%d passed, %d failed, %d skipped".formatted(passed(), failed.size(), skips());
    }

    private void keep(String verdict) throws IOException, InterruptedException {
        Path proof = Path.of("docs/proof/check-long.md");
        Files.createDirectories(proof.getParent());
        Files.writeString(proof, """
                # The last whole run of `./check --long`

                | | |
                |---|---|
                | result | %s |
                | commit | %s |
                | date | %s |
                | took | %s s |
                | processor | %s, %d cores |
                | kernel | %s %s |
                | Java | %s |

                %s
                """.formatted(
                        verdict,
                        output("git", "describe", "--always", "--dirty", "--abbrev=12"),
                        LocalDate.now(),
                        System.getenv("SECONDS_TAKEN"),
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        details()));
    }

    private String details() {
        var lines = new ArrayList<String>();
        failed.forEach(name -> lines.add("- failed: " + name.lines().findFirst().orElseThrow()));
        skipped.forEach((reason, names) -> lines.add("- skipped: " + reason + " (" + names.size() + ")"));
        return lines.isEmpty() ? "Nothing failed and nothing was skipped." : String.join("\n", lines);
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.replaceFirst(".*: ", ""))
                .orElse(System.getProperty("os.arch"));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return text;
    }
}
