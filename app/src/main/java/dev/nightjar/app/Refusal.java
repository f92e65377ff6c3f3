package dev.nightjar.app;

import dev.nightjar.AudioException;

/// Something that the program does not do, with what a person is told and the exit code.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    /// @param message what was tried, on what, what was said, what to do now
    Refusal(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    /// What a driver or an endpoint said.
    static Refusal of(AudioException said) {
        return new Refusal(exit(said), Text.of(said));
    }

    static Exit exit(AudioException said) {
        return switch (said.failure()) {
            case ADDRESS_INVALID -> Exit.USAGE;
            default -> Exit.UNAVAILABLE;
        };
    }

    Exit exit() {
        return exit;
    }
}
