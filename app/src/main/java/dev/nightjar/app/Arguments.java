package dev.nightjar.app;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of a command line, sorted by its [Syntax].
///
/// @param options the values of those that were given, empty for flags
/// @param operands the others, in their order
record Arguments(Map<String, String> options, List<String> operands) {
    Arguments {
        options = Map.copyOf(options);
        operands = List.copyOf(operands);
    }

    boolean has(Option option) {
        return options.containsKey(option.name());
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option.name()));
    }

    /// Reads a line that is plainly right, in a few microseconds. Anything else is left to [Grammar], whose library
    /// takes longer
    /// to load than everything before the first sample.
    static Optional<Arguments> ofPlain(Syntax syntax, List<String> words) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> operands = new ArrayList<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(operands::add);
            } else if (word.equals("-") || !word.startsWith("-")) {
                operands.add(word);
            } else if (!takeOption(syntax, word, rest, options)) {
                return Optional.empty();
            }
        }
        return operands.size() < syntax.leastOperands() || (syntax.operands().isEmpty() && !operands.isEmpty())
                ? Optional.empty()
                : Optional.of(new Arguments(options, operands));
    }

    private static boolean takeOption(Syntax syntax, String word, Iterator<String> rest, Map<String, String> into) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = syntax.option(name).orElse(null);
        if (option == null || (option.isFlag() ? equals >= 0 : equals < 0 && !rest.hasNext())) {
            return false;
        }
        String value = option.isFlag() ? "" : equals >= 0 ? word.substring(equals + 1) : rest.next();
        boolean swallowed = !option.isFlag() && equals < 0 && looksLikeOption(syntax, value);
        return !swallowed && into.put(name, value) == null;
    }

    private static boolean looksLikeOption(Syntax syntax, String value) {
        int equals = value.indexOf('=');
        return value.equals("--")
                || syntax.option(equals < 0 ? value : value.substring(0, equals))
                        .isPresent();
    }
}
