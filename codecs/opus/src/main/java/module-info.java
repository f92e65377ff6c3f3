import org.jspecify.annotations.NullMarked;

/// Decodes Ogg Opus with concentus.
@NullMarked
module dev.nightjar.codec.opus {
    requires static org.jspecify;
    requires dev.nightjar.media;
    requires concentus;
}
