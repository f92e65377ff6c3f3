package dev.nightjar.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.LineDisciplineTerminal;

/// The terminal that standard output is, with its keys when standard input is it too.
final class Screen {
    private static final int ANY_ROWS = 24;

    private Screen() {}

    /// Opens it. Its keys then come one by one and are not echoed.
    ///
    /// @throws IOException if it is none or cannot be spoken to
    static Terminal open(Console console) throws IOException {
        if (!console.inTerminal()) {
            return withoutKeys(console);
        }
        // The terminal library asks the terminal what it is and waits for an answer that some never give.
        System.setProperty(TerminalBuilder.PROP_PROBE_TIMEOUT, "0");
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .provider(TerminalBuilder.PROP_PROVIDER_FFM)
                    .nativeSignals(false)
                    .graphemeCluster(false)
                    .dumb(false)
                    .build();
            terminal.setAttributes(keyByKey(terminal.getAttributes()));
            return terminal;
        } catch (IllegalStateException e) {
            throw new IOException(e);
        }
    }

    private static Terminal withoutKeys(Console console) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out) {
            @Override
            public void close() {
                // Standard output outlives what is drawn on it.
            }
        };
        String type = Objects.requireNonNullElse(System.getenv("TERM"), "ansi");
        Terminal terminal = new LineDisciplineTerminal("standard output", type, out, StandardCharsets.UTF_8);
        terminal.setSize(size(terminal, console));
        return terminal;
    }

    /// The size now.
    static Size size(Terminal terminal, Console console) {
        return console.inTerminal() ? terminal.getSize() : Size.of(console.width(), ANY_ROWS);
    }

    /// Ctrl-C and Ctrl-Z stay signals, which the library's raw mode makes keys of.
    private static Attributes keyByKey(Attributes usual) {
        Attributes attributes = new Attributes(usual);
        attributes.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
        attributes.setControlChar(ControlChar.VMIN, 1);
        attributes.setControlChar(ControlChar.VTIME, 0);
        return attributes;
    }
}
