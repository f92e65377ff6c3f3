package dev.nightjar.app;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/// What a person may press while something is played.
enum Key {
    PAUSE,
    FORWARD,
    BACKWARD,
    NEXT,
    PREVIOUS,
    QUIT,
    /// Nothing, or a key without a meaning.
    NONE,
    /// No key will come any more.
    END;

    private static final int ESCAPE = 27;
    private static final long SEQUENCE_MILLIS = 25;

    /// Waits for a key.
    ///
    /// @param millis how long, more than 0
    static Key read(NonBlockingReader reader, long millis) {
        try {
            int c = reader.read(millis);
            return switch (c) {
                case NonBlockingReader.EOF -> END;
                case ' ' -> PAUSE;
                case 'q', 'Q' -> QUIT;
                case 'n' -> NEXT;
                case 'p' -> PREVIOUS;
                case ESCAPE -> sequence(reader);
                default -> NONE;
            };
        } catch (IOException _) {
            return END;
        }
    }

    /// The rest of a cursor key: `ESC [ C` or, in application mode, `ESC O C` (ECMA-48, xterm).
    private static Key sequence(NonBlockingReader reader) throws IOException {
        int introducer = reader.read(SEQUENCE_MILLIS);
        if (introducer != '[' && introducer != 'O') {
            return NONE;
        }
        int last = reader.read(SEQUENCE_MILLIS);
        while ((last >= '0' && last <= '9') || last == ';') {
            last = reader.read(SEQUENCE_MILLIS);
        }
        return switch (last) {
            case 'A' -> PREVIOUS;
            case 'B' -> NEXT;
            case 'C' -> FORWARD;
            case 'D' -> BACKWARD;
            default -> NONE;
        };
    }
}
