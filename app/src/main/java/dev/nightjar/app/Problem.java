package dev.nightjar.app;

import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Why a track was not played, or not to its end.
///
/// @param name the file or folder
/// @param text what is wrong, a clause
/// @param exit the exit code if nothing else was played
/// @param failure what a program can do about it, when it was not the file's fault
/// @param nearest the formats that the endpoint would take
record Problem(String name, String text, Exit exit, Optional<Failure> failure, List<StreamFormat> nearest) {
    static Problem of(String name, String text, Exit exit) {
        return new Problem(name, text, exit, Optional.empty(), List.of());
    }

    static Problem of(String name, Exception cause) {
        return switch (cause) {
            case AudioException said ->
                new Problem(name, Text.of(said), Exit.UNAVAILABLE, Optional.of(said.failure()), said.nearest());
            case IOException said -> of(name, words(said), exit(said));
            default -> of(name, "a defect of Nightjar: " + cause, Exit.DEFECT);
        };
    }

    private static Exit exit(IOException said) {
        boolean missing = said instanceof NoSuchFileException
                || said instanceof AccessDeniedException
                || said instanceof FileNotFoundException;
        return missing ? Exit.NO_INPUT : Exit.FAILED;
    }

    private static String words(IOException said) {
        return switch (said) {
            case MediaException media -> Text.of(media);
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "it may not be read: permission denied";
            case FileSystemLoopException _ -> "its links lead in a circle";
            case FileSystemException system -> Objects.requireNonNullElse(system.getReason(), Text.of(system));
            default -> Text.of(said);
        };
    }

    /// For a person, in one line.
    String line() {
        String said = Text.plain(text);
        String shown = name.isBlank() ? "'" + name + "'" : Text.plain(name);
        return said.startsWith(shown) ? said : shown + ": " + said;
    }
}
