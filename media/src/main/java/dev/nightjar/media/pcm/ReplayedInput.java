package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaInput;
import java.io.IOException;

/// An input that cannot seek, with the bytes that were read from it in advance put back in front.
public final class ReplayedInput implements MediaInput {
    private final byte[] head;
    private final MediaInput rest;
    private final long start;
    private int used;

    /// Gives `head`, which was read from `rest` last, and then what `rest` still has.
    public ReplayedInput(byte[] head, MediaInput rest) {
        this.head = head;
        this.rest = rest;
        this.start = rest.position() - head.length;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (used == head.length) {
            return rest.read(into, offset, length);
        }
        int count = Math.min(length, head.length - used);
        System.arraycopy(head, used, into, offset, count);
        used += count;
        return count;
    }

    @Override
    public long position() {
        return used == head.length ? rest.position() : start + used;
    }

    @Override
    public long length() {
        return rest.length();
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
        rest.close();
    }
}
