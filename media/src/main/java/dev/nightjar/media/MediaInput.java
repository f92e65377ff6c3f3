package dev.nightjar.media;

import java.io.Closeable;
import java.io.IOException;

/// Bytes to parse: a file, which can seek, or a stream such as standard input, which cannot. Used by one thread at a
/// time.
public interface MediaInput extends Closeable {
    /// Reads up to `length` bytes; blocks until there is at least one.
    ///
    /// @return how many bytes were read, or -1 at the end
    int read(byte[] into, int offset, int length) throws IOException;

    /// The offset of the next byte from the start of the input.
    long position();

    /// The length in bytes, or -1 if it is not known.
    long length();

    boolean canSeek();

    /// Moves to a byte; positions beyond the end read as the end.
    ///
    /// @throws UnsupportedOperationException if [#canSeek()] is false
    void seek(long position) throws IOException;
}
