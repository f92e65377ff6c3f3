package dev.nightjar.codec.mp3;

import dev.nightjar.media.MediaInput;
import java.io.IOException;

/// The next bytes of an input, to be looked at before they are taken.
final class InputWindow {
    private static final int CAPACITY = 64 * 1024;

    private final MediaInput input;
    private final byte[] bytes = new byte[CAPACITY];
    private int start;
    private int end;

    InputWindow(MediaInput input) {
        this.input = input;
    }

    /// The offset in the input of the first byte that has not been taken.
    long position() {
        return input.position() - (end - start);
    }

    /// Makes so many bytes visible, at most 64 KiB.
    ///
    /// @return false if the input ends before
    boolean ensure(int count) throws IOException {
        if (end - start < count && start + count > CAPACITY) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        while (end - start < count) {
            int read = input.read(bytes, end, CAPACITY - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /// How many bytes are visible.
    int available() {
        return end - start;
    }

    int u8(int offset) {
        return bytes[start + offset] & 0xFF;
    }

    /// Four bytes, the first in the most significant place.
    int word(int offset) {
        return u8(offset) << 24 | u8(offset + 1) << 16 | u8(offset + 2) << 8 | u8(offset + 3);
    }

    void copy(byte[] into, int length) {
        System.arraycopy(bytes, start, into, 0, length);
    }

    /// Takes bytes, also such as are not visible yet; stops at the end of the input.
    void skip(long count) throws IOException {
        if (count <= end - start) {
            start += (int) count;
            return;
        }
        if (input.canSeek()) {
            seek(position() + count);
            return;
        }
        long left = count;
        while (left > 0 && ensure(1)) {
            int step = (int) Math.min(left, end - start);
            start += step;
            left -= step;
        }
    }

    void seek(long position) throws IOException {
        long ahead = position - position();
        if (ahead >= 0 && ahead <= end - start) {
            start += (int) ahead;
            return;
        }
        start = 0;
        end = 0;
        input.seek(position);
    }
}
