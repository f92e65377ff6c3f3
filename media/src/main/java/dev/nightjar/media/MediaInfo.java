package dev.nightjar.media;

import dev.nightjar.dsp.StreamFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a file says about itself.
///
/// @param container the file format, such as `FLAC`, `WAV (RF64)`, `Ogg`
/// @param codec how the samples are coded, such as `FLAC 24 bit`, `PCM`, `MP3 320 kbit/s`
/// @param format the frames that [MediaReader] gives: interleaved, in the container that holds the file's samples
///     without loss
/// @param frames how many frames there are, or -1 if the file does not say
/// @param exact whether the frames are the samples that went into the file, bit for bit (PCM, FLAC), not an
///     approximation (MP3)
/// @param tags title, artist and so on, by upper-case Vorbis comment field name (`TITLE`, `ARTIST`, `ALBUM`,
///     `TRACKNUMBER`, `DATE`), in the order of the file
/// @param notes oddities that were read past, one sentence each, such as a data chunk that claims more than the
///     file has
public record MediaInfo(
        String container,
        String codec,
        StreamFormat format,
        long frames,
        boolean exact,
        Map<String, List<String>> tags,
        List<String> notes) {
    public MediaInfo {
        if (format.isPlanar()) {
            throw new IllegalArgumentException("a reader gives interleaved frames, format=" + format);
        }
        if (frames < -1) {
            throw new IllegalArgumentException("frames are counted from 0, or -1 if unknown, frames=" + frames);
        }
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        notes = List.copyOf(notes);
    }
}
