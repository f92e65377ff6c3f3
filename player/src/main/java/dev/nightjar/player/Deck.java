package dev.nightjar.player;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A track that is open: its frames are decoded, and converted into a line. Used by one thread.
final class Deck implements Closeable {
    /// What is decoded at once.
    static final int BLOCK_FRAMES = 2048;

    final int index;
    final Track track;
    final MediaInfo info;
    private final MediaReader reader;
    private final byte[] bytes;
    private final MemorySegment frames;
    private @Nullable Line line;
    private @Nullable Chain chain;
    private MemorySegment converted = MemorySegment.NULL;
    private int count;
    private long expected = -1;
    private long skip;
    private boolean everDecoded;
    private boolean stumbled;

    private Deck(int index, Track track, MediaReader reader) {
        this.index = index;
        this.track = track;
        this.reader = reader;
        this.info = reader.info();
        this.bytes = new byte[BLOCK_FRAMES * info.format().frameBytes()];
        this.frames = MemorySegment.ofArray(bytes);
    }

    /// @throws IOException if it cannot be read
    static Deck open(int index, Track track) throws IOException {
        try {
            return new Deck(index, track, track.source().open());
        } catch (RuntimeException e) {
            throw failed(track, e);
        }
    }

    private static IOException failed(Track track, RuntimeException cause) {
        return new IOException(track.name() + ": the decoder failed: " + cause, cause);
    }

    /// Its frames go to this line from now on.
    void playInto(Line target, double gainDb) {
        if (line != target) {
            line = target;
            chain = new Chain(info, target.format, gainDb);
            converted = Arena.ofAuto().allocate((long) BLOCK_FRAMES * target.format.frameBytes(), 8);
        }
        expected = -1;
        begin();
    }

    boolean isPlayingInto(Line target) {
        return target == line;
    }

    private void begin() {
        long at = reader.position() + skip;
        if (at != expected && line != null && chain != null) {
            line.begin(new Passage(line.written(), index, track, info, at, chain.path()));
            expected = at;
        }
    }

    /// Goes to a frame; in an input that cannot seek, the frames before it are decoded unheard.
    ///
    /// @throws IOException if the input can only go forward and is beyond the frame
    void seek(long frame) throws IOException {
        if (reader.canSeek()) {
            reader.seek(frame);
        } else if (frame >= reader.position()) {
            skip = frame - reader.position();
        } else {
            throw new IOException(track.name() + " cannot go back: it is not a file");
        }
    }

    /// Decodes the next block and writes it to the line, which has room for [#BLOCK_FRAMES].
    ///
    /// @return whether there was one; false at the end
    /// @throws IOException if the track is broken here
    boolean decode() throws IOException {
        Line target = line;
        Chain through = chain;
        if (target == null || through == null) {
            throw new IllegalStateException("a deck plays into a line");
        }
        int wanted = (int) Math.min(BLOCK_FRAMES, skip > 0 ? skip : BLOCK_FRAMES);
        count = 0;
        int read;
        try {
            begin();
            read = reader.read(bytes, 0, wanted);
        } catch (RuntimeException e) {
            throw failed(track, e);
        }
        if (read < 0) {
            return false;
        }
        stumbled = false;
        if (skip > 0) {
            skip -= read;
            return true;
        }
        everDecoded = true;
        through.convert(frames, converted, read);
        target.ring.write(converted, 0, read);
        expected += read;
        count = read;
        return true;
    }

    /// Measures the block that was decoded last.
    void measure() {
        if (count > 0 && line != null) {
            line.measure(converted, count);
            count = 0;
        }
    }

    /// Whether the reader may find frames behind the damage that it has just told of.
    boolean goesOnBehind(IOException damage) {
        boolean goesOn = damage instanceof MediaException && !stumbled;
        stumbled = true;
        return goesOn;
    }

    /// Whether there was a frame to hear.
    boolean everDecoded() {
        return everDecoded;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
