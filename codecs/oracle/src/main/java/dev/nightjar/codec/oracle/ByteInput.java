package dev.nightjar.codec.oracle;

import dev.nightjar.media.MediaInput;

/// Bytes as an input: a file, or a pipe that gives a few at a time and cannot seek.
public final class ByteInput implements MediaInput {
    private static final int PIPE_BYTES = 1021;

    private final byte[] bytes;
    private final boolean pipe;
    private long position;
    private boolean closed;

    private ByteInput(byte[] bytes, boolean pipe) {
        this.bytes = bytes;
        this.pipe = pipe;
    }

    public static ByteInput file(byte[] bytes) {
        return new ByteInput(bytes, false);
    }

    public static ByteInput pipe(byte[] bytes) {
        return new ByteInput(bytes, true);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(pipe ? Math.min(length, PIPE_BYTES) : length, bytes.length - position);
        System.arraycopy(bytes, (int) position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return pipe ? -1 : bytes.length;
    }

    @Override
    public boolean canSeek() {
        return !pipe;
    }

    @Override
    public void seek(long newPosition) {
        if (pipe) {
            throw new UnsupportedOperationException("a pipe cannot seek");
        }
        position = newPosition;
    }

    @Override
    public void close() {
        closed = true;
    }
}
