package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.driver.virtual.FaultScript;

class FaultScriptFuzzTest {
    /// Jazzer allocates where regular expressions are compiled, some 40 KiB for a line of the script.
    private static final long BASE_BYTES = Allocation.BASE_BYTES + (4 << 20);

    @FuzzTest
    void aScriptIsReadOrItsLineNamed(FuzzedDataProvider input) {
        String text = input.consumeRemainingAsString();
        Allocation.assertWithin(BASE_BYTES, text.length(), () -> parse(text));
    }

    private static void parse(String text) {
        try {
            FaultScript script = FaultScript.parse(text);
            assertThat(script.entries()).hasSizeLessThanOrEqualTo(text.length());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("(?s)line [0-9]+ '.*': .+").doesNotContain("Index ", "enum constant");
        }
    }
}
