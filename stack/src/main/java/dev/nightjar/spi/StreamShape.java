package dev.nightjar.spi;

import dev.nightjar.Latency;
import dev.nightjar.SignalPath;
import dev.nightjar.dsp.StreamFormat;
import java.util.Optional;

/// What the host granted. Constant within a generation.
///
/// @param output the native format of the render side, if there is one
/// @param input the native format of the capture side, if there is one
/// @param maxFrames the most frames of one turn
/// @param periodFrames the frames of the usual turn, at most `maxFrames`
/// @param bufferFrames the frames between program and device
/// @param reported the latencies that the host reports
/// @param paced whether turns come at the pace of a clock; without one they come as fast as they are taken, and
///     may block
/// @param path what the driver and the host do to samples, as far as they tell
public record StreamShape(
        Optional<StreamFormat> output,
        Optional<StreamFormat> input,
        int maxFrames,
        int periodFrames,
        int bufferFrames,
        Latency.Reported reported,
        boolean paced,
        SignalPath path) {
    public StreamShape {
        if (output.isEmpty() && input.isEmpty()) {
            throw new IllegalArgumentException("a stream has at least one side");
        }
        if (output.isPresent()
                && input.isPresent()
                && output.get().rate() != input.get().rate()) {
            throw new IllegalArgumentException(
                    "both sides of a turn have one rate, output=" + output.get() + ", input=" + input.get());
        }
        if (periodFrames < 1 || maxFrames < periodFrames || bufferFrames < periodFrames) {
            throw new IllegalArgumentException("a period fits into a turn and a buffer, periodFrames=" + periodFrames
                    + ", maxFrames=" + maxFrames + ", bufferFrames=" + bufferFrames);
        }
    }

    /// Frames a second, of both sides.
    public int rate() {
        return output.or(() -> input).orElseThrow().rate();
    }

    /// The latency as programs see it.
    public Latency latency() {
        return new Latency(rate(), periodFrames, bufferFrames, reported, Optional.empty());
    }
}
