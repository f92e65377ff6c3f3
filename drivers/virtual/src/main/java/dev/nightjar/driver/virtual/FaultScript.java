package dev.nightjar.driver.virtual;

import dev.nightjar.Direction;
import dev.nightjar.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Faults and when they happen, counted from the moment the driver is made. Written in Java with [#builder()], or
/// as text, one fault a line:
///
/// ```
/// # what follows a hash is a comment; times are 90us, 20ms, 1.5s or 2m
/// at 1s     unplug speakers
/// at 3s     plug speakers
/// at 4s     default speakers render            # or capture; then communications, if meant
/// at 5s     sleep 2s
/// at 8s     busy speakers for 500ms
/// at 9s     format speakers rate=44100 format=S16
/// at 10s    jitter speakers 3ms for 2s
/// at 11s    late speakers 20ms
/// at 12s    drift speakers 50                  # ppm
/// at 13s    short speakers 7 for 1s            # turns of at most 7 frames
/// at 14s    error speakers -19 no such device
/// at 15s    stall speakers for 1s              # never calls back
/// ```
///
/// @param entries the faults, in the order written
public record FaultScript(List<Entry> entries) {
    /// No faults.
    public static final FaultScript NONE = new FaultScript(List.of());

    /// One fault.
    ///
    /// @param at when, from the making of the driver; not negative
    /// @param fault what
    public record Entry(Duration at, Fault fault) {
        public Entry {
            if (at.isNegative()) {
                throw new IllegalArgumentException("a fault happens after the driver was made, at=" + at);
            }
        }
    }

    public FaultScript {
        entries = List.copyOf(entries);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Reads a script.
    ///
    /// @throws IllegalArgumentException if a line is wrong; the message has its number and what is expected
    public static FaultScript parse(String text) {
        Builder builder = builder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.replaceFirst("#.*", "").strip();
            if (!bare.isEmpty()) {
                try {
                    parseLine(bare, builder);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + number + " '" + bare + "': " + e.getMessage(), e);
                }
            }
        }
        return builder.build();
    }

    private static void parseLine(String line, Builder builder) {
        Words words = new Words(line);
        words.expect("at");
        Duration at = words.time();
        builder.at(at, fault(words));
        words.expectEnd();
    }

    private static Fault fault(Words words) {
        String verb = words.next("a fault");
        return switch (verb) {
            case "sleep" -> new Fault.Sleep(words.time());
            case "unplug" -> new Fault.Unplug(words.next("an id"));
            case "plug" -> new Fault.Plug(words.next("an id"));
            case "default" -> new Fault.MoveDefault(words.next("an id"), words.direction(), words.role());
            case "busy" -> new Fault.Busy(words.next("an id"), words.lasting());
            case "format" -> new Fault.ChangeFormat(words.next("an id"), words.parameters());
            case "jitter" -> new Fault.Jitter(words.next("an id"), words.time(), words.lasting());
            case "late" -> new Fault.Late(words.next("an id"), words.time());
            case "drift" -> new Fault.Drift(words.next("an id"), words.ppm());
            case "short" -> new Fault.ShortTransfers(words.next("an id"), words.number(), words.lasting());
            case "error" -> new Fault.DriverError(words.next("an id"), words.number(), words.rest());
            case "stall" -> new Fault.Stall(words.next("an id"), words.lasting());
            default ->
                throw new IllegalArgumentException(
                        "'" + verb
                                + "' is no fault; there are sleep unplug plug default busy format jitter late drift short error stall");
        };
    }

    /// The words of a line, one after the other.
    private static final class Words {
        private static final Pattern TIME = Pattern.compile("([0-9]{1,12}(?:[.][0-9]{1,12})?)(ns|us|ms|s|m)");

        private final String[] words;
        private int at;

        Words(String line) {
            words = line.split("\\s+");
        }

        String next(String what) {
            if (at == words.length) {
                throw new IllegalArgumentException(what + " is missing at the end");
            }
            return words[at++];
        }

        void expect(String word) {
            String found = next("'" + word + "'");
            if (!found.equals(word)) {
                throw new IllegalArgumentException("'" + word + "' expected instead of '" + found + "'");
            }
        }

        void expectEnd() {
            if (at < words.length) {
                throw new IllegalArgumentException("'" + words[at] + "' is too much");
            }
        }

        int number() {
            String text = next("a number");
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException("'" + text + "' is no whole number");
            }
        }

        double ppm() {
            String text = next("ppm");
            try {
                double ppm = Double.parseDouble(text);
                if (Double.isFinite(ppm)) {
                    return ppm;
                }
            } catch (NumberFormatException _) {
                // Said below.
            }
            throw new IllegalArgumentException("'" + text + "' is no number of ppm");
        }

        Duration time() {
            String text = next("a time");
            Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no time; write 20ms, 1.5s or 2m");
            }
            double nanos = switch (matcher.group(2)) {
                case "ns" -> 1;
                case "us" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                default -> 60e9;
            };
            return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * nanos));
        }

        Duration lasting() {
            expect("for");
            return time();
        }

        Direction direction() {
            return oneOf(Direction.class, "render or capture");
        }

        Role role() {
            return at < words.length ? oneOf(Role.class, "default or communications") : Role.DEFAULT;
        }

        private <E extends Enum<E>> E oneOf(Class<E> type, String what) {
            String text = next(what);
            for (E value : type.getEnumConstants()) {
                if (value.name().equalsIgnoreCase(text)) {
                    return value;
                }
            }
            throw new IllegalArgumentException(what + " expected instead of '" + text + "'");
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            while (at < words.length) {
                String[] pair = next("key=value").split("=", 2);
                parameters.put(pair[0], pair.length == 2 ? pair[1] : "");
            }
            return parameters;
        }

        String rest() {
            String rest = String.join(" ", List.of(words).subList(at, words.length));
            at = words.length;
            return rest;
        }
    }

    /// Collects faults.
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        private Builder() {}

        /// Adds a fault at an instant counted from the making of the driver.
        public Builder at(Duration at, Fault fault) {
            entries.add(new Entry(at, fault));
            return this;
        }

        public FaultScript build() {
            return new FaultScript(entries);
        }
    }
}
