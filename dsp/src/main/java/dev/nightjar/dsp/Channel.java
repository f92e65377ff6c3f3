package dev.nightjar.dsp;

/// The place of one channel, named and numbered as in `WAVEFORMATEXTENSIBLE.dwChannelMask` (ksmedia.h `SPEAKER_*`).
public enum Channel {
    FRONT_LEFT("FL", 0),
    FRONT_RIGHT("FR", 1),
    FRONT_CENTER("FC", 2),
    LOW_FREQUENCY("LFE", 3),
    BACK_LEFT("BL", 4),
    BACK_RIGHT("BR", 5),
    FRONT_LEFT_OF_CENTER("FLC", 6),
    FRONT_RIGHT_OF_CENTER("FRC", 7),
    BACK_CENTER("BC", 8),
    SIDE_LEFT("SL", 9),
    SIDE_RIGHT("SR", 10),
    TOP_CENTER("TC", 11),
    TOP_FRONT_LEFT("TFL", 12),
    TOP_FRONT_CENTER("TFC", 13),
    TOP_FRONT_RIGHT("TFR", 14),
    TOP_BACK_LEFT("TBL", 15),
    TOP_BACK_CENTER("TBC", 16),
    TOP_BACK_RIGHT("TBR", 17),
    /// A channel without a place: an input of a studio interface, a track.
    DISCRETE("-", -1);

    private final String label;
    private final int bit;

    Channel(String label, int bit) {
        this.label = label;
        this.bit = bit;
    }

    /// The short name, such as `FL`.
    public String label() {
        return label;
    }

    /// The bit of the channel mask, or -1 for [#DISCRETE].
    public int bit() {
        return bit;
    }

    @Override
    public String toString() {
        return label;
    }
}
