package dev.nightjar.app;

/// An option of a command.
///
/// @param name with its dashes
/// @param parameter what its value is called in help; empty when it has none
/// @param text what it is for, for help
record Option(String name, String parameter, String text) {
    static final Option JSON = flag("--json", "Print JSON for programs.");
    static final Option HELP = flag("--help", "Show this help.");

    static Option flag(String name, String text) {
        return new Option(name, "", text);
    }

    boolean isFlag() {
        return parameter.isEmpty();
    }
}
