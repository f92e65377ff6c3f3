package dev.nightjar.media.flac;

import java.util.Random;

/// Samples for tests.
final class Signal {
    private Signal() {}

    /// Tones in noise, another one in each channel, that reach both ends of the range.
    static int[][] music(int channels, int bits, int count) {
        Random random = new Random(channels * 100L + bits);
        long top = (1L << (bits - 1)) - 1;
        int[][] samples = new int[channels][count];
        for (int c = 0; c < channels; c++) {
            double step = 0.02 * (c + 1);
            for (int i = 0; i < count; i++) {
                double value = 1.02 * Math.sin(i * step) + 0.02 * random.nextGaussian();
                samples[c][i] = (int) Math.clamp(Math.round(value * top), -top - 1, top);
            }
        }
        return samples;
    }

    /// Nothing but the ends of the range, in an order that no predictor likes.
    static int[][] extremes(int channels, int bits, int count) {
        Random random = new Random(channels * 100L + bits);
        long top = (1L << (bits - 1)) - 1;
        int[][] samples = new int[channels][count];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < count; i++) {
                samples[c][i] = (int) (random.nextBoolean() ? top : -top - 1);
            }
        }
        return samples;
    }
}
