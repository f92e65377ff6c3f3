package dev.nightjar.player;

import dev.nightjar.dsp.Meter;
import dev.nightjar.dsp.NativeMeter;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.player.PlayerStatus.Level;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/* Frames are measured when they are decoded, up to two seconds before they are heard, in cells of 20 ms; what is told is what the cells say that passed the
converter since the last asking. So the audio thread has no part in it. */
/// Peak and RMS of each channel, of what is heard. Allocates only in the constructor and in the answer.
final class Levels {
    private static final int CELLS_PER_SECOND = 50;

    private final int channels;
    private final int cellFrames;
    private final int cells;
    private final int frameBytes;
    private final float[] peaks;
    private final double[] squares;
    private final int[] lengths;
    private final NativeMeter meter;
    private final MemorySegment[] source = {MemorySegment.NULL};
    private long measured;
    private long asked;

    /// @param format PCM, interleaved
    /// @param capacityFrames how many frames lie between measuring and hearing at most
    Levels(StreamFormat format, int capacityFrames) {
        channels = format.channels();
        frameBytes = format.frameBytes();
        cellFrames = Math.max(1, format.rate() / CELLS_PER_SECOND);
        cells = 2 * (capacityFrames / cellFrames + CELLS_PER_SECOND);
        peaks = new float[cells * channels];
        squares = new double[cells * channels];
        lengths = new int[cells];
        meter = new NativeMeter(format);
    }

    /// Measures frames that were written to the line. `[control-thread]`
    synchronized void measure(MemorySegment frames, int count) {
        source[0] = frames;
        for (int done = 0; done < count; ) {
            int within = (int) (measured % cellFrames);
            int step = Math.min(count - done, cellFrames - within);
            if (within == 0) {
                meter.meter().reset();
            }
            meter.measure(source, (long) done * frameBytes, step);
            keep((int) (measured / cellFrames % cells));
            measured += step;
            done += step;
        }
    }

    private void keep(int cell) {
        Meter now = meter.meter();
        for (int c = 0; c < channels; c++) {
            double rms = now.rms(c);
            peaks[cell * channels + c] = (float) now.peak(c);
            squares[cell * channels + c] = rms * rms * now.frames();
        }
        lengths[cell] = (int) now.frames();
    }

    /// What was heard since the last asking. `[any-thread]`
    ///
    /// @param heard the frame of the line that is heard
    synchronized List<Level> since(long heard) {
        long last = Math.min(heard, measured) / cellFrames;
        long first = Math.max(Math.min(asked, last), last - cells / 2);
        asked = last;
        List<Level> levels = new ArrayList<>(channels);
        for (int c = 0; c < channels; c++) {
            float peak = 0;
            double sum = 0;
            long length = 0;
            for (long cell = first; cell <= last; cell++) {
                int at = (int) (cell % cells);
                peak = Math.max(peak, peaks[at * channels + c]);
                sum += squares[at * channels + c];
                length += lengths[at];
            }
            levels.add(new Level(peak, length == 0 ? 0 : Math.sqrt(sum / length)));
        }
        return levels;
    }
}
