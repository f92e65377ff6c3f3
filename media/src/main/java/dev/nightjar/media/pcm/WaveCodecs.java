package dev.nightjar.media.pcm;

/// The names of the codecs that a WAVE format tag may stand for (mmreg.h `WAVE_FORMAT_*`), for messages.
final class WaveCodecs {
    static final int PCM = 0x0001;
    static final int FLOAT = 0x0003;
    static final int A_LAW = 0x0006;
    static final int MU_LAW = 0x0007;
    static final int EXTENSIBLE = 0xFFFE;

    private WaveCodecs() {}

    /// Such as `MS ADPCM`, or the tag in hexadecimal.
    static String name(int tag) {
        return switch (tag) {
            case 0x0002 -> "MS ADPCM";
            case 0x0010 -> "OKI ADPCM";
            case 0x0011 -> "IMA ADPCM";
            case 0x0014, 0x0042 -> "G.723";
            case 0x0017 -> "Dialogic OKI ADPCM";
            case 0x0020 -> "Yamaha ADPCM";
            case 0x0022 -> "TrueSpeech";
            case 0x0031 -> "GSM 6.10";
            case 0x0040 -> "G.721 ADPCM";
            case 0x0045, 0x0064 -> "G.726 ADPCM";
            case 0x0050 -> "MPEG audio layer 1 or 2";
            case 0x0055 -> "MP3";
            case 0x0065, 0x028F -> "G.722";
            case 0x0069 -> "Xbox IMA ADPCM";
            case 0x0092 -> "AC-3 for S/PDIF";
            case 0x00FF, 0x1600, 0x1602, 0x1610, 0xA106 -> "AAC";
            case 0x0160, 0x0161, 0x0162 -> "Windows Media Audio";
            case 0x0163 -> "Windows Media Audio Lossless";
            case 0x0200 -> "Creative ADPCM";
            case 0x0270 -> "ATRAC3";
            case 0x2000 -> "AC-3";
            case 0x2001 -> "DTS";
            case 0x5756 -> "WavPack";
            case 0x566F, 0x674F, 0x6750, 0x6751, 0x676F, 0x6770, 0x6771 -> "Vorbis";
            case 0x704F -> "Opus";
            case 0xF1AC -> "FLAC";
            default -> "the codec with format tag 0x%04X".formatted(tag);
        };
    }
}
