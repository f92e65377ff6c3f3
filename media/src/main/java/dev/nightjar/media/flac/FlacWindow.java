package dev.nightjar.media.flac;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The part of an input that is being parsed. Grows only when it is full of bytes that were really there.
///
/// Not thread-safe.
final class FlacWindow {
    private static final int FIRST_BYTES = 128 * 1024;

    private final MediaInput input;
    private byte[] bytes = new byte[FIRST_BYTES + BitReader.SLACK];
    private long offset;
    private int at;
    private int limit;
    private boolean end;
    private @Nullable MediaException damage;

    FlacWindow(MediaInput input) {
        this.input = input;
        this.offset = input.position();
    }

    /// The array that holds the bytes, with [BitReader#SLACK] to spare. Valid until more is read.
    byte[] bytes() {
        return bytes;
    }

    /// The index of the next byte.
    int at() {
        return at;
    }

    /// The index behind the last byte that was read.
    int limit() {
        return limit;
    }

    int available() {
        return limit - at;
    }

    /// The offset of the next byte in the input.
    long position() {
        return offset + at;
    }

    /// Whether there are no more bytes behind the window: the input ended, or is broken at this point.
    boolean isEnd() {
        return end;
    }

    /// Reads until `count` bytes are available, or the end.
    ///
    /// @return whether they are
    boolean ensure(int count) throws IOException {
        while (limit - at < count && !end) {
            fill();
        }
        return limit - at >= count;
    }

    /// Moves on within what is available.
    void skip(int count) {
        at += count;
    }

    /// Moves on, also far.
    ///
    /// @return false if the input ends before
    boolean skipFar(long count) throws IOException {
        if (count > available() && input.canSeek()) {
            long target = position() + count;
            if (target > input.length()) {
                return false;
            }
            seek(target);
            return true;
        }
        long left = count;
        while (left > 0) {
            if (!ensure(1)) {
                return false;
            }
            int step = (int) Math.min(left, available());
            at += step;
            left -= step;
        }
        return true;
    }

    /// Copies and skips `count` bytes.
    ///
    /// @return null if the input ends before
    byte @Nullable [] take(int count) throws IOException {
        byte[] taken = new byte[Math.min(count, FIRST_BYTES)];
        int length = 0;
        while (length < count) {
            if (!ensure(1)) {
                return null;
            }
            int step = Math.min(count - length, available());
            if (length + step > taken.length) {
                taken = Arrays.copyOf(taken, Math.min(count, 2 * (length + step)));
            }
            System.arraycopy(bytes, at, taken, length, step);
            at += step;
            length += step;
        }
        return taken;
    }

    /// Moves to the next byte that could begin a frame, at or behind the next one.
    ///
    /// @return false if there is none; the window is then at its end
    boolean findSync() throws IOException {
        while (ensure(2)) {
            while (at + 1 < limit) {
                if (FrameHeader.isSync(bytes, at)) {
                    return true;
                }
                at++;
            }
        }
        at = limit;
        return false;
    }

    void seek(long position) throws IOException {
        input.seek(position);
        restart();
    }

    /// Goes on reading behind an end that was not the last one.
    void restart() {
        offset = input.position();
        at = 0;
        limit = 0;
        end = false;
        damage = null;
    }

    /// What the input threw where the window ends, once; then reading goes on there, without the bytes left over.
    @Nullable
    MediaException takeDamage() {
        MediaException taken = damage;
        if (taken != null) {
            at = limit;
            damage = null;
            end = false;
        }
        return taken;
    }

    boolean isDamaged() {
        return damage != null;
    }

    private void fill() throws IOException {
        int capacity = bytes.length - BitReader.SLACK;
        if (limit == capacity && at > 0) {
            System.arraycopy(bytes, at, bytes, 0, limit - at);
            offset += at;
            limit -= at;
            at = 0;
        }
        if (limit == capacity) {
            bytes = Arrays.copyOf(bytes, 2 * capacity + BitReader.SLACK);
            capacity *= 2;
        }
        try {
            int count = input.read(bytes, limit, capacity - limit);
            limit += Math.max(0, count);
            end = count < 0;
        } catch (MediaException e) {
            damage = e;
            end = true;
        }
    }
}
