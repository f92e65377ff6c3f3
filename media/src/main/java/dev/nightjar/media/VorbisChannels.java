package dev.nightjar.media;

import dev.nightjar.dsp.ChannelLayout;

/// The order of channels in Vorbis (Vorbis I specification, section 4.3.9), which Opus shares (RFC 7845
/// section 5.1.1.2), against that of [ChannelLayout#ofCount].
public final class VorbisChannels {
    /// For each channel of the layout, the channel of the codec.
    private static final int[][] SOURCES = {
        {0},
        {0, 1},
        {0, 2, 1},
        {0, 1, 2, 3},
        {0, 2, 1, 3, 4},
        {0, 2, 1, 5, 3, 4},
        {0, 2, 1, 6, 5, 3, 4},
        {0, 2, 1, 7, 5, 6, 3, 4},
    };

    private VorbisChannels() {}

    /// The layout that so many channels have; discrete beyond eight.
    public static ChannelLayout layout(int channels) {
        return ChannelLayout.ofCount(channels);
    }

    /// For each channel of [#layout], which channel of the codec it is.
    public static int[] sources(int channels) {
        if (channels <= SOURCES.length) {
            return SOURCES[channels - 1].clone();
        }
        int[] same = new int[channels];
        for (int i = 0; i < channels; i++) {
            same[i] = i;
        }
        return same;
    }
}
