package dev.nightjar.codec.vorbis;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;

/// The identification header (Vorbis I specification, section 4.2.2).
///
/// @param bitRate the nominal one in bits a second, 0 or less if it is not said
/// @param shortBlock samples of a short block, 64 to 8192
/// @param longBlock samples of a long block, at least as many
record VorbisInfo(int channels, int rate, int bitRate, int shortBlock, int longBlock) {
    private static final int MIN_BLOCK = 64;
    private static final int MAX_BLOCK = 8192;

    /// @param in behind the name of the packet
    static VorbisInfo parse(BitReader in) throws MediaException {
        if (in.read(32) != 0) {
            throw new MediaException(Kind.UNSUPPORTED, "another version of Vorbis than I is not decoded");
        }
        int channels = in.bits(8);
        long rate = in.read(32);
        in.skip(32);
        int bitRate = (int) in.read(32);
        in.skip(32);
        int shortBlock = 1 << in.bits(4);
        int longBlock = 1 << in.bits(4);
        if (channels == 0 || rate == 0 || rate > StreamFormat.MAX_RATE) {
            throw new MediaException(Kind.CORRUPT, "the Vorbis header says " + channels + " channels, " + rate + " Hz");
        }
        if (shortBlock < MIN_BLOCK || longBlock < shortBlock || longBlock > MAX_BLOCK || !in.flag()) {
            throw new MediaException(
                    Kind.CORRUPT, "the Vorbis header says blocks of " + shortBlock + " and " + longBlock + " samples");
        }
        return new VorbisInfo(channels, (int) rate, bitRate, shortBlock, longBlock);
    }

    /// @param isLong the flag of a mode
    int block(boolean isLong) {
        return isLong ? longBlock : shortBlock;
    }
}
