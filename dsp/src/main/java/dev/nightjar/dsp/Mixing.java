package dev.nightjar.dsp;

/// Sums and gains over planes of `float`. Nothing saturates here: a float has room above full scale, and encoding
/// clips. Each `first` is an index into both arrays. `[any-thread]`
public final class Mixing {
    private Mixing() {}

    /// Adds a plane to another.
    public static void add(float[] in, float[] out, int first, int frames) {
        for (int i = first; i < first + frames; i++) {
            out[i] += in[i];
        }
    }

    /// Adds a plane to another, scaled.
    public static void add(float[] in, float[] out, int first, int frames, float gain) {
        for (int i = first; i < first + frames; i++) {
            out[i] += in[i] * gain;
        }
    }

    /// Scales a plane in place.
    public static void scale(float[] plane, int first, int frames, float gain) {
        for (int i = first; i < first + frames; i++) {
            plane[i] *= gain;
        }
    }

    /// Decibels as a factor of amplitude: 0 is 1, -20 is 0.1, minus infinity is 0.
    public static double gain(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    /// A factor of amplitude in decibels; 0 is minus infinity.
    public static double decibels(double gain) {
        return 20 * Math.log10(Math.abs(gain));
    }
}
