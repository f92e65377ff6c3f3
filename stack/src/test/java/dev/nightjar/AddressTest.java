package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final String AWKWARD = "()+?&%=: ,;{}[]'\"\\/#\t\n\u0000\u007f\u0085\u00a0\u2003\u3000äßñ漢字\uffff";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alsa:hw:CARD=PCH,DEV=0",
                "jack:system",
                "wasapi:{0.0.0.00000000}.{b3f8fa53-0004-438e-9003-51a46e139bfc}",
                "virtual:file:/tmp/x.wav?paced=false",
                "virtual:file:/tmp/x.wav?rate=48000&channels=2&format=S16&paced=false",
                "mix(alsa:hw:CARD=PCH)",
                "join(alsa:hw:CARD=PCH + alsa:hw:CARD=USB)",
                "loopback(wasapi:{0})",
                "mix(join(alsa:hw:0 + virtual:cable?rate=96000) + jack:system)?rate=48000",
                "virtual:file:C:\\Musik\\Händel 100%25 %28live%29.wav",
                "virtual:a%20",
                "virtual:= =?a%3Db=c=d"
            })
    void printsAsItWasWritten(String text) throws AudioException {
        assertThat(Address.parse(text)).hasToString(text);
    }

    @Test
    void tellsItsParts() throws AudioException {
        Address address = Address.parse("mix( alsa:hw:0 +virtual:file:a b ? paced = false&rate=1 )?name=x");
        assertThat(address)
                .isEqualTo(new Address.Layered(
                        "mix",
                        List.of(
                                Address.of("alsa", "hw:0"),
                                new Address.Host("virtual", "file:a b", Map.of("paced", "false", "rate", "1"))),
                        Map.of("name", "x")));
        assertThat(address.driverId()).isEqualTo("mix");
        assertThat(address.parameter("name")).contains("x");
        assertThat(address.parameter("rate")).isEmpty();
        assertThat(address.withParameters(Map.of("k", "")))
                .hasToString("mix(alsa:hw:0 + virtual:file:a b" + "?paced=false&rate=1)?k=");
        assertThat(Address.of("alsa", "hw:0").withParameters(Map.of("k", "v"))).hasToString("alsa:hw:0?k=v");
    }

    @Test
    void theOrderOfParametersIsKeptButDoesNotMatter() throws AudioException {
        Address one = Address.parse("virtual:x?b=1&a=2");
        assertThat(one.parameters().keySet()).containsExactly("b", "a");
        assertThat(one).isEqualTo(Address.parse("virtual:x?a=2&b=1"));
    }

    @Test
    void everyAddressIsParsedBackFromItsText() throws AudioException {
        Random random = new Random(20_261_124);
        for (int round = 0; round < 20_000; round++) {
            Address address = anyAddress(random, 0);
            assertThat(Address.parse(address.toString())).isEqualTo(address);
            assertThat(Address.parse("  " + address + " ")).isEqualTo(address);
        }
    }

    private static Address anyAddress(Random random, int depth) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.put(anyText(random, 1), anyText(random, 0));
        }
        if (depth == 4 || random.nextInt(3) > 0) {
            return new Address.Host("drv" + random.nextInt(10), anyText(random, 1), parameters);
        }
        List<Address> operands = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            operands.add(anyAddress(random, depth + 1));
        }
        return new Address.Layered("l4yer", operands, parameters);
    }

    private static String anyText(Random random, int least) {
        StringBuilder text = new StringBuilder();
        for (int i = least + random.nextInt(8); i > 0; i--) {
            int code = switch (random.nextInt(4)) {
                case 0 -> AWKWARD.codePointAt(random.nextInt(AWKWARD.length()));
                case 1 -> 'a' + random.nextInt(26);
                case 2 -> random.nextInt(0xD800);
                default -> 0xE000 + random.nextInt(Character.MAX_CODE_POINT - 0xDFFF);
            };
            text.appendCodePoint(code);
        }
        return text.toString();
    }

    /// The mark stands under the character that is wrong; characters are counted, not `char`s.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|1|a driver or layer is expected",
                "Alsa:x|1|a driver or layer is expected",
                "alsa|5|after 'alsa' comes ':'",
                "alsa x|5|after 'alsa' comes ':'",
                "alsa:|6|an endpoint's id is missing behind 'alsa:'",
                "`alsa:   `|6|an endpoint's id is missing",
                "mix(alsa:?a=1)|10|an endpoint's id is missing",
                "mix()|5|a driver or layer is expected",
                "mix(alsa:x|11|'mix(' is not closed",
                "mix(alsa:x alsa|16|'mix(' is not closed",
                "mix(alsa:x + )|14|a driver or layer is expected",
                "mix(alsa:x)y|12|the address should end here",
                "alsa:a+b|7|the address should end here",
                "alsa:a)|7|the address should end here",
                "alsa:a?b=1?c=2|11|the address should end here",
                "alsa:a?|8|a parameter's name is missing",
                "alsa:a?=1|8|a parameter's name is missing",
                "alsa:a?b=1&|12|a parameter's name is missing",
                "alsa:a?b|9|parameter 'b' has no '=' and value",
                "alsa:a?b&c=1|9|parameter 'b' has no '=' and value",
                "alsa:a?b=1&b=2|12|parameter 'b' is given twice",
                "alsa:100% |9|'%' is followed by two hexadecimal digits",
                "alsa:%4|6|'%' is followed by two hexadecimal digits",
                "alsa:%4g|6|'%' is followed by two hexadecimal digits",
                "alsa:漢𝄞%zz|8|'%' is followed by two hexadecimal digits",
                "alsa:ok%C3%A4 %FF|15|an endpoint's id is not UTF-8 when decoded",
                "alsa:ok%C3|8|an endpoint's id is not UTF-8 when decoded",
                "alsa:é?k=%ED%A0%80|10|a parameter's value is not UTF-8 when decoded",
            })
    void anErrorPointsAtTheCharacter(String text, int character, String what) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Address.parse(text))
                .satisfies(e -> {
                    assertThat(e.failure()).isEqualTo(Failure.ADDRESS_INVALID);
                    assertThat(e.getMessage())
                            .startsWith("address: " + what)
                            .contains("(character " + character + ")\n  " + text + "\n")
                            .endsWith("\n  " + " ".repeat(character - 1) + "^");
                });
    }

    @Test
    void charactersThatCannotBeShownArePointedAtTwice() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Address.parse("alsa:a\nb"))
                .withMessageContaining("control characters are percent-encoded (character 7)\n  alsa:a\uFFFDb\n");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Address.parse("alsa:a\uD834"))
                .withMessageContaining("half a character (an unpaired surrogate) (character 7)");
    }

    @Test
    void sixteenLayersAreEnough() throws AudioException {
        String deepest = "mix(".repeat(16) + "alsa:x" + ")".repeat(16);
        assertThat(Address.parse(deepest)).hasToString(deepest);
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Address.parse("mix(" + deepest + ")"))
                .withMessageContaining("layers nest at most 16 deep (character 69)");
        List<Address> operands = List.of(Address.parse(deepest));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address.Layered("mix", operands, Map.of()))
                .withMessageContaining("16 deep");
    }

    @Test
    void aHugeTextIsRefusedWithoutAStackOverflow() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Address.parse("m(".repeat(100_000)))
                .withMessageStartingWith("address: layers nest");
    }

    @Test
    void onlyAddressesThatCanBePrintedExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of("ALSA", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of("alsa", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.of("alsa", "ab\uDC00"))
                .withMessageContaining("index=2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Address.Host("alsa", "x", Map.of("k", "\uD800")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Address.Host("alsa", "x", Map.of("", "v")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Address.Layered("mix", List.of(), Map.of()));
    }
}
