package dev.nightjar.dsp;

/// A gain that moves linearly, frame by frame, to each new target, so that a change is not heard as a click. At a
/// constant gain of 1 the samples are not touched.
///
/// Belongs to one thread at a time; allocates nothing.
public final class GainRamp {
    private double current;
    private double target;
    private int remaining;

    /// At a constant gain, a factor of amplitude.
    public GainRamp(double gain) {
        current = gain;
        target = gain;
    }

    /// Starts to move from where the gain is now. `[audio-thread]`
    ///
    /// @param gain the factor of amplitude to arrive at
    /// @param frames after how many frames; 0 jumps
    public void rampTo(double gain, int frames) {
        if (frames < 0) {
            throw new IllegalArgumentException("a ramp has 0 or more frames, frames=" + frames);
        }
        target = gain;
        remaining = frames;
        if (frames == 0) {
            current = gain;
        }
    }

    /// The gain that the next frame gets.
    public double gain() {
        return current;
    }

    /// Whether the target is reached.
    public boolean isSettled() {
        return remaining == 0;
    }

    /// Whether samples pass unchanged from now on.
    public boolean isUnity() {
        return remaining == 0 && current == 1;
    }

    /// Scales frames in place and moves on. `[audio-thread]`
    ///
    /// @param first the index of the first frame in each plane
    public void apply(float[][] planes, int first, int frames) {
        int ramped = Math.min(frames, remaining);
        double step = remaining == 0 ? 0 : (target - current) / remaining;
        for (float[] plane : planes) {
            for (int i = 0; i < ramped; i++) {
                plane[first + i] *= (float) (current + step * i);
            }
        }
        remaining -= ramped;
        current = remaining == 0 ? target : current + step * ramped;
        if (ramped < frames && current != 1) {
            for (float[] plane : planes) {
                Mixing.scale(plane, first + ramped, frames - ramped, (float) current);
            }
        }
    }
}
