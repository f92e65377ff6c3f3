package dev.nightjar.codec.vorbis;

import dev.nightjar.media.MediaInput;
import java.io.IOException;

/// Counts the bytes that are read.
final class CountedInput implements MediaInput {
    private final MediaInput input;
    long read;

    CountedInput(MediaInput input) {
        this.input = input;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = input.read(into, offset, length);
        read += Math.max(0, count);
        return count;
    }

    @Override
    public long position() {
        return input.position();
    }

    @Override
    public long length() {
        return input.length();
    }

    @Override
    public boolean canSeek() {
        return input.canSeek();
    }

    @Override
    public void seek(long position) throws IOException {
        input.seek(position);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
