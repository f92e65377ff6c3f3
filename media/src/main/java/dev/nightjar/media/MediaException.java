package dev.nightjar.media;

import java.io.IOException;

/// A file that cannot be read as audio. The message is one sentence for a person: what is wrong and, where it is
/// known, at which byte.
public final class MediaException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What the caller can do about it.
    public enum Kind {
        /// No known format begins like this: another file, or a codec module that is not installed.
        UNRECOGNISED,
        /// The format is known, but this variant of it is not decoded.
        UNSUPPORTED,
        /// The bytes break the rules of the format.
        CORRUPT,
        /// The bytes end before the format says so.
        TRUNCATED
    }

    private final Kind kind;

    public MediaException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
