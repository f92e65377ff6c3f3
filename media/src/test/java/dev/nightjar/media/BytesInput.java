package dev.nightjar.media;

/// Bytes in memory as an input for tests.
public final class BytesInput implements MediaInput {
    private final byte[] bytes;
    private final boolean seekable;
    private int position;
    private boolean closed;

    public BytesInput(byte[] bytes) {
        this(bytes, true);
    }

    /// @param seekable whether it behaves like a file or, if not, like a pipe, which gives odd amounts and no length
    public BytesInput(byte[] bytes, boolean seekable) {
        this.bytes = bytes;
        this.seekable = seekable;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (position >= bytes.length) {
            return -1;
        }
        int most = seekable ? length : Math.min(length, 1 + position % 1237);
        int count = Math.min(most, bytes.length - position);
        System.arraycopy(bytes, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return seekable ? bytes.length : -1;
    }

    @Override
    public boolean canSeek() {
        return seekable;
    }

    @Override
    public void seek(long target) {
        if (!seekable) {
            throw new UnsupportedOperationException("a pipe cannot seek");
        }
        position = (int) Math.min(bytes.length, target);
    }

    @Override
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }
}
