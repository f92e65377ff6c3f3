package dev.nightjar;

import java.util.Optional;

/// What is known of an endpoint without opening it: a snapshot.
///
/// @param address its stable address
/// @param name what a person calls it
/// @param direction which ways it goes
/// @param presence whether it can be opened now
/// @param renderFormats what its render side takes, by share mode
/// @param captureFormats what its capture side gives, by share mode
/// @param latency the periods it can do
/// @param clock its clock domain: endpoints with the same one do not drift against each other; empty if unknown
/// @param hardware the device behind it, the same text for all drivers that lead to it; empty if there is none or
///     it is unknown
public record EndpointInfo(
        Address address,
        String name,
        Direction direction,
        Presence presence,
        Formats renderFormats,
        Formats captureFormats,
        LatencyRange latency,
        Optional<String> clock,
        Optional<String> hardware) {
    /// Whether an endpoint is there.
    public enum Presence {
        PRESENT,
        /// Known, but unplugged, disabled or gone with its server.
        GONE
    }

    /// The formats of one side.
    ///
    /// @param shared what is taken when shared with others
    /// @param exclusive what is taken alone
    public record Formats(FormatSupport shared, FormatSupport exclusive) {
        /// A side that does not exist.
        public static final Formats NONE =
                new Formats(new FormatSupport.Refused("no such side"), new FormatSupport.Refused("no such side"));

        public FormatSupport of(ShareMode mode) {
            return mode == ShareMode.SHARED ? shared : exclusive;
        }
    }

    /// The periods that can be asked for, in frames.
    ///
    /// @param minFrames the smallest period, 0 if unknown
    /// @param maxFrames the largest period, 0 if unknown
    public record LatencyRange(int minFrames, int maxFrames) {
        public static final LatencyRange UNKNOWN = new LatencyRange(0, 0);

        public LatencyRange {
            if (minFrames < 0 || (maxFrames != 0 && maxFrames < minFrames)) {
                throw new IllegalArgumentException(
                        "a range of periods ascends, minFrames=" + minFrames + ", maxFrames=" + maxFrames);
            }
        }
    }

    /// What the side of this direction takes; the render side for [Direction#DUPLEX].
    public Formats formats(Direction side) {
        return side == Direction.CAPTURE ? captureFormats : renderFormats;
    }
}
