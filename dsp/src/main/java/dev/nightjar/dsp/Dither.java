package dev.nightjar.dsp;

/// What is added when a conversion loses bits, so that the error is noise and not distortion. A conversion that keeps
/// the valid bits is never dithered.
public enum Dither {
    /// Nothing: the value is rounded to the nearest, halves to even.
    NONE("no dither"),
    /// Triangular noise of two bits peak to peak: the error has the power of 1/4 of a squared step, 4.77 dB more than
    /// plain rounding, whatever the signal is (Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither: A
    /// Theoretical Survey", JAES 40(5), 1992).
    TPDF("TPDF dither"),
    /// Triangular noise, and the error of each sample is fed back so that its spectrum lies where the ear hears
    /// least.
    ///
    /// From 40 to 56 kHz the filter is the five coefficient one of Lipshitz, Vanderkooy, Wannamaker, "Minimally
    /// Audible Noise Shaping", JAES 39(11), 1991; above that it is (1 - 1/z)^2, which lifts the noise out of the
    /// audible band; below 40 kHz there is no place to move the noise to, and this is [#TPDF].
    SHAPED("noise-shaped dither");

    private final String label;

    Dither(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
