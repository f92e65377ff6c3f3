package dev.nightjar.dsp;

import java.util.Arrays;

/// Peak and RMS of each channel since the last [#reset()], as a fraction of full scale. In decibels a sine that
/// reaches full scale has a peak of 0 dBFS and an RMS of -3.01 dBFS; digital silence is minus infinity. The peak is
/// that of the samples, not of the curve between them. Both are exact over the frames measured and have no memory
/// beyond them; [PeakFall] makes of the peaks what the eye can follow.
///
/// Belongs to one thread at a time; allocates only when built.
public final class Meter {
    private final int channels;
    private final float[] peaks;
    private final double[] squares;
    private long frames;

    /// @param channels how many planes are measured
    public Meter(int channels) {
        this.channels = channels;
        peaks = new float[channels];
        squares = new double[channels];
    }

    /// Measures planes of `float`; NaN counts as silence, infinity as itself. `[audio-thread]`
    ///
    /// @param first the index of the first frame in each plane
    public void measure(float[][] planes, int first, int count) {
        for (int c = 0; c < channels; c++) {
            measure(planes[c], first, count, c);
        }
        frames += count;
    }

    private void measure(float[] plane, int first, int count, int channel) {
        float peak = peaks[channel];
        double sum = squares[channel];
        for (int i = first; i < first + count; i++) {
            float size = Math.abs(plane[i]);
            if (size > 0) {
                peak = Math.max(peak, size);
                sum += (double) size * size;
            }
        }
        peaks[channel] = peak;
        squares[channel] = sum;
    }

    /// Forgets what was measured. `[audio-thread]`
    public void reset() {
        Arrays.fill(peaks, 0);
        Arrays.fill(squares, 0);
        frames = 0;
    }

    /// How many frames were measured.
    public long frames() {
        return frames;
    }

    /// The greatest size of a sample, full scale is 1.
    public double peak(int channel) {
        return peaks[channel];
    }

    /// The root of the mean square, full scale is 1; 0 when nothing was measured.
    public double rms(int channel) {
        return frames == 0 ? 0 : Math.sqrt(squares[channel] / frames);
    }

    public double peakDbfs(int channel) {
        return Mixing.decibels(peak(channel));
    }

    public double rmsDbfs(int channel) {
        return Mixing.decibels(rms(channel));
    }
}
