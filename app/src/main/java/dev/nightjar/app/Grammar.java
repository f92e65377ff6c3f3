package dev.nightjar.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as Picocli sees it: its help, and what is wrong with a line. Loading Picocli takes longer than all
/// else
/// that `play` does before its first sample, so it is used only for what [Arguments#ofPlain] does not take.
final class Grammar {
    private static final int HELP_WIDTH = 80;

    private final CommandLine root;

    Grammar(String summary, List<String> details, List<Command> commands) {
        CommandSpec spec = CommandSpec.create().name("nightjar");
        spec.usageMessage()
                .description(summary)
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footer(literal(details))
                .width(HELP_WIDTH);
        spec.addOption(flag("--help", "Show this help; with a command: its help."));
        spec.addOption(flag("--version", "Print the version."));
        for (Command command : commands) {
            spec.addSubcommand(command.syntax().name(), new CommandLine(specOf(command.syntax())));
        }
        root = new CommandLine(spec).setExpandAtFiles(false);
    }

    private static CommandSpec specOf(Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name(syntax.name());
        spec.usageMessage()
                .description(literal(syntax.summary()))
                .optionListHeading("%nOptions:%n")
                .sortOptions(false)
                .footer(literal(syntax.details()))
                .width(HELP_WIDTH);
        if (!syntax.operands().isEmpty()) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(syntax.operands())
                    .arity(syntax.leastOperands() + "..*")
                    .hideParamSyntax(true)
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .hidden(true)
                    .required(syntax.leastOperands() > 0)
                    .build());
            spec.usageMessage().customSynopsis("nightjar " + syntax.name() + " [OPTION ...] " + syntax.operands());
        }
        for (Option option : syntax.options()) {
            spec.addOption(
                    option.isFlag()
                            ? flag(option.name(), option.text())
                            : OptionSpec.builder(option.name())
                                    .paramLabel(option.parameter())
                                    .type(String.class)
                                    .description(literal(option.text()))
                                    .build());
        }
        return spec;
    }

    private static OptionSpec flag(String name, String text) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(literal(text))
                .build();
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (Exit exit : Exit.values()) {
            codes.put(Integer.toString(exit.code()), exit.meaning());
        }
        return codes;
    }

    /// Picocli formats what it prints: a percent sign is doubled, an at sign before a bar would begin markup.
    private static String literal(String text) {
        return text.replace("%", "%%");
    }

    private static String[] literal(List<String> lines) {
        return lines.stream().map(Grammar::literal).toArray(String[]::new);
    }

    /// The help of the program.
    String help() {
        return help(root);
    }

    /// The help of a command.
    String help(Syntax syntax) {
        return help(commandLine(syntax));
    }

    private static String help(CommandLine line) {
        return line.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing() + System.lineSeparator();
    }

    private CommandLine commandLine(Syntax syntax) {
        return Objects.requireNonNull(root.getSubcommands().get(syntax.name()));
    }

    /// Reads a line of a command.
    ///
    /// @throws Refusal if it is wrong
    Arguments parse(Syntax syntax, List<String> words) throws Refusal {
        try {
            List<String> line = new ArrayList<>(List.of(syntax.name()));
            line.addAll(words);
            ParseResult result = root.parseArgs(line.toArray(String[]::new)).subcommand();
            Map<String, String> options = new LinkedHashMap<>();
            for (Option option : syntax.options()) {
                if (option.isFlag()
                        ? result.matchedOptionValue(option.name(), false)
                        : result.hasMatchedOption(option.name())) {
                    options.put(option.name(), option.isFlag() ? "" : result.matchedOptionValue(option.name(), ""));
                }
            }
            return new Arguments(options, result.matchedPositionalValue(0, List.of()));
        } catch (ParameterException e) {
            throw wrong(syntax.name() + " ", e);
        }
    }

    /// Why a line that names no command is wrong.
    Refusal wrong(List<String> words) {
        try {
            ParseResult _ = root.parseArgs(words.toArray(String[]::new));
            return new Refusal(Exit.USAGE, "no command is named; see nightjar --help");
        } catch (ParameterException e) {
            return wrong("", e);
        }
    }

    private static Refusal wrong(String command, ParameterException e) {
        String said = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(command, unmatched)
                : Text.of(e).lines().findFirst().orElse("");
        return new Refusal(Exit.USAGE, Text.plain(said) + "; see nightjar " + command + "--help");
    }

    private static String unmatched(String command, UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        String what = word.startsWith("-")
                ? "there is no option "
                : command.isEmpty() ? "there is no command " : "nothing is expected at ";
        List<String> near = e.getSuggestions();
        return what + "'" + word + "'" + (near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?");
    }
}
