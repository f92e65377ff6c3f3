package dev.nightjar.driver.virtual;

import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.FormatRange;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What an address says an endpoint is to be. What it does not say, the endpoint takes as it comes.
///
/// @param rate the only rate, or 0
/// @param channels the only number of channels, or 0
/// @param sample the only container, if there is one
/// @param bits the most valid bits, or 0 for all that the container has
/// @param packing the only packing, if there is one
/// @param period the only period in frames, or 0
/// @param paced whether it keeps time
/// @param tone the frequency that a microphone hears in Hz, or 0
/// @param file what a microphone hears, if it is a file
record VirtualOptions(
        int rate,
        int channels,
        Optional<SampleFormat> sample,
        int bits,
        Optional<Packing> packing,
        int period,
        boolean paced,
        double tone,
        Optional<Path> file) {
    static final int MIN_RATE = 8_000;
    static final int MAX_RATE = 1_536_000;
    static final int MIN_PERIOD = 16;
    static final int MAX_PERIOD = 65_536;

    /// What a thread of the JVM keeps up without real-time priority.
    private static final int SMALLEST_CLEAN = 256;

    private static final List<String> KEYS =
            List.of("rate", "channels", "format", "bits", "planar", "period", "paced", "tone", "file");

    static VirtualOptions of(Address address) throws AudioException {
        return of(address.parameters(), "find " + address);
    }

    /// The options that parameters say.
    ///
    /// @param operation begins the message of what is wrong
    static VirtualOptions of(Map<String, String> parameters, String operation) throws AudioException {
        for (String key : parameters.keySet()) {
            if (!KEYS.contains(key)) {
                throw invalid(operation, "there is no parameter '" + key + "'; there are " + String.join(" ", KEYS));
            }
        }
        Values values = new Values(parameters, operation);
        return new VirtualOptions(
                values.number("rate", 1, 12_288_000),
                values.number("channels", 1, ChannelLayout.MAX_CHANNELS),
                values.get("format", SampleFormat::ofLabel),
                values.number("bits", 1, 53),
                values.truth("planar").map(planar -> planar ? Packing.PLANAR : Packing.INTERLEAVED),
                values.number("period", MIN_PERIOD, MAX_PERIOD),
                values.truth("paced").orElse(true),
                values.get("tone", Double::valueOf).orElse(0.0),
                values.get("file", Path::of));
    }

    private record Values(Map<String, String> parameters, String operation) {
        <T> Optional<T> get(String key, Function<String, T> parse) throws AudioException {
            String text = parameters.get(key);
            try {
                return Optional.ofNullable(text).map(parse);
            } catch (IllegalArgumentException e) {
                throw invalid(operation, key + "=" + text + ": " + e.getMessage());
            }
        }

        int number(String key, int min, int max) throws AudioException {
            int value = get(key, Integer::valueOf).orElse(0);
            if (parameters.containsKey(key) && (value < min || value > max)) {
                throw invalid(operation, key + "=" + value + " is not within " + min + " to " + max);
            }
            return value;
        }

        Optional<Boolean> truth(String key) throws AudioException {
            return get(key, text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("true or false expected");
            });
        }
    }

    private static AudioException invalid(String operation, String text) {
        return AudioException.of(Failure.ADDRESS_INVALID, operation, text);
    }

    /// What the endpoint takes. One range for each packing, the preferred first.
    List<FormatRange> ranges() {
        List<FormatRange> ranges = new ArrayList<>();
        for (Packing each : Packing.values()) {
            if (packing.orElse(each) == each) {
                ranges.add(new FormatRange(
                        rate == 0 ? MIN_RATE : rate,
                        rate == 0 ? MAX_RATE : rate,
                        List.of(),
                        channels == 0 ? 1 : channels,
                        channels == 0 ? ChannelLayout.MAX_CHANNELS : channels,
                        samples(),
                        each));
            }
        }
        return ranges;
    }

    private Map<SampleFormat, Integer> samples() {
        Map<SampleFormat, Integer> samples = new EnumMap<>(SampleFormat.class);
        for (SampleFormat each : SampleFormat.values()) {
            if (sample.orElse(each) == each) {
                samples.put(each, bits == 0 ? each.maxValidBits() : Math.min(bits, each.maxValidBits()));
            }
        }
        return samples;
    }

    /// These options with those of the device where it has some.
    VirtualOptions narrowedBy(VirtualOptions device) {
        return new VirtualOptions(
                device.rate == 0 ? rate : device.rate,
                device.channels == 0 ? channels : device.channels,
                device.sample.or(() -> sample),
                device.bits == 0 ? bits : device.bits,
                device.packing.or(() -> packing),
                device.period == 0 ? period : device.period,
                paced,
                tone,
                file);
    }

    /// The period for a wish of so many frames of latency, of which `share` periods fit in it.
    int periodFor(int wishFrames, int share) {
        if (period > 0) {
            return period;
        }
        int wanted = wishFrames == 0 ? SMALLEST_CLEAN : Math.max(1, wishFrames / share);
        return Math.clamp(wanted, MIN_PERIOD, MAX_PERIOD);
    }
}
