package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where a stream is plugged into a [Wire]: its positions as indexes of the wire. A stream that was paused finds on the
/// wire what the converter had not passed, and, capturing what it renders itself, what it had not fetched.
final class WireEnd implements FrameSink, FrameSource {
    private final Wire wire;
    private final boolean renders;
    private final int behind;
    private final boolean own;
    private long shift;
    private long first;
    private long written;

    private WireEnd(Wire wire, boolean renders, int behind, boolean own) {
        this.wire = wire;
        this.renders = renders;
        this.behind = behind;
        this.own = own;
    }

    /// The end of a stream that renders.
    ///
    /// @param kept how many frames that the converter has passed it keeps over a pause
    static WireEnd render(Wire wire, int kept) {
        return new WireEnd(wire, true, kept, false);
    }

    /// The end of a stream that captures.
    ///
    /// @param behind how many frames the wire is behind its positions
    /// @param own whether the same stream renders
    static WireEnd capture(Wire wire, int behind, boolean own) {
        return new WireEnd(wire, false, behind, own);
    }

    @Override
    @AudioThread
    public void begin(long position, long nanos, double framesPerNano) {
        long index = wire.indexAt(nanos, framesPerNano);
        long before = shift;
        shift = index - position;
        if (renders) {
            first = Math.min(written, Math.max(first, position - behind));
            wire.move(first + before, first + shift, (int) (written - first));
            wire.begin(first + shift, written + shift);
        }
    }

    @Override
    @AudioThread
    public void take(RawTurn.Side side, int frames) {
        wire.write(side, side.position() + shift, frames);
        written = side.position() + frames;
    }

    @Override
    @AudioThread
    public void skip(long position, long frames) {
        if (renders) {
            wire.skip(position + shift, frames);
            first = position + frames;
            written = first;
        }
    }

    @Override
    public void discard(long position) {
        first = position;
        written = position;
    }

    @Override
    @AudioThread
    public boolean isReady(long position, int frames) {
        return own || wire.isReadyTo(position + shift - behind + frames);
    }

    @Override
    @AudioThread
    public void give(RawTurn.Side side, int frames) {
        wire.read(side, side.position() + shift - behind, frames);
    }

    @Override
    public void close() {
        if (renders) {
            wire.end();
        }
    }
}
