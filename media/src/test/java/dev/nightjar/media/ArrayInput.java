package dev.nightjar.media;

/// Bytes in memory as an input that can seek.
public final class ArrayInput implements MediaInput {
    private final byte[] bytes;
    private long position;

    public ArrayInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position >= bytes.length) {
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - position);
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
        return bytes.length;
    }

    @Override
    public boolean canSeek() {
        return true;
    }

    @Override
    public void seek(long to) {
        position = to;
    }

    @Override
    public void close() {}
}
