package dev.nightjar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The grammar of addresses: one pass from left to right over the text.
final class AddressText {
    static final String RESERVED = "()+?&%";
    static final int MAX_LAYERS = 16;

    private final String text;
    private int at;

    AddressText(String text) {
        this.text = text;
    }

    Address parse() throws AudioException {
        Address address = address(0);
        skipSpace();
        if (at < text.length()) {
            throw wrong(at, "the address should end here");
        }
        return address;
    }

    private Address address(int depth) throws AudioException {
        if (depth > MAX_LAYERS) {
            throw wrong(at, "layers nest at most " + MAX_LAYERS + " deep");
        }
        skipSpace();
        String word = word();
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            return host(word);
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            return layered(word, depth);
        }
        throw wrong(at, "after '" + word + "' comes ':' and an endpoint, or '(' and an address");
    }

    private Address host(String driver) throws AudioException {
        int start = at;
        String id = decoded("?&", "an endpoint's id");
        if (id.isEmpty()) {
            throw wrong(start, "an endpoint's id is missing behind '" + driver + ":'");
        }
        return new Address.Host(driver, id, parameters());
    }

    private Address layered(String layer, int depth) throws AudioException {
        List<Address> operands = new ArrayList<>();
        do {
            operands.add(address(depth + 1));
            skipSpace();
        } while (accept('+'));
        if (!accept(')')) {
            throw wrong(at, "'" + layer + "(' is not closed: ')' or '+' expected");
        }
        return new Address.Layered(layer, operands, parameters());
    }

    private Map<String, String> parameters() throws AudioException {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!accept('?')) {
            return parameters;
        }
        do {
            int start = at;
            String key = decoded("&=?", "a parameter");
            if (key.isEmpty()) {
                throw wrong(start, "a parameter's name is missing");
            }
            if (!accept('=')) {
                throw wrong(at, "parameter '" + key + "' has no '=' and value");
            }
            if (parameters.put(key, decoded("&?", "a parameter's value")) != null) {
                throw wrong(start, "parameter '" + key + "' is given twice");
            }
        } while (accept('&'));
        return parameters;
    }

    /// Reads up to one of `ends`, a `+` or parenthesis (which inside a layer separate operands), or the end.
    private String decoded(String ends, String what) throws AudioException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0 && "+()".indexOf(text.charAt(at)) < 0) {
            int code = text.codePointAt(at);
            if (code == '%') {
                bytes.write(hexByte());
            } else if (isSurrogate(code)) {
                throw wrong(at, "half a character (an unpaired surrogate)");
            } else if (Character.isISOControl(code)) {
                throw wrong(at, "control characters are percent-encoded");
            } else {
                bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(code);
            }
        }
        int end = at;
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        byte[] raw = bytes.toByteArray();
        return utf8(raw, raw.length - (at - end), start, what).substring(leadingSpaces(start, end));
    }

    private int leadingSpaces(int start, int end) {
        int spaces = 0;
        while (start + spaces < end && text.charAt(start + spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private String utf8(byte[] raw, int length, int start, String what) throws AudioException {
        ByteBuffer bytes = ByteBuffer.wrap(raw, 0, length);
        CharBuffer decoded = CharBuffer.allocate(length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, decoded, true);
        if (result.isError()) {
            throw wrong(characterOf(bytes.position(), start), what + " is not UTF-8 when decoded");
        }
        return decoded.flip().toString();
    }

    /// Where in the text, from `start` on, the character is that a decoded byte comes from.
    private int characterOf(int wanted, int start) {
        int character = start;
        int bytes = 0;
        while (bytes < wanted) {
            int code = text.codePointAt(character);
            bytes += code == '%' ? 1 : Character.toString(code).getBytes(StandardCharsets.UTF_8).length;
            character += code == '%' ? 3 : Character.charCount(code);
        }
        return character;
    }

    private int hexByte() throws AudioException {
        if (at + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(at + 1))
                || !HexFormat.isHexDigit(text.charAt(at + 2))) {
            throw wrong(at, "'%' is followed by two hexadecimal digits; a percent sign itself is %25");
        }
        int value = HexFormat.fromHexDigits(text, at + 1, at + 3);
        at += 3;
        return value;
    }

    private String word() throws AudioException {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong(at, "a driver or layer is expected: lower-case letters and digits");
        }
        return text.substring(start, at);
    }

    private boolean accept(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private AudioException wrong(int position, String what) {
        String shown = text.codePoints()
                .map(code -> Character.isISOControl(code) ? '\uFFFD' : code)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int column = text.codePointCount(0, Math.min(position, text.length()));
        return AudioException.of(
                Failure.ADDRESS_INVALID,
                "address",
                what + " (character " + (column + 1) + ")\n  " + shown + "\n  " + " ".repeat(column) + "^");
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    static void requireWord(String word) {
        if (word.isEmpty() || !word.chars().allMatch(c -> isWord((char) c))) {
            throw new IllegalArgumentException("a driver's id is lower-case letters and digits, id=" + word);
        }
    }

    static Map<String, String> requireParameters(Map<String, String> parameters) {
        if (parameters.containsKey("")) {
            throw new IllegalArgumentException("a parameter has a name, parameters=" + parameters);
        }
        parameters.forEach((key, value) -> {
            requireWellFormed(key);
            requireWellFormed(value);
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// Text with an unpaired surrogate has no UTF-8.
    static void requireWellFormed(String decoded) {
        for (int i = 0; i < decoded.length(); i += Character.charCount(decoded.codePointAt(i))) {
            if (isSurrogate(decoded.codePointAt(i))) {
                throw new IllegalArgumentException("text of an address is well-formed UTF-16, index=" + i);
            }
        }
    }

    private static boolean isSurrogate(int code) {
        return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    }

    static String print(Map<String, String> parameters) {
        StringBuilder printed = new StringBuilder();
        parameters.forEach((key, value) -> printed.append(printed.isEmpty() ? '?' : '&')
                .append(encode(key, RESERVED + "="))
                .append('=')
                .append(encode(value, RESERVED)));
        return printed.toString();
    }

    /// Percent-encodes what the grammar keeps for itself.
    static String encode(String decoded, String reserved) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < decoded.length(); i += Character.charCount(decoded.codePointAt(i))) {
            int code = decoded.codePointAt(i);
            boolean edge = code == ' ' && (i == 0 || i == decoded.length() - 1);
            if (edge || Character.isISOControl(code) || reserved.indexOf(code) >= 0) {
                for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            } else {
                encoded.appendCodePoint(code);
            }
        }
        return encoded.toString();
    }
}
