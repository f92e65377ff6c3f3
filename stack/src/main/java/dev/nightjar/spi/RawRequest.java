package dev.nightjar.spi;

import dev.nightjar.Direction;
import dev.nightjar.Endpoint;
import dev.nightjar.Role;
import dev.nightjar.ShareMode;
import dev.nightjar.dsp.StreamFormat;
import java.util.Optional;

/// What a driver is asked to open: exact native formats, which it takes or refuses but never converts.
///
/// @param output the format of the render side, if frames go out
/// @param input the format of the capture side, if frames come in
/// @param capture the endpoint of the capture side, when it is another than the one that is asked
/// @param shareMode alone or with others
/// @param latencyFrames the wish in frames, 0 for as little as is clean
/// @param role what the stream is for
/// @param name what the host's mixers and patch bays are to show
/// @param firstPosition the position of the first frame, of both sides
public record RawRequest(
        Optional<StreamFormat> output,
        Optional<StreamFormat> input,
        Optional<Endpoint> capture,
        ShareMode shareMode,
        int latencyFrames,
        Role role,
        String name,
        long firstPosition) {
    public RawRequest {
        if (output.isEmpty() && input.isEmpty()) {
            throw new IllegalArgumentException("a stream has at least one side");
        }
        if (latencyFrames < 0 || firstPosition < 0) {
            throw new IllegalArgumentException(
                    "frames are counted from 0, latencyFrames=" + latencyFrames + ", firstPosition=" + firstPosition);
        }
    }

    /// Which sides are asked for.
    public Direction direction() {
        return output.isEmpty() ? Direction.CAPTURE : input.isEmpty() ? Direction.RENDER : Direction.DUPLEX;
    }
}
