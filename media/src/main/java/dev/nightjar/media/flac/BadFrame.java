package dev.nightjar.media.flac;

/// Bytes that are no FLAC frame. Carries no stack: a search for the next frame meets many.
final class BadFrame extends Exception {
    private static final long serialVersionUID = 1L;

    /// What was wrong with the bytes.
    enum Cause {
        NO_FRAME("no frame begins here"),
        HEADER("the frame header breaks the rules"),
        SUBFRAME("a subframe breaks the rules"),
        CHECKSUM("the checksum of the frame is wrong"),
        RANGE("a sample does not fit the bits of the stream"),
        TOO_LONG("the frame is longer than 16 MiB, seven times what the greatest one has uncompressed"),
        ENDS("the bytes end within the frame");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Cause reason;

    BadFrame(Cause reason) {
        super(reason.words(), null, false, false);
        this.reason = reason;
    }

    Cause reason() {
        return reason;
    }
}
