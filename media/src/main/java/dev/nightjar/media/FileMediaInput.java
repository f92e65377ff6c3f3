package dev.nightjar.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a regular file, buffered; can seek. Used by one thread at a time.
///
/// The length is read once, at opening: what is appended later is not seen.
public final class FileMediaInput implements MediaInput {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private long bufferStart;

    private FileMediaInput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
        FileUse.reads(channel);
    }

    /// Opens a file for reading.
    ///
    /// @throws IOException if it is missing or may not be read, as [FileChannel#open] says it
    public static FileMediaInput open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileMediaInput(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        long next = position();
        if (next >= length) {
            return false;
        }
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, length - next));
        int count = channel.read(buffer, next);
        buffer.flip();
        bufferStart = next;
        return count > 0;
    }

    @Override
    public long position() {
        return bufferStart + buffer.position();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean canSeek() {
        return true;
    }

    @Override
    public void seek(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("bytes are counted from 0, position=" + position);
        }
        if (position >= bufferStart && position - bufferStart <= buffer.limit()) {
            buffer.position((int) (position - bufferStart));
        } else {
            buffer.position(0).limit(0);
            bufferStart = position;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
