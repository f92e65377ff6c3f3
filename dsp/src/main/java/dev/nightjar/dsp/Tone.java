package dev.nightjar.dsp;

/// A sine that starts at phase 0. The phase is kept as a 64-bit fraction of a turn, so it depends only on the number
/// of the frame, and no rounding adds up however long it runs.
///
/// Belongs to one thread at a time; allocates nothing.
public final class Tone {
    private static final double TURN = 0x1p64;

    private final double amplitude;
    private final long step;
    private long phase;

    /// @param frequency in Hz, at most half the rate
    /// @param amplitude 1 is full scale
    public Tone(int rate, double frequency, double amplitude) {
        if (!(frequency >= 0 && frequency <= rate / 2.0)) {
            throw new IllegalArgumentException(
                    "a tone is 0 Hz to half the rate, frequency=" + frequency + ", rate=" + rate);
        }
        this.amplitude = amplitude;
        step = Math.round(frequency / rate * (TURN / 4)) << 2;
    }

    /// Continues in all planes. `[audio-thread]`
    ///
    /// @param first the index of the first frame in each plane
    public void fill(float[][] planes, int first, int frames) {
        for (int i = first; i < first + frames; i++) {
            float sample = (float) next();
            for (float[] plane : planes) {
                plane[i] = sample;
            }
        }
    }

    /// Continues in all planes. `[audio-thread]`
    ///
    /// @param first the index of the first frame in each plane
    public void fill(double[][] planes, int first, int frames) {
        for (int i = first; i < first + frames; i++) {
            double sample = next();
            for (double[] plane : planes) {
                plane[i] = sample;
            }
        }
    }

    /// Moves to a frame, counted from where the tone began. `[audio-thread]`
    public void seek(long frame) {
        phase = step * frame;
    }

    private double next() {
        double sample = amplitude * Math.sin(phase * (2 * Math.PI / TURN));
        phase += step;
        return sample;
    }
}
