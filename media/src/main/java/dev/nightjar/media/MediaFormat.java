package dev.nightjar.media;

import java.io.IOException;
import java.util.List;

/// A file format that can be read, found by `ServiceLoader`. Has a public constructor without parameters.
public interface MediaFormat {
    /// The most bytes that [#matches] is given.
    int HEAD_BYTES = 64 * 1024;

    /// The name for people, such as `FLAC`.
    String name();

    /// File name extensions in lower case without the dot; they break ties and are listed in help, and never decide
    /// alone unless nothing matches.
    List<String> extensions();

    /// How sure the format is that a file with this beginning is its own: 0 no, 50 could be (a weak sync pattern),
    /// 100 certain (a magic number).
    ///
    /// @param head the first bytes of the file, at most [#HEAD_BYTES]; all there are when shorter
    int matches(byte[] head);

    /// Opens the file from its first byte. On success the reader owns the input and closes it; on failure the caller
    /// still does.
    ///
    /// @throws MediaException if it cannot be read
    MediaReader open(MediaInput input) throws IOException;
}
