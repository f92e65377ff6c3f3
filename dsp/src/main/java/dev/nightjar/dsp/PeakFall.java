package dev.nightjar.dsp;

/// What a peak meter shows of each channel: a level that rises at once and falls 20 dB in 1.7 s, and the greatest peak
/// of the last second (IEC 60268-18, return time and hold time of a digital audio peak level meter). Figures are
/// fractions of full scale as those of [Meter]; what falls below -160 dBFS is silence.
///
/// Belongs to one thread at a time; allocates only when built.
public final class PeakFall {
    private static final double SECONDS_FOR_20_DB = 1.7;
    private static final double LEAST = 1e-8;

    private final int rate;
    private final double[] levels;
    private final double[] held;
    private final long[] ages;

    /// @param rate frames a second
    /// @param channels those of the meter that is followed
    public PeakFall(int rate, int channels) {
        this.rate = rate;
        levels = new double[channels];
        held = new double[channels];
        ages = new long[channels];
    }

    /// Moves on by the frames that a meter has measured since it was reset; the caller resets it for the next.
    /// `[audio-thread]`
    public void follow(Meter meter) {
        double fall = Math.pow(10, -meter.frames() / (SECONDS_FOR_20_DB * rate));
        for (int c = 0; c < levels.length; c++) {
            double peak = meter.peak(c);
            double fallen = levels[c] * fall;
            levels[c] = Math.max(peak, fallen < LEAST ? 0 : fallen);
            ages[c] += meter.frames();
            if (peak >= held[c]) {
                held[c] = peak;
                ages[c] = 0;
            } else if (ages[c] >= rate) {
                held[c] = levels[c];
            }
        }
    }

    /// The level that is shown, full scale is 1.
    public double level(int channel) {
        return levels[channel];
    }

    /// The mark that is held for a second, full scale is 1; at least the level.
    public double held(int channel) {
        return held[channel];
    }

    public double levelDbfs(int channel) {
        return Mixing.decibels(level(channel));
    }

    public double heldDbfs(int channel) {
        return Mixing.decibels(held(channel));
    }
}
