package dev.nightjar.player;

import dev.nightjar.SignalPath;
import dev.nightjar.StreamEvent;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.spi.StreamShape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a listener heard, one line each.
final class News implements PlayerListener {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<SignalPath> paths = new CopyOnWriteArrayList<>();
    final List<StreamShape> shapes = new CopyOnWriteArrayList<>();
    volatile Optional<Exception> cause = Optional.empty();

    @Override
    public void trackBegan(Track track, MediaInfo info, SignalPath path, StreamShape shape) {
        lines.add("began " + track.name());
        paths.add(path);
        shapes.add(shape);
    }

    @Override
    public void pathChanged(Track track, SignalPath path, StreamShape shape) {
        lines.add("path of " + track.name());
        paths.add(path);
        shapes.add(shape);
    }

    @Override
    public void trackRefused(Track track, Exception why) {
        lines.add("refused " + track.name() + ": " + why.getMessage());
    }

    @Override
    public void trackDamaged(Track track, IOException why) {
        lines.add("damaged " + track.name() + ": " + why.getMessage());
    }

    @Override
    public void streamEvent(StreamEvent event) {
        lines.add("stream " + event.kind());
    }

    @Override
    public void ended(Optional<Exception> why) {
        lines.add("ended");
        cause = why;
    }

    /// The lines but those of the stream.
    List<String> ofTracks() {
        return lines.stream().filter(line -> !line.startsWith("stream ")).toList();
    }
}
