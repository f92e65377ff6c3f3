package dev.nightjar.app;

import org.jline.utils.Signals;

/// Ctrl-C and the signal to terminate: the first fades out and ends, the second ends at once.
final class Interruption {
    private Interruption() {}

    static void listen(Session session, View view) {
        on("INT", Exit.INTERRUPTED, session, view);
        on("TERM", Exit.TERMINATED, session, view);
    }

    private static void on(String signal, Exit exit, Session session, View view) {
        Object _ = Signals.register(signal, () -> {
            if (!session.stop(exit)) {
                view.close();
                Runtime.getRuntime().halt(exit.code());
            }
        });
    }
}
