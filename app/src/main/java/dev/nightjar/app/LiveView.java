package dev.nightjar.app;

import dev.nightjar.StreamEvent;
import dev.nightjar.player.Player;
import dev.nightjar.player.PlayerStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/// A terminal with somebody before it: the lines of [PlainView] scroll, and below them one line lives. Keys work when
/// standard
/// input is the terminal too.
final class LiveView implements View {
    private static final long WHILE_MILLIS = 80;
    private static final Duration STEP = Duration.ofSeconds(5);

    private final Console console;
    private final PlainView plain;
    private final Terminal terminal;
    private final Display display;
    private final LiveLine line;
    private boolean keys;
    private boolean closed;
    private Size size;

    private LiveView(Console console, Terminal terminal) {
        this.console = console;
        this.terminal = terminal;
        plain = new PlainView(console);
        line = new LiveLine(console.style(), console.out().shows('█'));
        size = Screen.size(terminal, console);
        display = new Display(terminal, false);
        display.resize(size);
        keys = console.inTerminal();
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /// A live view, or a plain one when the terminal cannot move its cursor.
    static View on(Console console) {
        try {
            Terminal terminal = Screen.open(console);
            if (terminal.getSize().getColumns() > 0 && terminal.getStringCapability(Capability.clr_eos) != null) {
                return new LiveView(console, terminal);
            }
            terminal.close();
        } catch (IOException _) {
            // Plain lines need nothing of the terminal.
        }
        return new PlainView(console);
    }

    @Override
    public void notice(String text) {
        above(() -> plain.notice(String.join("\n  ", Text.wrap(text, size.getColumns() - "nightjar: ".length()))));
    }

    @Override
    public void begun(Begun track) {
        above(() -> plain.begun(track));
    }

    @Override
    public void rerouted(Begun track) {
        above(() -> plain.rerouted(track));
    }

    @Override
    public void failed(Problem problem) {
        above(() -> plain.failed(problem));
    }

    @Override
    public void happened(StreamEvent event, Duration at) {
        if (event.kind() != StreamEvent.Kind.XRUN) {
            above(() -> plain.happened(event, at));
        }
    }

    @Override
    public void ended(Summary summary, Exit exit) {
        above(() -> plain.ended(summary, exit));
    }

    private synchronized void above(Runnable print) {
        draw(List.of());
        print.run();
    }

    @Override
    public boolean attend(Player player) {
        if (keys) {
            Key key = Key.read(terminal.reader(), WHILE_MILLIS);
            if (key == Key.QUIT) {
                return false;
            }
            press(key, player);
        } else {
            boolean _ = player.await(Duration.ofMillis(WHILE_MILLIS));
        }
        PlayerStatus status = player.status();
        if (status.state() != PlayerStatus.State.ENDED) {
            show(status);
        }
        return true;
    }

    private void press(Key key, Player player) {
        switch (key) {
            case PAUSE -> {
                if (player.status().state() == PlayerStatus.State.PAUSED) {
                    player.resume();
                } else {
                    player.pause();
                }
            }
            case FORWARD -> player.seekBy(STEP);
            case BACKWARD -> player.seekBy(STEP.negated());
            case NEXT -> player.next();
            case PREVIOUS -> player.previous();
            case END -> keys = false;
            case QUIT, NONE -> {}
        }
    }

    private synchronized void show(PlayerStatus status) {
        Size now = Screen.size(terminal, console);
        if (!now.equals(size)) {
            // The terminal has wrapped the old line anew; the cursor stands at its beginning.
            size = now;
            display.reset();
            display.resize(now);
            terminal.puts(Capability.carriage_return);
            terminal.puts(Capability.clr_eos);
        }
        draw(List.of(AttributedString.fromAnsi(line.text(status, size.getColumns()))));
    }

    private void draw(List<AttributedString> lines) {
        if (!closed) {
            display.update(lines, 0);
            terminal.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        draw(List.of());
        closed = true;
        terminal.puts(Capability.cursor_normal);
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            console.complain("the terminal could not be restored: " + Text.of(e) + "; try: stty sane");
        }
    }
}
