import org.jspecify.annotations.NullMarked;

/// Decodes Ogg Vorbis with jorbis.
@NullMarked
module dev.nightjar.codec.vorbis {
    requires static org.jspecify;
    requires dev.nightjar.media;
    requires jorbis;
}
