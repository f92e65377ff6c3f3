package dev.nightjar;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import java.lang.foreign.MemorySegment;

/// One run of the processing callback over native memory: 1 or more contiguous frames, the same number on both
/// sides, at most [Stream#maxFrames()]. Valid only during the call. `[audio-thread]`
public interface RawTurn {
    /// Stands for an instant that the host does not tell.
    long NO_TIME = Long.MIN_VALUE;

    /// How many frames this turn moves.
    @AudioThread
    int frames();

    @AudioThread
    boolean hasOutput();

    @AudioThread
    boolean hasInput();

    /// The frames to render; silence until they are written.
    ///
    /// @throws IllegalStateException if the stream only captures
    @AudioThread
    Side output();

    /// The frames that were captured.
    ///
    /// @throws IllegalStateException if the stream only renders
    @AudioThread
    Side input();

    /// Ends the stream after so many frames of this turn, 0 to [#frames()]: they are the last. What is buffered
    /// is played, then the stream is stopped.
    @AudioThread
    void end(int afterFrames);

    /// How many of the frames count so far: all, or those before [#end].
    @AudioThread
    int counted();

    /// The frames of one direction. Sample `i` of channel `c` is at byte `offset(c) + i * format().strideBytes()`
    /// of `segment(c)`; both are asked anew in each turn, as hosts move them.
    interface Side {
        /// The native format, constant within a generation.
        @AudioThread
        StreamFormat format();

        /// Memory that holds the samples of a channel, and often much more than this turn's.
        @AudioThread
        MemorySegment segment(int channel);

        /// The byte of [#segment] where the first sample of a channel is.
        @AudioThread
        long offset(int channel);

        /// The position of the first frame: frames since the stream began, those that were lost included.
        @AudioThread
        long position();

        /// The instant (`System.nanoTime`, or that of the driver's clock) at which the first frame passes the
        /// converter, or [#NO_TIME].
        @AudioThread
        long timeNanos();

        /// Half the width of the interval around [#timeNanos] that holds the true instant.
        @AudioThread
        long uncertaintyNanos();

        /// How many frames are missing between the last turn and this one, 0 if none.
        @AudioThread
        long gapFrames();

        /// Whether the turn, or the one before, came too late.
        @AudioThread
        boolean xrun();

        /// Whether the driver made these frames up because the host delivered none.
        @AudioThread
        boolean filled();
    }
}
