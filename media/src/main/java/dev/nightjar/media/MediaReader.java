package dev.nightjar.media;

import java.io.Closeable;
import java.io.IOException;

/// An open audio file whose frames are read one after the other. Used by one thread at a time; may block; never on
/// the audio thread.
public interface MediaReader extends Closeable {
    MediaInfo info();

    /// Reads up to `frames` frames, interleaved in the format of [MediaInfo#format()], to `into` from byte `offset`
    /// on.
    ///
    /// @return how many frames were read, at least 1, or -1 at the end
    /// @throws MediaException if the file is broken here; what was read before is good, and a further read gives
    ///     -1 or goes on behind the damage
    int read(byte[] into, int offset, int frames) throws IOException;

    /// The index of the frame that the next [#read] gives.
    long position();

    /// Whether [#seek] works: the format can do it and the input too.
    boolean canSeek();

    /// Moves so that the next read begins with exactly this frame; beyond the end the next read gives -1.
    ///
    /// @throws UnsupportedOperationException if [#canSeek()] is false
    void seek(long frame) throws IOException;
}
