package dev.nightjar.app;

import dev.nightjar.StreamEvent;
import dev.nightjar.player.Player;
import java.time.Duration;

/// Plain lines, for a log or a pipe: what is played on standard output, what is not on standard error.
final class PlainView implements View {
    private static final Duration WHILE = Duration.ofMillis(500);
    private static final long XRUN_LINES_NANOS = Duration.ofSeconds(1).toNanos();

    private final Console console;
    private long lastXrunNanos = Long.MIN_VALUE;
    private long xrunsUnsaid;

    PlainView(Console console) {
        this.console = console;
    }

    @Override
    public void notice(String text) {
        console.complain(text);
    }

    @Override
    public void begun(Begun track) {
        console.out().text(String.join("\n", TrackText.begun(track, console.style())) + "\n");
    }

    @Override
    public void rerouted(Begun track) {
        console.out().text(String.join("\n", TrackText.path(track, console.style())) + "\n");
    }

    @Override
    public void failed(Problem problem) {
        console.complain(problem.line());
    }

    /// A stream that cannot keep up has hundreds of xruns a second: one line a second tells of them.
    @Override
    public synchronized void happened(StreamEvent event, Duration at) {
        String more = "";
        if (event.kind() == StreamEvent.Kind.XRUN) {
            if (lastXrunNanos != Long.MIN_VALUE && event.nanos() - lastXrunNanos < XRUN_LINES_NANOS) {
                xrunsUnsaid++;
                return;
            }
            more = xrunsUnsaid > 0 ? " (and " + xrunsUnsaid + " before)" : "";
            lastXrunNanos = event.nanos();
            xrunsUnsaid = 0;
        }
        console.out().line(TrackText.event(event, at) + more);
    }

    @Override
    public void ended(Summary summary, Exit exit) {
        console.out().line(TrackText.ended(summary));
    }

    @Override
    public boolean attend(Player player) {
        boolean _ = player.await(WHILE);
        return true;
    }

    @Override
    public void close() {}
}
