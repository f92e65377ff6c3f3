package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The page of the contract names the cases that there are, and no others.
class ContractPageTest {
    private static final Pattern CASE = Pattern.compile("(?m)^- `(\\w+)`");

    @Test
    void thePageNamesEveryCaseAndOnlyCases() throws Exception {
        Path page = Path.of(System.getProperty("nightjar.root"), "docs", "contract.md");
        Set<String> named = new TreeSet<>();
        Matcher matcher = CASE.matcher(Files.readString(page));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named).isEqualTo(cases()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void everyGroupOfCasesIsAPartOfTheContract() throws Exception {
        Path sources = Path.of(System.getProperty("nightjar.root"), "contract/src/main/java/dev/nightjar/contract");
        Set<String> inTheContract = Arrays.stream(DriverContract.class.getDeclaredClasses())
                .map(group -> group.getSuperclass().getSimpleName() + ".java")
                .collect(Collectors.toCollection(TreeSet::new));
        try (var files = Files.list(sources)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Cases.java") && !name.equals("Cases.java")))
                    .containsExactlyInAnyOrderElementsOf(inTheContract);
        }
        assertThat(DriverContract.class.getDeclaredClasses())
                .allMatch(group -> group.isAnnotationPresent(Nested.class));
    }

    private static Set<String> cases() {
        return Arrays.stream(DriverContract.class.getDeclaredClasses())
                .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
