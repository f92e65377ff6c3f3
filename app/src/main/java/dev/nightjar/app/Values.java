package dev.nightjar.app;

import dev.nightjar.LatencyWish;
import java.time.Duration;

/// The values of options, from the words that people write.
final class Values {
    private static final double NANOS = 1e9;
    private static final double LONGEST_START_SECONDS = 1e8;

    private Values() {}

    /// `256` frames, `5ms`, `0.01s`, `smallest`.
    ///
    /// @throws Refusal with [Exit#USAGE] if it is something else
    static LatencyWish latency(String text) throws Refusal {
        try {
            if (text.equals("smallest")) {
                return LatencyWish.smallest();
            }
            if (text.endsWith("ms")) {
                return time(number(text.substring(0, text.length() - 2)) / 1e3);
            }
            if (text.endsWith("s")) {
                return time(number(text.substring(0, text.length() - 1)));
            }
            return new LatencyWish.Frames(Integer.parseInt(text));
        } catch (IllegalArgumentException e) {
            throw wrong("--latency", text, "frames (256), a time (5ms, 0.1s) up to 10 s, or smallest");
        }
    }

    private static LatencyWish time(double seconds) {
        return new LatencyWish.Time(Duration.ofNanos(Math.round(seconds * NANOS)));
    }

    /// Decibels: `-6`, `1.5dB`.
    ///
    /// @throws Refusal with [Exit#USAGE] if it is something else
    static double gain(String text) throws Refusal {
        String digits = text.endsWith("dB") ? text.substring(0, text.length() - 2) : text;
        try {
            double gain = number(digits);
            if (gain >= -120 && gain <= 24) {
                return gain;
            }
        } catch (NumberFormatException _) {
            // The same answer as for a number out of range.
        }
        throw wrong("--gain", text, "decibels from -120 to 24, such as -6");
    }

    /// `90`, `1:30`, `1:02:03.5`.
    ///
    /// @throws Refusal with [Exit#USAGE] if it is something else
    static Duration start(String text) throws Refusal {
        try {
            String[] parts = text.split(":", -1);
            double seconds = 0;
            for (int i = 0; i < parts.length; i++) {
                double part = number(parts[i]);
                boolean fits = part >= 0 && (i == 0 || part < 60) && (i == parts.length - 1 || part == Math.rint(part));
                seconds = fits ? seconds * 60 + part : Double.NaN;
            }
            if (parts.length <= 3 && seconds <= LONGEST_START_SECONDS) {
                return Duration.ofNanos(Math.round(seconds * NANOS));
            }
        } catch (NumberFormatException _) {
            // The same answer as for a time that is none.
        }
        throw wrong("--start", text, "seconds or minutes:seconds, such as 1:30");
    }

    /// Digits, at most one point and a sign: what `Double` takes beyond that (hexadecimal, infinities, type suffixes)
    /// is no
    /// number that people mean.
    private static double number(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || c == '.' || ((c == '-' || c == '+') && i == 0))) {
                throw new NumberFormatException(text);
            }
        }
        return Double.parseDouble(text);
    }

    private static Refusal wrong(String option, String text, String expected) {
        return new Refusal(Exit.USAGE, option + " '" + Text.plain(text) + "': expected " + expected);
    }
}
