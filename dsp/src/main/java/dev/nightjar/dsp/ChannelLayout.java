package dev.nightjar.dsp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/// The channels of a stream in their order. Positions are those of [Channel], each at most once; channels without a
/// place are
/// [Channel#DISCRETE].
///
/// @param positions 1 to [#MAX_CHANNELS] channels
public record ChannelLayout(List<Channel> positions) {
    /// The most channels a layout may have.
    public static final int MAX_CHANNELS = 1024;

    public static final ChannelLayout MONO = of(Channel.FRONT_CENTER);
    public static final ChannelLayout STEREO = of(Channel.FRONT_LEFT, Channel.FRONT_RIGHT);
    public static final ChannelLayout SURROUND_3_0 = of(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.FRONT_CENTER);
    public static final ChannelLayout QUAD =
            of(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.BACK_LEFT, Channel.BACK_RIGHT);
    public static final ChannelLayout SURROUND_5_0 =
            of(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.FRONT_CENTER, Channel.BACK_LEFT, Channel.BACK_RIGHT);
    public static final ChannelLayout SURROUND_5_1 = of(
            Channel.FRONT_LEFT,
            Channel.FRONT_RIGHT,
            Channel.FRONT_CENTER,
            Channel.LOW_FREQUENCY,
            Channel.BACK_LEFT,
            Channel.BACK_RIGHT);
    public static final ChannelLayout SURROUND_6_1 = of(
            Channel.FRONT_LEFT,
            Channel.FRONT_RIGHT,
            Channel.FRONT_CENTER,
            Channel.LOW_FREQUENCY,
            Channel.BACK_CENTER,
            Channel.SIDE_LEFT,
            Channel.SIDE_RIGHT);
    public static final ChannelLayout SURROUND_7_1 = of(
            Channel.FRONT_LEFT,
            Channel.FRONT_RIGHT,
            Channel.FRONT_CENTER,
            Channel.LOW_FREQUENCY,
            Channel.BACK_LEFT,
            Channel.BACK_RIGHT,
            Channel.SIDE_LEFT,
            Channel.SIDE_RIGHT);

    public ChannelLayout {
        positions = List.copyOf(positions);
        if (positions.isEmpty() || positions.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "a layout has 1 to " + MAX_CHANNELS + " channels, channels=" + positions.size());
        }
        EnumSet<Channel> seen = EnumSet.noneOf(Channel.class);
        for (Channel channel : positions) {
            if (channel != Channel.DISCRETE && !seen.add(channel)) {
                throw new IllegalArgumentException("a place may occur once, channel=" + channel);
            }
        }
    }

    public static ChannelLayout of(Channel... positions) {
        return new ChannelLayout(List.of(positions));
    }

    /// A layout of so many channels without places.
    public static ChannelLayout discrete(int channels) {
        return new ChannelLayout(Collections.nCopies(Math.max(0, channels), Channel.DISCRETE));
    }

    /// The layout that a program means when it says only how many: mono, stereo, 3.0, quad, 5.0, 5.1, 6.1, 7.1 (the
    /// order of RFC 9639
    /// section 9.1.3 and of WAVE), discrete beyond that.
    public static ChannelLayout ofCount(int channels) {
        return switch (channels) {
            case 1 -> MONO;
            case 2 -> STEREO;
            case 3 -> SURROUND_3_0;
            case 4 -> QUAD;
            case 5 -> SURROUND_5_0;
            case 6 -> SURROUND_5_1;
            case 7 -> SURROUND_6_1;
            case 8 -> SURROUND_7_1;
            default -> discrete(channels);
        };
    }

    /// The layout of a WAVE channel mask: bits from the lowest name the channels in order; channels that the mask
    /// does not name are discrete,
    /// bits beyond `channels` are ignored.
    public static ChannelLayout ofMask(int mask, int channels) {
        List<Channel> positions = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (channel.bit() >= 0 && (mask >>> channel.bit() & 1) == 1 && positions.size() < channels) {
                positions.add(channel);
            }
        }
        while (positions.size() < channels) {
            positions.add(Channel.DISCRETE);
        }
        return new ChannelLayout(positions);
    }

    /// How many channels there are.
    public int channels() {
        return positions.size();
    }

    /// The WAVE channel mask; discrete channels have no bit, and a mask loses an order that is not WAVE's.
    public int mask() {
        int mask = 0;
        for (Channel channel : positions) {
            mask |= channel.bit() < 0 ? 0 : 1 << channel.bit();
        }
        return mask;
    }

    /// Written out, as what a record derives is linked at its first call, and that takes longer than to open a file.
    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelLayout layout && positions.equals(layout.positions);
    }

    @Override
    public int hashCode() {
        return positions.hashCode();
    }

    /// A common name such as `stereo` or `5.1`, `8 discrete`, or the places joined by `+`.
    @Override
    public String toString() {
        if (positions.stream().allMatch(channel -> channel == Channel.DISCRETE)) {
            return positions.size() + " discrete";
        }
        if (equals(MONO)) {
            return "mono";
        } else if (equals(STEREO)) {
            return "stereo";
        } else if (equals(SURROUND_3_0)) {
            return "3.0";
        } else if (equals(QUAD)) {
            return "quad";
        } else if (equals(SURROUND_5_0)) {
            return "5.0";
        } else if (equals(SURROUND_5_1)) {
            return "5.1";
        } else if (equals(SURROUND_6_1)) {
            return "6.1";
        } else if (equals(SURROUND_7_1)) {
            return "7.1";
        }
        return String.join("+", positions.stream().map(Channel::label).toList());
    }
}
