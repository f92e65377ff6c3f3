import org.jspecify.annotations.NullMarked;

/// Audio files in and out: containers, tags and the decoders that Nightjar has itself.
@NullMarked
module dev.nightjar.media {
    requires static transitive org.jspecify;
    requires transitive dev.nightjar.dsp;

    uses dev.nightjar.media.MediaFormat;

    exports dev.nightjar.media;

    provides dev.nightjar.media.MediaFormat with
            dev.nightjar.media.flac.FlacFormat,
            dev.nightjar.media.flac.OggFlacFormat,
            dev.nightjar.media.pcm.AiffFormat,
            dev.nightjar.media.pcm.AuFormat,
            dev.nightjar.media.pcm.CafFormat,
            dev.nightjar.media.pcm.WavFormat;
}
