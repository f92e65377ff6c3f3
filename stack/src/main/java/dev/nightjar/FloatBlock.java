package dev.nightjar;

import dev.nightjar.spi.AudioThread;
import java.util.Arrays;

/// Float frames of one turn, one array per channel; the first [#frames()] of each count. The arrays stay the same
/// from turn to turn. Allocates only in the constructor.
public final class FloatBlock {
    private final float[][] planes;
    private int frames;

    /// @param channels 1 or more
    /// @param maxFrames the most frames it holds, 1 or more
    public FloatBlock(int channels, int maxFrames) {
        planes = new float[channels][maxFrames];
    }

    @AudioThread
    public int channels() {
        return planes.length;
    }

    /// How many frames of each channel count.
    @AudioThread
    public int frames() {
        return frames;
    }

    /// The samples of a channel, counted from 0; the array may be longer than [#frames()].
    @AudioThread
    public float[] channel(int channel) {
        return planes[channel];
    }

    /// All channels.
    @AudioThread
    public float[][] planes() {
        return planes;
    }

    /// Begins a turn of so many silent frames.
    @AudioThread
    void begin(int turnFrames) {
        frames = turnFrames;
        for (float[] plane : planes) {
            Arrays.fill(plane, 0, turnFrames, 0f);
        }
    }
}
