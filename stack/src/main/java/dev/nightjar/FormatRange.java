package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A set of formats: any rate with any number of channels in any container of it.
///
/// @param minRate the lowest rate
/// @param maxRate the highest rate, at most [StreamFormat#MAX_RATE]
/// @param rates the only rates within these, ascending; empty when all are taken
/// @param minChannels the fewest channels
/// @param maxChannels the most channels, at most [ChannelLayout#MAX_CHANNELS]
/// @param samples the containers, each with the most valid bits that the hardware uses of it, 1 to
///     [SampleFormat#maxValidBits()]
/// @param packing how channels are arranged
public record FormatRange(
        int minRate,
        int maxRate,
        List<Integer> rates,
        int minChannels,
        int maxChannels,
        Map<SampleFormat, Integer> samples,
        StreamFormat.Packing packing) {
    public FormatRange {
        if (minRate < 1 || maxRate < minRate || minChannels < 1 || maxChannels < minChannels || samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "a range has rates, channels and containers, minRate=" + minRate + ", maxRate=" + maxRate
                            + ", minChannels=" + minChannels + ", maxChannels=" + maxChannels + ", samples=" + samples);
        }
        if (maxRate > StreamFormat.MAX_RATE || maxChannels > ChannelLayout.MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "a range ends where formats do, maxRate=" + maxRate + ", maxChannels=" + maxChannels);
        }
        rates = List.copyOf(rates);
        int below = minRate - 1;
        for (int rate : rates) {
            if (rate <= below || rate > maxRate) {
                throw new IllegalArgumentException("the rates of a range ascend within it, minRate=" + minRate
                        + ", maxRate=" + maxRate + ", rates=" + rates);
            }
            below = rate;
        }
        for (Map.Entry<SampleFormat, Integer> each : samples.entrySet()) {
            int most = each.getKey().maxValidBits();
            if (each.getValue() < 1 || each.getValue() > most) {
                throw new IllegalArgumentException(
                        each.getKey() + " carries 1 to " + most + " valid bits, validBits=" + each.getValue());
            }
        }
        samples = Collections.unmodifiableMap(new EnumMap<>(samples));
    }

    /// Exactly one format.
    public static FormatRange only(StreamFormat format) {
        return new FormatRange(
                format.rate(),
                format.rate(),
                List.of(),
                format.channels(),
                format.channels(),
                Map.of(format.sample(), format.validBits()),
                format.packing());
    }

    /// Whether the endpoint would take this format.
    public boolean contains(StreamFormat format) {
        Integer bits = samples.get(format.sample());
        return bits != null
                && format.validBits() <= bits
                && hasRate(format.rate())
                && hasChannels(format.channels())
                && format.packing() == packing;
    }

    public boolean hasRate(int rate) {
        return rate >= minRate && rate <= maxRate && (rates.isEmpty() || rates.contains(rate));
    }

    public boolean hasChannels(int channels) {
        return channels >= minChannels && channels <= maxChannels;
    }

    /// The rate of the range that is nearest to the one asked for.
    public int nearestRate(int rate) {
        if (rates.isEmpty()) {
            return Math.clamp(rate, minRate, maxRate);
        }
        int nearest = rates.getFirst();
        for (int candidate : rates) {
            if (Math.abs((long) candidate - rate) < Math.abs((long) nearest - rate)) {
                nearest = candidate;
            }
        }
        return nearest;
    }
}
