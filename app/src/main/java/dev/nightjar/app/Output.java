package dev.nightjar.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Locale;

/// Lines for a person or a program, whole ones at a time. What cannot be written any more is said once, by [Lost], and
/// then
/// passed over in silence. May be used by several threads.
final class Output {
    /// Standard output cannot be written any more.
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Exit exit;

        Lost(IOException cause) {
            super("write standard output: " + Text.of(cause), cause);
            String said = Text.of(cause).toLowerCase(Locale.ROOT);
            exit = said.contains("pipe") ? Exit.PIPE : Exit.OUTPUT;
        }

        /// [Exit#PIPE] or [Exit#OUTPUT].
        Exit exit() {
            return exit;
        }
    }

    private final OutputStream stream;
    private final Charset charset;
    private boolean lost;

    Output(OutputStream stream, Charset charset) {
        this.stream = stream;
        this.charset = charset;
    }

    /// Writes a line.
    ///
    /// @throws Lost the first time that it cannot be written
    void line(String text) {
        text(text + System.lineSeparator());
    }

    /// Writes text as it is, at once.
    ///
    /// @throws Lost the first time that it cannot be written
    synchronized void text(String text) {
        if (lost) {
            return;
        }
        try {
            stream.write(text.getBytes(charset));
            stream.flush();
        } catch (IOException e) {
            lost = true;
            throw new Lost(e);
        }
    }

    /// Whether a character can be written in the charset of this output.
    boolean shows(char character) {
        return charset.newEncoder().canEncode(character);
    }
}
