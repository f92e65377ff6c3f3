package dev.nightjar.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/// What the program speaks with: its three streams, and which of them are a terminal.
///
/// @param in standard input
/// @param out standard output: what was asked for
/// @param err standard error: what went wrong
/// @param inTerminal whether somebody may press keys
/// @param outTerminal whether somebody reads along
/// @param style of what is written to standard output
record Console(InputStream in, Output out, Output err, boolean inTerminal, boolean outTerminal, Style style) {
    private static final int USUAL_WIDTH = 80;

    /// That of the process.
    static Console system() {
        boolean outTerminal = isTerminal(1, SystemStream.Output);
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        return new Console(
                System.in,
                new Output(new FileOutputStream(FileDescriptor.out), charset("stdout.encoding")),
                new Output(new FileOutputStream(FileDescriptor.err), charset("stderr.encoding")),
                isTerminal(0, SystemStream.Input),
                outTerminal && !dumb,
                new Style(outTerminal && !dumb && (noColour == null || noColour.isEmpty())));
    }

    private static Charset charset(String property) {
        return Charset.forName(System.getProperty(property), Charset.defaultCharset());
    }

    /// Linux tells by the name of the open file, in microseconds; elsewhere the terminal library knows.
    private static boolean isTerminal(int descriptor, SystemStream stream) {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            try {
                return TerminalProvider.load("ffm").isSystemStream(stream);
            } catch (IOException _) {
                return false;
            }
        }
    }

    /// The columns of the terminal; where there is none, lines are as long as they are.
    int width() {
        if (!outTerminal) {
            return Integer.MAX_VALUE;
        }
        try {
            int columns = TerminalProvider.load("ffm").systemStreamWidth(SystemStream.Output);
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException _) {
            return USUAL_WIDTH;
        }
    }

    /// Says what went wrong.
    void complain(String message) {
        try {
            err.line("nightjar: " + message);
        } catch (Output.Lost _) {
            // There is no other place to say it, and the exit code tells what it was.
        }
    }
}
