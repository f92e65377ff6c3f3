package dev.nightjar.dsp;

/// Between interleaved samples, which start at index 0, and one plane for each channel.
final class Interleaving {
    private Interleaving() {}

    static void split(float[] in, float[][] planes, int first, int frames, int channels) {
        for (int c = 0; c < channels; c++) {
            Strides.take(in, c, channels, planes[c], first, frames);
        }
    }

    static void split(double[] in, double[][] planes, int first, int frames, int channels) {
        for (int c = 0; c < channels; c++) {
            double[] plane = planes[c];
            for (int i = 0, at = c; i < frames; i++, at += channels) {
                plane[first + i] = in[at];
            }
        }
    }

    static void join(float[][] planes, int first, float[] out, int frames, int channels) {
        for (int c = 0; c < channels; c++) {
            Strides.put(planes[c], first, out, c, channels, frames);
        }
    }

    static void join(double[][] planes, int first, double[] out, int frames, int channels) {
        for (int c = 0; c < channels; c++) {
            double[] plane = planes[c];
            for (int i = 0, at = c; i < frames; i++, at += channels) {
                out[at] = plane[first + i];
            }
        }
    }
}
