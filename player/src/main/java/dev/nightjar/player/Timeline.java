package dev.nightjar.player;

import dev.nightjar.spi.AudioThread;
import java.util.concurrent.atomic.AtomicLongArray;

/* A stream's position counts frames that were rendered or lost; a ring counts frames that were decoded. They run side by side until a turn finds no frame,
frames are lost, or the ring is cut: at each such place the audio thread notes both counts and whether frames or silence follow. What is heard lies at most a
host buffer back, so a handful of notes is enough. */
/// Which frame of a ring is heard when the converter is at a position of the stream. Written by the audio thread,
/// read by any. Allocates only in the constructor.
final class Timeline {
    private static final int NOTES = 64;

    private final AtomicLongArray positions = new AtomicLongArray(NOTES);
    private final AtomicLongArray frames = new AtomicLongArray(NOTES);
    private volatile int count;
    private long nextPosition = Long.MIN_VALUE;
    private long nextFrame;
    private boolean moving;

    /// Notes that frames of the ring were rendered.
    ///
    /// @param position of the stream, of the first of them
    /// @param frame of the ring, the first of them
    @AudioThread
    void rendered(long position, long frame, int length) {
        if (!moving || position != nextPosition || frame != nextFrame) {
            note(position, frame, true);
        }
        nextPosition = position + length;
        nextFrame = frame + length;
    }

    /// Notes that silence was rendered from a position on, before a frame of the ring.
    @AudioThread
    void silent(long position, long frame) {
        if (moving || nextFrame != frame || count == 0) {
            note(position, frame, false);
            nextFrame = frame;
        }
    }

    @AudioThread
    private void note(long position, long frame, boolean following) {
        int at = count;
        positions.set(at % NOTES, position);
        frames.set(at % NOTES, following ? frame : -1 - frame);
        count = at + 1;
        moving = following;
    }

    /// The frame that is at the converter. `[any-thread]`
    ///
    /// @param position of the stream, at the converter
    /// @param read how many frames of the ring were rendered so far
    long heard(long position, long read) {
        while (true) {
            int until = count;
            long found = find(position, read, until);
            if (count - until < NOTES / 2) {
                return found;
            }
        }
    }

    private long find(long position, long read, int until) {
        long limit = read;
        long earliest = 0;
        for (int i = until - 1; i >= Math.max(0, until - NOTES / 2); i--) {
            long noted = frames.get(i % NOTES);
            long frame = noted < 0 ? -1 - noted : noted;
            long since = position - positions.get(i % NOTES);
            if (since >= 0) {
                return noted < 0 ? frame : Math.min(limit, frame + since);
            }
            limit = frame;
            earliest = frame;
        }
        return earliest;
    }
}
