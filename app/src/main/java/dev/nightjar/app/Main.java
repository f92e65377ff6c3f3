package dev.nightjar.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `nightjar`: finds the command that the first word names, reads its line and runs it.
public final class Main {
    private static final String SUMMARY = "Plays sound: to what this machine has, bit for bit where that can be.";
    private static final List<String> DETAILS = List.of(
            "",
            "Examples:",
            "  nightjar play song.flac",
            "  nightjar play ~/Music --to alsa:hw:CARD=USB,DEV=0 --exclusive",
            "  nightjar endpoints",
            "  nightjar help play");

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(Console.system(), words).code());
    }

    static Exit run(Console console, String... words) {
        try {
            return dispatch(Arrays.asList(words), console);
        } catch (Refusal e) {
            console.complain(Text.of(e));
            tellJson(console, words, Text.of(e), e.exit());
            return e.exit();
        } catch (Output.Lost e) {
            if (e.exit() == Exit.OUTPUT) {
                console.complain(Text.of(e));
            }
            return e.exit();
        } catch (RuntimeException | Error e) {
            console.complain(defect(e));
            return Exit.DEFECT;
        }
    }

    /// For who reads JSON: the one object that there will be.
    private static void tellJson(Console console, String[] words, String message, Exit exit) {
        if (Arrays.stream(words).takeWhile(word -> !word.equals("--")).anyMatch(Option.JSON.name()::equals)) {
            try {
                console.out()
                        .text(new Json()
                                        .with("event", "error")
                                        .with("exit", exit.code())
                                        .with("message", message)
                                + "\n");
            } catch (Output.Lost _) {
                // The exit code is that of the error.
            }
        }
    }

    private static String defect(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String at = trace.length == 0 ? "" : " at " + trace[0];
        return "a defect of Nightjar: " + e + at + "; please report it with this line";
    }

    private static Exit dispatch(List<String> words, Console console) throws Refusal {
        List<Command> commands = List.of(new PlayCommand(), new EndpointsCommand(), new DriversCommand());
        String first = words.isEmpty() ? "--help" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        Optional<Command> command = named(commands, first);
        if (command.isPresent()) {
            return run(command.get(), rest, commands, console);
        }
        switch (first) {
            case "--version", "version" -> console.out().line("nightjar " + version());
            case "--help", "-h", "help" -> help(commands, rest, console);
            default -> throw new Grammar(SUMMARY, DETAILS, commands).wrong(words);
        }
        return Exit.OK;
    }

    private static Optional<Command> named(List<Command> commands, String name) {
        return commands.stream()
                .filter(command -> command.syntax().name().equals(name))
                .findFirst();
    }

    private static Exit run(Command command, List<String> words, List<Command> commands, Console console)
            throws Refusal {
        Optional<Arguments> plain = Arguments.ofPlain(command.syntax(), words);
        if (plain.isPresent() && !plain.get().has(Option.HELP)) {
            return command.run(plain.get(), console);
        }
        Grammar grammar = new Grammar(SUMMARY, DETAILS, commands);
        if (words.contains(Option.HELP.name()) || words.contains("-h")) {
            console.out().text(grammar.help(command.syntax()));
            return Exit.OK;
        }
        return command.run(grammar.parse(command.syntax(), words), console);
    }

    private static void help(List<Command> commands, List<String> rest, Console console) throws Refusal {
        Grammar grammar = new Grammar(SUMMARY, DETAILS, commands);
        if (rest.isEmpty()) {
            console.out().text(grammar.help());
            return;
        }
        Command command = named(commands, rest.getFirst()).orElse(null);
        if (command == null) {
            throw grammar.wrong(new ArrayList<>(rest));
        }
        console.out().text(grammar.help(command.syntax()));
    }

    /// The version that the jar was packed with.
    private static String version() {
        return Main.class
                .getModule()
                .getDescriptor()
                .version()
                .map(Object::toString)
                .orElse("(not packed)");
    }
}
