package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.contract.DriverContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The suite is itself tested: each of many defects of the virtual driver has to be caught by a case of it.
class MutantsTest {
    private static final int FEWEST = 30;

    @TempDir
    static Path folder;

    private static Class<? extends DriverContract> contract(String file) {
        return file.equals("FileSink") ? FileContractTest.class : VirtualTimeContractTest.class;
    }

    @Test
    void theDriverWithoutADefectPassesOnTheSameWay() throws Exception {
        for (String file : List.of("VirtualLoop", "FileSink")) {
            MutantMachine.Verdict verdict =
                    new MutantMachine(folder).run(file, MutantMachine.source(file), contract(file), Optional.empty());
            assertThat(verdict.killer()).isEmpty();
            assertThat(verdict.cases()).isGreaterThan(150);
        }
    }

    @Test
    void thereAreEnoughMutantsOfEveryPart() throws Exception {
        assertThat(Mutant.all()).hasSizeGreaterThanOrEqualTo(FEWEST).doesNotHaveDuplicates();
        assertThat(Mutant.all().stream().map(Mutant::file).distinct())
                .contains(
                        "VirtualDriver",
                        "VirtualEndpoint",
                        "VirtualDevice",
                        "VirtualStream",
                        "VirtualLoop",
                        "Wire",
                        "FileSink");
    }

    @TestFactory
    Stream<DynamicTest> eachMutantIsCaughtByACase() throws Exception {
        return Mutant.all().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () -> {
                    String source = mutant.apply(MutantMachine.source(mutant.file()));
                    Class<? extends DriverContract> contract = contract(mutant.file());
                    Optional<String> killer = new MutantMachine(folder)
                            .run(mutant.file(), source, contract, Optional.of(mutant.group()))
                            .killer();
                    if (killer.isEmpty()) {
                        killer = new MutantMachine(folder)
                                .run(mutant.file(), source, contract, Optional.empty())
                                .killer();
                    }
                    assertThat(killer).as("the case that catches it").isPresent();
                    System.out.println(mutant + " - caught by "
                            + killer.get().lines().findFirst().orElseThrow());
                }));
    }
}
