package dev.nightjar.player;

import dev.nightjar.media.Media;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// Something to play.
///
/// @param name what a person calls it; not blank
/// @param source where its frames come from
public record Track(String name, Source source) {
    /// Where frames come from.
    @FunctionalInterface
    public interface Source {
        /// Opens it at its first frame, each time that the track is to be played. The player closes the reader.
        /// `[control-thread]`
        ///
        /// @throws IOException if it cannot be read, or not once more
        MediaReader open() throws IOException;
    }

    public Track {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a track has a name that is not blank");
        }
    }

    /// A file, opened when its turn comes.
    public static Track of(Path file) {
        return new Track(file.toString(), () -> Media.open(file));
    }

    /// An input such as standard input. It can be played once, as it begins where the last reader left it.
    ///
    /// @param name what a person calls it; its extension, if it has one, breaks ties between formats
    public static Track of(MediaInput input, String name) {
        AtomicBoolean used = new AtomicBoolean();
        return new Track(name, () -> {
            if (used.getAndSet(true)) {
                throw new IOException(name + " was read and cannot be read again");
            }
            return Media.open(input, name);
        });
    }
}
