package dev.nightjar.dsp;

/// What the frames of a stream or a file are: rate, channels, container, valid bits and arrangement.
///
/// @param rate container frames a second, 1 to [#MAX_RATE]; for DSD64 in [SampleFormat#DSD_U8] that is 352,800
/// @param layout the channels in their order
/// @param sample the container of one sample
/// @param validBits how many bits of the container carry the sample, 1 to [SampleFormat#maxValidBits()]: 12 in
///     16, 20 in 32
/// @param packing whether the samples of a frame stand together or each channel has its own plane
public record StreamFormat(int rate, ChannelLayout layout, SampleFormat sample, int validBits, Packing packing) {
    /// The highest rate: DSD1024 carried in bytes, with room to spare.
    public static final int MAX_RATE = 12_288_000;

    /// How the samples of several channels are laid out.
    public enum Packing {
        /// Sample by sample, the channels of a frame together.
        INTERLEAVED,
        /// Each channel in memory of its own.
        PLANAR
    }

    public StreamFormat {
        if (rate < 1 || rate > MAX_RATE) {
            throw new IllegalArgumentException("a rate is 1 to " + MAX_RATE + " frames a second, rate=" + rate);
        }
        if (validBits < 1 || validBits > sample.maxValidBits()) {
            throw new IllegalArgumentException(
                    sample + " carries 1 to " + sample.maxValidBits() + " valid bits, validBits=" + validBits);
        }
    }

    /// An interleaved format in which all bits are valid.
    public static StreamFormat of(int rate, ChannelLayout layout, SampleFormat sample) {
        return new StreamFormat(rate, layout, sample, sample.maxValidBits(), Packing.INTERLEAVED);
    }

    public int channels() {
        return layout.channels();
    }

    /// Bytes of one frame over all channels.
    public int frameBytes() {
        return channels() * sample.bytes();
    }

    /// Bytes from one sample of a channel to its next.
    public int strideBytes() {
        return packing == Packing.INTERLEAVED ? frameBytes() : sample.bytes();
    }

    public boolean isPlanar() {
        return packing == Packing.PLANAR;
    }

    public StreamFormat withRate(int newRate) {
        return new StreamFormat(newRate, layout, sample, validBits, packing);
    }

    public StreamFormat withLayout(ChannelLayout newLayout) {
        return new StreamFormat(rate, newLayout, sample, validBits, packing);
    }

    /// The same frames in another container, all of its bits valid.
    public StreamFormat withSample(SampleFormat newSample) {
        return new StreamFormat(rate, layout, newSample, newSample.maxValidBits(), packing);
    }

    public StreamFormat withValidBits(int newValidBits) {
        return new StreamFormat(rate, layout, sample, newValidBits, packing);
    }

    public StreamFormat withPacking(Packing newPacking) {
        return new StreamFormat(rate, layout, sample, validBits, newPacking);
    }

    /// Written out, as what a record derives is linked at its first call, and that takes longer than to open a file.
    @Override
    public boolean equals(Object other) {
        return other instanceof StreamFormat format
                && rate == format.rate
                && layout.equals(format.layout)
                && sample == format.sample
                && validBits == format.validBits
                && packing == format.packing;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * (31 * rate + layout.hashCode()) + sample.hashCode()) + validBits) + packing.hashCode();
    }

    /// For example `48000 Hz stereo S32 (24 valid bits) planar`.
    @Override
    public String toString() {
        return rate + " Hz " + layout + " " + sample
                + (validBits == sample.maxValidBits() ? "" : " (" + validBits + " valid bits)")
                + (isPlanar() ? " planar" : "");
    }
}
