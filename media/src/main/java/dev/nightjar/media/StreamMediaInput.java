package dev.nightjar.media;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of a stream such as standard input, a pipe or a socket; cannot seek and does not know its length.
/// Used by one thread at a time.
public final class StreamMediaInput implements MediaInput {
    private final InputStream stream;
    private long position;

    /// Reads this stream from its next byte on, and closes it when the input is closed.
    public StreamMediaInput(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = stream.read(into, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public boolean canSeek() {
        return false;
    }

    @Override
    public void seek(long position) {
        throw new UnsupportedOperationException("a stream cannot seek");
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
