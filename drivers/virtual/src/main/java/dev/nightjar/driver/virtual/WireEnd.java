package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.spi.AudioThread;

/// Where a stream is plugged into a [Wire]: its positions as indexes of the wire.
final class WireEnd implements FrameSink, FrameSource {
    private final Wire wire;
    private final boolean renders;
    private final int behind;
    private long shift;

    /// @param behind how many frames the wire is behind the positions of a capturing stream
    WireEnd(Wire wire, boolean renders, int behind) {
        this.wire = wire;
        this.renders = renders;
        this.behind = behind;
    }

    /// Sets position `frame` at this index. `[control-thread]`
    void align(long index, long frame) {
        shift = index - frame;
        if (renders) {
            wire.begin(index);
        }
    }

    @Override
    @AudioThread
    public void take(RawTurn.Side side, int frames) {
        wire.write(side, side.position() + shift, frames);
    }

    @Override
    @AudioThread
    public void skip(long position, long frames) {
        if (renders) {
            wire.skip(position + shift, frames);
        }
    }

    @Override
    @AudioThread
    public boolean isReady(long position, int frames) {
        return renders || wire.isReadyTo(position + shift - behind + frames);
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
