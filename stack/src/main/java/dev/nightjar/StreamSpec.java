package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.time.Duration;
import java.util.Optional;

/// What a program wants of a stream. Rate and layout are those of its own frames; the rest has defaults that suit
/// playing.
///
/// @param rate frames a second, at most [StreamFormat#MAX_RATE], or 0 for the endpoint's own
/// @param layout the channels of the program's output, or of its input when it only captures
/// @param inputLayout the channels of the input of a duplex stream
/// @param sample the container that the endpoint must take, or empty for the one that holds `validBits` best
/// @param validBits how many bits of precision the samples have, 1 to 53, and no more than `sample` can hold;
///     decides the container when `sample` is empty, and whether anything is lost in it
/// @param direction what to use of a duplex endpoint, or empty for all it has
/// @param shareMode alone or with others
/// @param latency the wish
/// @param policy what happens when the endpoint goes or the default moves
/// @param role what the stream is for
/// @param name what mixers and patch bays show, not blank
public record StreamSpec(
        int rate,
        ChannelLayout layout,
        ChannelLayout inputLayout,
        Optional<SampleFormat> sample,
        int validBits,
        Optional<Direction> direction,
        ShareMode shareMode,
        LatencyWish latency,
        StreamPolicy policy,
        Role role,
        String name) {
    /// The valid bits of a program that computes in float.
    public static final int FLOAT_BITS = 24;

    public StreamSpec {
        if (rate < 0 || rate > StreamFormat.MAX_RATE) {
            throw new IllegalArgumentException(
                    "a rate is 1 to " + StreamFormat.MAX_RATE + ", or 0 for the endpoint's own, rate=" + rate);
        }
        if (validBits < 1 || validBits > 53) {
            throw new IllegalArgumentException("samples have 1 to 53 valid bits, validBits=" + validBits);
        }
        if (sample.isPresent() && validBits > sample.get().maxValidBits()) {
            throw new IllegalArgumentException(sample.get() + " carries 1 to "
                    + sample.get().maxValidBits() + " valid bits, validBits=" + validBits);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("a stream has a name that is not blank");
        }
    }

    /// A stream of float frames, shared, relaxed, pinned to its endpoint.
    public static StreamSpec of(int rate, ChannelLayout layout) {
        return new StreamSpec(
                rate,
                layout,
                layout,
                Optional.empty(),
                FLOAT_BITS,
                Optional.empty(),
                ShareMode.SHARED,
                LatencyWish.relaxed(),
                StreamPolicy.PINNED,
                Role.DEFAULT,
                "Nightjar");
    }

    public StreamSpec exclusive() {
        return shareMode(ShareMode.EXCLUSIVE);
    }

    public StreamSpec shareMode(ShareMode mode) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, validBits, direction, mode, latency, policy, role, name);
    }

    public StreamSpec latency(Duration time) {
        return latency(new LatencyWish.Time(time));
    }

    public StreamSpec latencyFrames(int frames) {
        return latency(new LatencyWish.Frames(frames));
    }

    public StreamSpec latency(LatencyWish wish) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, validBits, direction, shareMode, wish, policy, role, name);
    }

    /// Demands a container. A program that moves raw frames of one format asks so, and says with
    /// [#validBits(int)] how many bits of it count; others leave the choice to the endpoint. All bits of DSD
    /// and encoded words count.
    public StreamSpec sample(SampleFormat container) {
        return new StreamSpec(
                rate,
                layout,
                inputLayout,
                Optional.of(container),
                container.isPcm() ? Math.min(validBits, container.maxValidBits()) : container.maxValidBits(),
                direction,
                shareMode,
                latency,
                policy,
                role,
                name);
    }

    /// The precision of the program's samples.
    public StreamSpec validBits(int bits) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, bits, direction, shareMode, latency, policy, role, name);
    }

    public StreamSpec inputLayout(ChannelLayout channels) {
        return new StreamSpec(
                rate, layout, channels, sample, validBits, direction, shareMode, latency, policy, role, name);
    }

    /// Uses one side of a duplex endpoint.
    public StreamSpec direction(Direction side) {
        return new StreamSpec(
                rate,
                layout,
                inputLayout,
                sample,
                validBits,
                Optional.of(side),
                shareMode,
                latency,
                policy,
                role,
                name);
    }

    public StreamSpec policy(StreamPolicy newPolicy) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, validBits, direction, shareMode, latency, newPolicy, role, name);
    }

    public StreamSpec role(Role newRole) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, validBits, direction, shareMode, latency, policy, newRole, name);
    }

    public StreamSpec name(String newName) {
        return new StreamSpec(
                rate, layout, inputLayout, sample, validBits, direction, shareMode, latency, policy, role, newName);
    }
}
