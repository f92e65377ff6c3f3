package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import org.jspecify.annotations.Nullable;

/// One run of the processing callback over float frames. Valid only during the call. `[audio-thread]`
public final class Turn {
    private final @Nullable FloatBlock output;
    private final @Nullable FloatBlock input;
    private @Nullable RawTurn raw;

    Turn(@Nullable FloatBlock output, @Nullable FloatBlock input) {
        this.output = output;
        this.input = input;
    }

    @AudioThread
    void begin(RawTurn rawTurn) {
        raw = rawTurn;
    }

    /// How many frames this turn moves, the same on both sides.
    @AudioThread
    public int frames() {
        return raw().frames();
    }

    /// The frames to render; silence until they are written. Values beyond -1 to 1 are clipped where the endpoint
    /// takes integers.
    ///
    /// @throws IllegalStateException if the stream only captures
    @AudioThread
    public FloatBlock output() {
        if (output == null) {
            throw new IllegalStateException("this stream has no output");
        }
        return output;
    }

    /// The frames that were captured.
    ///
    /// @throws IllegalStateException if the stream only renders
    @AudioThread
    public FloatBlock input() {
        if (input == null) {
            throw new IllegalStateException("this stream has no input");
        }
        return input;
    }

    /// Ends the stream after so many frames of this turn: see [RawTurn#end].
    @AudioThread
    public void end(int afterFrames) {
        raw().end(afterFrames);
    }

    /// The turn below, for positions, instants and marks.
    @AudioThread
    public RawTurn raw() {
        if (raw == null) {
            throw new IllegalStateException("a turn is used only while it runs");
        }
        return raw;
    }
}
