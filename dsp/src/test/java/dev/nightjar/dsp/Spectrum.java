package dev.nightjar.dsp;

/// Power spectra for tests: the mean of the spectra of Hann-windowed blocks that overlap by half.
final class Spectrum {
    private static final double[][] WEIGHTS = {
        {31.5, -29.9}, {63, -23.9}, {100, -19.8}, {200, -13.8}, {400, -7.8}, {800, -1.9}, {1000, 0}, {2000, 5.6},
        {3150, 9.0}, {4000, 10.5}, {5000, 11.7}, {6300, 12.2}, {7100, 12.0}, {8000, 11.4}, {9000, 10.1}, {10000, 8.1},
        {12500, 0}, {14000, -5.3}, {16000, -11.7}, {20000, -22.2}, {31500, -42.7}
    };

    private final double[] power;
    private final double binHz;

    /// @param size a power of two
    Spectrum(double[] signal, int size, int rate) {
        power = new double[size / 2 + 1];
        binHz = (double) rate / size;
        int blocks = 0;
        for (int start = 0; start + size <= signal.length; start += size / 2) {
            add(signal, start, size);
            blocks++;
        }
        for (int k = 0; k < power.length; k++) {
            power[k] /= blocks;
        }
    }

    private void add(double[] signal, int start, int size) {
        double[] re = new double[size];
        double[] im = new double[size];
        for (int i = 0; i < size; i++) {
            re[i] = signal[start + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
        }
        transform(re, im);
        for (int k = 0; k < power.length; k++) {
            double sides = k == 0 || k == size / 2 ? 1 : 2;
            power[k] += sides * (re[k] * re[k] + im[k] * im[k]) / (0.375 * size * size);
        }
    }

    private static void transform(double[] re, double[] im) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            for (int k = 0; k < length / 2; k++) {
                double c = Math.cos(-2 * Math.PI * k / length);
                double s = Math.sin(-2 * Math.PI * k / length);
                for (int i = k; i < n; i += length) {
                    int o = i + length / 2;
                    double r = re[o] * c - im[o] * s;
                    double m = re[o] * s + im[o] * c;
                    re[o] = re[i] - r;
                    im[o] = im[i] - m;
                    re[i] += r;
                    im[i] += m;
                }
            }
        }
    }

    /// The power between two frequencies, in dB of 1 squared.
    double bandDb(double fromHz, double toHz) {
        double sum = 0;
        for (int k = (int) Math.ceil(fromHz / binHz); k < power.length && k * binHz < toHz; k++) {
            sum += power[k];
        }
        return 10 * Math.log10(sum);
    }

    /// The whole power with the noise weighting of ITU-R BS.468-4, table 1, in dB of 1 squared.
    double weightedDb() {
        double sum = 0;
        for (int k = 1; k < power.length; k++) {
            sum += power[k] * Math.pow(10, weight(k * binHz) / 10);
        }
        return 10 * Math.log10(sum);
    }

    private static double weight(double hz) {
        int i = 1;
        while (i < WEIGHTS.length - 1 && WEIGHTS[i][0] < hz) {
            i++;
        }
        double[] low = WEIGHTS[i - 1];
        double[] high = WEIGHTS[i];
        return low[1] + (high[1] - low[1]) * Math.log(hz / low[0]) / Math.log(high[0] / low[0]);
    }
}
