package dev.nightjar;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// How long frames take, as the driver reports it and as Nightjar measured it. The two are never mixed.
///
/// @param rate the rate that frames are counted at
/// @param periodFrames the frames of one turn, in the usual case
/// @param bufferFrames the frames between the program and the device: periods × period
/// @param reported what the driver says
/// @param measured what was measured on this machine, if it was
public record Latency(int rate, int periodFrames, int bufferFrames, Reported reported, Optional<Measured> measured) {
    public Latency {
        if (rate < 1 || periodFrames < 1 || bufferFrames < periodFrames) {
            throw new IllegalArgumentException("a buffer holds at least one period, rate=" + rate + ", periodFrames="
                    + periodFrames + ", bufferFrames=" + bufferFrames);
        }
    }

    /// What the driver says. It may be wrong, as many are.
    ///
    /// @param inputFrames from the converter to the program, or empty if it does not say
    /// @param outputFrames from the program to the converter, or empty if it does not say
    public record Reported(OptionalLong inputFrames, OptionalLong outputFrames) {
        public static final Reported UNKNOWN = new Reported(OptionalLong.empty(), OptionalLong.empty());
    }

    /// What was measured: from the program's output back to its input.
    ///
    /// @param roundTripFrames frames out and in again
    /// @param uncertaintyFrames half the width of the interval that holds the true value
    /// @param at when
    /// @param method how: cable, loopback
    public record Measured(double roundTripFrames, double uncertaintyFrames, Instant at, String method) {}

    /// Frames of this stream as time.
    public Duration time(long frames) {
        return Duration.ofNanos(Math.round(frames * 1e9 / rate));
    }
}
