import org.jspecify.annotations.NullMarked;

/// Decodes Ogg Vorbis with jorbis.
@NullMarked
@SuppressWarnings("module")
module dev.nightjar.codec.vorbis {
    requires static org.jspecify;
    requires dev.nightjar.media;
    requires jorbis;

    provides dev.nightjar.media.MediaFormat with
            dev.nightjar.codec.vorbis.VorbisFormat;
}
