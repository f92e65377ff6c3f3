package dev.nightjar.app;

import java.util.List;
import java.util.Optional;

/// What may be written on the command line of one command.
///
/// @param name the word that names it
/// @param summary what it does, one sentence
/// @param operands what its operands are called in help; empty when it has none
/// @param leastOperands how many it needs
/// @param options those there are
/// @param details what help says beyond the options, line by line
record Syntax(
        String name, String summary, String operands, int leastOperands, List<Option> options, List<String> details) {
    Syntax {
        options = List.copyOf(options);
        details = List.copyOf(details);
    }

    Optional<Option> option(String optionName) {
        for (Option option : options) {
            if (option.name().equals(optionName)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
