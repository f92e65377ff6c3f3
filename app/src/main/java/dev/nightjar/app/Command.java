package dev.nightjar.app;

/// What the program can be told to do.
interface Command {
    Syntax syntax();

    /// Does it.
    ///
    /// @throws Refusal when it cannot be done at all
    Exit run(Arguments arguments, Console console) throws Refusal;
}
