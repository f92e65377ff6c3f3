package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import org.jspecify.annotations.Nullable;

class AddressFuzzTest {
    /// The most bytes of a character in UTF-8.
    private static final int CHARACTER_BYTES = 4;

    @FuzzTest
    void anAddressIsReadOrPointedAt(FuzzedDataProvider input) throws AudioException {
        String text = input.consumeRemainingAsString();
        Allocation.assertWithin(Allocation.BASE_BYTES, CHARACTER_BYTES * text.length(), () -> parse(text));
        Address address;
        try {
            address = Address.parse(text);
        } catch (AudioException e) {
            assertThat(e.failure()).isEqualTo(Failure.ADDRESS_INVALID);
            assertThat(e.getMessage()).endsWith("^");
            return;
        }
        Address again = Address.parse(address.toString());
        assertThat(again).isEqualTo(address).hasToString(address.toString());
    }

    private static @Nullable Address parse(String text) {
        try {
            return Address.parse(text);
        } catch (AudioException e) {
            return null;
        }
    }
}
