package dev.nightjar.app;

import dev.nightjar.Direction;
import dev.nightjar.EndpointInfo;
import dev.nightjar.EndpointInfo.Formats;
import dev.nightjar.FormatRange;
import dev.nightjar.FormatSupport;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What an endpoint can do, in words.
final class EndpointText {
    private static final int USUAL_RATE = 48_000;

    private EndpointText() {}

    /// What it can do: a line for each side and share mode that differ, and one for the periods.
    static List<String> abilities(EndpointInfo info) {
        List<String> lines = new ArrayList<>();
        boolean same = info.renderFormats().equals(info.captureFormats());
        if (info.direction().renders()) {
            String side = info.direction() == Direction.DUPLEX && !same ? "render, " : "";
            lines.addAll(side(side, info.renderFormats()));
        }
        if (info.direction().captures() && !(same && info.direction().renders())) {
            String side = info.direction() == Direction.DUPLEX ? "capture, " : "";
            lines.addAll(side(side, info.captureFormats()));
        }
        lines.add(periods(info.latency()));
        return lines;
    }

    private static List<String> side(String side, Formats formats) {
        return formats.shared().equals(formats.exclusive())
                ? lines(side + "shared or exclusive", formats.shared())
                : join(lines(side + "shared", formats.shared()), lines(side + "exclusive", formats.exclusive()));
    }

    private static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<String> lines(String mode, FormatSupport support) {
        return switch (support) {
            case FormatSupport.Refused refused -> List.of(mode + ": no, " + Text.plain(refused.why()));
            case FormatSupport.Unknown unknown -> List.of(mode + ": unknown, " + Text.plain(unknown.why()));
            case FormatSupport.Offered offered -> {
                Map<FormatRange, Set<Packing>> merged = new LinkedHashMap<>();
                for (FormatRange range : offered.ranges()) {
                    merged.computeIfAbsent(with(range, Packing.INTERLEAVED), _ -> new TreeSet<>())
                            .add(range.packing());
                }
                List<String> lines = new ArrayList<>();
                merged.forEach((range, packings) -> lines.add(mode + ": " + range(range, packings)));
                yield lines;
            }
        };
    }

    private static FormatRange with(FormatRange range, Packing packing) {
        return new FormatRange(
                range.minRate(),
                range.maxRate(),
                range.rates(),
                range.minChannels(),
                range.maxChannels(),
                range.samples(),
                packing);
    }

    private static String range(FormatRange range, Set<Packing> packings) {
        String planar = !packings.contains(Packing.PLANAR) ? "" : packings.size() > 1 ? ", also planar" : ", planar";
        return channels(range) + ", " + rates(range) + ", " + samples(range.samples()) + planar;
    }

    private static String channels(FormatRange range) {
        String count = range.minChannels() == range.maxChannels()
                ? Integer.toString(range.minChannels())
                : range.minChannels() + "-" + range.maxChannels();
        return count + (range.maxChannels() == 1 ? " channel" : " channels");
    }

    private static String rates(FormatRange range) {
        if (!range.rates().isEmpty()) {
            return String.join(
                            " ", range.rates().stream().map(EndpointText::kilo).toList()) + " kHz";
        }
        return range.minRate() == range.maxRate()
                ? kilo(range.minRate()) + " kHz"
                : kilo(range.minRate()) + "-" + kilo(range.maxRate()) + " kHz";
    }

    /// Thousands without zeros at the end: 44.1.
    static String kilo(int rate) {
        return rate % 1000 == 0
                ? Integer.toString(rate / 1000)
                : String.format(Locale.ROOT, "%.3f", rate / 1000.0).replaceAll("0+$", "");
    }

    private static String samples(Map<SampleFormat, Integer> samples) {
        boolean whole = samples.entrySet().stream()
                .allMatch(entry -> entry.getValue() == entry.getKey().maxValidBits());
        if (whole && samples.size() == SampleFormat.values().length) {
            return "every format";
        }
        List<String> labels = new ArrayList<>();
        samples.forEach((sample, bits) ->
                labels.add(bits == sample.maxValidBits() ? sample.label() : sample.label() + " (" + bits + " bits)"));
        return String.join(" ", labels);
    }

    private static String periods(EndpointInfo.LatencyRange range) {
        if (range.equals(EndpointInfo.LatencyRange.UNKNOWN)) {
            return "periods: unknown until it is opened";
        }
        return String.format(
                Locale.ROOT,
                "periods: %d-%d frames (%.1f-%.0f ms at %d kHz)",
                range.minFrames(),
                range.maxFrames(),
                range.minFrames() * 1e3 / USUAL_RATE,
                range.maxFrames() * 1e3 / USUAL_RATE,
                USUAL_RATE / 1000);
    }
}
