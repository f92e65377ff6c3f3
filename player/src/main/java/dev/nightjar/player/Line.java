package dev.nightjar.player;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.player.PlayerStatus.Level;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.FrameRing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decoded frames on their way to one format of a stream, and which track each of them belongs to. One thread
/// writes, the audio thread reads the ring, any thread asks what is heard.
final class Line {
    /// The native format of the stream; the ring holds its frames interleaved.
    final StreamFormat format;

    final FrameRing ring;
    final Timeline timeline = new Timeline();
    private final Deque<Passage> passages = new ArrayDeque<>();
    private @Nullable Levels levels;
    private volatile long cutAt;

    /// @param capacityFrames how many decoded frames may wait
    Line(StreamFormat format, int capacityFrames) {
        this.format = format;
        this.ring = new FrameRing(format.frameBytes(), capacityFrames);
    }

    StreamFormat interleaved() {
        return format.withPacking(StreamFormat.Packing.INTERLEAVED);
    }

    /// How many frames were ever written.
    long written() {
        return ring.framesWritten();
    }

    /// How full it is, 0 to 1.
    double fill() {
        return (double) ring.readable() / ring.capacity();
    }

    /// Measures what was just written.
    void measure(MemorySegment frames, int count) {
        if (format.sample().isPcm()) {
            Levels known = levels;
            if (known == null) {
                known = new Levels(interleaved(), ring.capacity());
                synchronized (this) {
                    levels = known;
                }
            }
            known.measure(frames, count);
        }
    }

    synchronized List<Level> levels(long heard) {
        return levels == null || heard == 0 ? List.of() : levels.since(heard);
    }

    /// What is written from now on belongs to this passage.
    synchronized void begin(Passage passage) {
        Passage last = passages.peekLast();
        if (last != null && last.from() == passage.from()) {
            passages.removeLast();
        }
        passages.addLast(passage);
    }

    /// Discards what was not rendered yet.
    synchronized void cut() {
        ring.flush();
        cutAt = written();
        passages.clear();
    }

    /// Makes room where frames were cut; done by the audio thread, or by another while no turn runs.
    @AudioThread
    void passFlushed() {
        ring.read(MemorySegment.NULL, 0, 0);
    }

    /// The frame that is heard.
    ///
    /// @param position of the stream, at the converter
    long heard(long position) {
        return Math.max(cutAt, timeline.heard(position, ring.framesRead()));
    }

    /// The passage that is known first.
    synchronized @Nullable Passage first() {
        return passages.peekFirst();
    }

    /// The passage that a frame is in, or the first there is.
    synchronized @Nullable Passage passage(long frame) {
        Passage found = passages.peekFirst();
        for (Passage passage : passages) {
            found = passage.from() <= frame ? passage : found;
        }
        return found;
    }

    /// Forgets the passages before the one that a frame is in, one at a time.
    ///
    /// @return the first passage, if the frame is beyond it
    synchronized @Nullable Passage pass(long frame) {
        if (passages.size() < 2) {
            return null;
        }
        Passage first = passages.removeFirst();
        Passage second = passages.getFirst();
        if (second.from() <= frame && second.from() < written()) {
            return second;
        }
        passages.addFirst(first);
        return null;
    }
}
