package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which of an endpoint's formats holds what a program asks for. Pure: offers and wishes in, formats out.
final class FormatChoice {
    private static final int USUAL_RATE = 48_000;
    private static final int MOST_NEAREST = 6;

    /// Containers in the order in which they are tried, those that hold the program's bits before those that do
    /// not: floats first, since most programs compute so; within the same precision native order before foreign.
    private static final List<SampleFormat> BEST_FOR_FLOAT = List.of(
            SampleFormat.F32,
            SampleFormat.F32_BE,
            SampleFormat.F64,
            SampleFormat.F64_BE,
            SampleFormat.S32,
            SampleFormat.S32_BE,
            SampleFormat.S32_LOW,
            SampleFormat.S32_LOW_BE,
            SampleFormat.S24,
            SampleFormat.S24_BE,
            SampleFormat.S16,
            SampleFormat.S16_BE,
            SampleFormat.S8,
            SampleFormat.U8);

    /// One format for each side.
    record Pair(Optional<StreamFormat> output, Optional<StreamFormat> input) {
        int rate() {
            return output.or(() -> input).orElseThrow().rate();
        }
    }

    private FormatChoice() {}

    /// The formats to try, the best first.
    ///
    /// @throws AudioException if none would do: NOT_OFFERED, FORMAT_UNSUPPORTED with the nearest
    static List<StreamFormat> candidates(FormatSupport support, StreamSpec spec, ChannelLayout layout, String operation)
            throws AudioException {
        if (support instanceof FormatSupport.Refused refused) {
            throw AudioException.of(Failure.NOT_OFFERED, operation, refused.why());
        }
        if (!(support instanceof FormatSupport.Offered offered)) {
            return guesses(spec, layout);
        }
        List<StreamFormat> exact = matching(offered.ranges(), spec, layout, false);
        boolean adapts = spec.shareMode() == ShareMode.SHARED;
        List<StreamFormat> found = exact.isEmpty() && adapts ? matching(offered.ranges(), spec, layout, true) : exact;
        if (found.isEmpty()) {
            throw AudioException.unsupported(
                    operation, "it does not take " + wish(spec, layout), nearest(offered.ranges(), spec, layout));
        }
        return found;
    }

    /// All pairs of one rate; the better candidates of the output first.
    static List<Pair> pairs(List<StreamFormat> outputs, List<StreamFormat> inputs) {
        List<Pair> pairs = new ArrayList<>();
        if (inputs.isEmpty()) {
            outputs.forEach(output -> pairs.add(new Pair(Optional.of(output), Optional.empty())));
        } else if (outputs.isEmpty()) {
            inputs.forEach(input -> pairs.add(new Pair(Optional.empty(), Optional.of(input))));
        } else {
            for (StreamFormat output : outputs) {
                for (StreamFormat input : inputs) {
                    if (output.rate() == input.rate()) {
                        pairs.add(new Pair(Optional.of(output), Optional.of(input)));
                    }
                }
            }
        }
        return pairs;
    }

    private static List<StreamFormat> matching(
            List<FormatRange> ranges, StreamSpec spec, ChannelLayout layout, boolean adaptChannels) {
        Set<StreamFormat> found = new LinkedHashSet<>();
        for (FormatRange range : ranges) {
            boolean rateFits = spec.rate() == 0 || range.hasRate(spec.rate());
            if (rateFits && (adaptChannels || range.hasChannels(layout.channels()))) {
                int rate = spec.rate() == 0 ? range.nearestRate(USUAL_RATE) : spec.rate();
                for (SampleFormat sample : samples(range, spec)) {
                    found.add(format(range, rate, layout, sample, spec));
                }
            }
        }
        List<StreamFormat> ordered = new ArrayList<>(found);
        ordered.sort((left, right) -> byLoss(left, right, spec.validBits()));
        return ordered;
    }

    /// Those first that hold so many bits, then in the order of [#BEST_FOR_FLOAT].
    private static int byLoss(StreamFormat left, StreamFormat right, int validBits) {
        int byBits = Boolean.compare(left.validBits() < validBits, right.validBits() < validBits);
        return byBits != 0 ? byBits : BEST_FOR_FLOAT.indexOf(left.sample()) - BEST_FOR_FLOAT.indexOf(right.sample());
    }

    /// Those first that hold so many bits.
    private static Comparator<StreamFormat> holding(int validBits) {
        return Comparator.comparing(f -> f.validBits() < validBits);
    }

    private static List<SampleFormat> samples(FormatRange range, StreamSpec spec) {
        Map<SampleFormat, Integer> offered = range.samples();
        if (spec.sample().isPresent()) {
            SampleFormat wanted = spec.sample().get();
            return spec.validBits() <= offered.getOrDefault(wanted, 0) ? List.of(wanted) : List.of();
        }
        return BEST_FOR_FLOAT.stream().filter(offered::containsKey).toList();
    }

    private static StreamFormat format(
            FormatRange range, int rate, ChannelLayout layout, SampleFormat sample, StreamSpec spec) {
        int channels = Math.clamp(layout.channels(), range.minChannels(), range.maxChannels());
        ChannelLayout granted = channels == layout.channels() ? layout : ChannelLayout.ofCount(channels);
        int offered = range.samples().getOrDefault(sample, sample.maxValidBits());
        int validBits = spec.sample().isPresent() ? Math.min(spec.validBits(), offered) : offered;
        return new StreamFormat(rate, granted, sample, validBits, range.packing());
    }

    /// What to try on an endpoint that does not tell.
    private static List<StreamFormat> guesses(StreamSpec spec, ChannelLayout layout) {
        int rate = spec.rate() == 0 ? USUAL_RATE : spec.rate();
        List<SampleFormat> samples = spec.sample().map(List::of).orElse(BEST_FOR_FLOAT);
        List<StreamFormat> guesses = new ArrayList<>();
        for (StreamFormat.Packing packing : StreamFormat.Packing.values()) {
            for (SampleFormat sample : samples) {
                int bits = spec.sample().isPresent()
                        ? Math.min(spec.validBits(), sample.maxValidBits())
                        : sample.maxValidBits();
                guesses.add(new StreamFormat(rate, layout, sample, bits, packing));
            }
        }
        guesses.sort(holding(spec.validBits()));
        return guesses;
    }

    /// What a person would choose from: formats of the kind that was asked for, and the usual ones (interleaved,
    /// high-aligned, little-endian) where there are some.
    private static List<StreamFormat> nearest(List<FormatRange> ranges, StreamSpec spec, ChannelLayout layout) {
        int wantedRate = spec.rate() == 0 ? USUAL_RATE : spec.rate();
        int wantedBits = spec.validBits();
        boolean wantsPcm = spec.sample().map(SampleFormat::isPcm).orElse(true);
        Set<StreamFormat> near = new LinkedHashSet<>();
        for (FormatRange range : ranges) {
            for (SampleFormat sample : range.samples().keySet()) {
                if (sample.isPcm() == wantsPcm) {
                    near.add(format(range, range.nearestRate(wantedRate), layout, sample, spec));
                }
            }
        }
        boolean anyUsual = near.stream().anyMatch(FormatChoice::isUsual);
        Comparator<StreamFormat> byDistance = Comparator.comparingInt(
                        (StreamFormat f) -> Math.abs(f.channels() - layout.channels()))
                .thenComparingInt(f -> Math.abs(f.rate() - wantedRate))
                .thenComparing(f -> f.validBits() < wantedBits)
                .thenComparing(f -> f.sample().isFloat())
                .thenComparingInt(f -> Math.abs(f.sample().bits() - wantedBits));
        return near.stream()
                .filter(format -> !anyUsual || isUsual(format))
                .sorted(byDistance)
                .limit(MOST_NEAREST)
                .toList();
    }

    private static boolean isUsual(StreamFormat format) {
        SampleFormat sample = format.sample();
        return !format.isPlanar()
                && sample.order() == ByteOrder.LITTLE_ENDIAN
                && sample.alignment() == SampleFormat.Alignment.HIGH;
    }

    private static String wish(StreamSpec spec, ChannelLayout layout) {
        return (spec.rate() == 0 ? "any rate" : spec.rate() + " Hz") + " " + layout
                + spec.sample()
                        .map(sample -> " " + sample + " with " + spec.validBits() + " valid bits")
                        .orElse("");
    }
}
