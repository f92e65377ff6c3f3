import org.jspecify.annotations.NullMarked;

/// Decodes MPEG audio layers 1 to 3 with jlayer.
@NullMarked
@SuppressWarnings("module")
module dev.nightjar.codec.mp3 {
    requires static org.jspecify;
    requires dev.nightjar.media;
    requires jlayer;

    provides dev.nightjar.media.MediaFormat with
            dev.nightjar.codec.mp3.Mp3Format;
}
