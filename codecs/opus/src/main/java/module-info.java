import org.jspecify.annotations.NullMarked;

/// Decodes Ogg Opus with concentus.
@NullMarked
@SuppressWarnings("module")
module dev.nightjar.codec.opus {
    requires static org.jspecify;
    requires dev.nightjar.media;
    requires concentus;

    provides dev.nightjar.media.MediaFormat with
            dev.nightjar.codec.opus.OpusFormat;
}
