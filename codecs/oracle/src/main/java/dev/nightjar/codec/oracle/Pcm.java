package dev.nightjar.codec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/// Decoded audio.
public final class Pcm {
    private final float[] samples;
    private final int channels;

    /// @param samples interleaved; kept, not copied
    public Pcm(float[] samples, int channels) {
        this.samples = samples;
        this.channels = channels;
    }

    /// The samples themselves, interleaved.
    public float[] samples() {
        return samples;
    }

    public int channels() {
        return channels;
    }

    /// Reads all that a reader has, in portions of odd sizes.
    public static Pcm read(MediaReader reader) throws IOException {
        return read(reader, Integer.MAX_VALUE);
    }

    /// Reads so many frames, or as many as there are.
    public static Pcm read(MediaReader reader, int most) throws IOException {
        int channels = reader.info().format().channels();
        if (reader.info().format().sample() != SampleFormat.F32) {
            throw new IllegalArgumentException(
                    "not in floats, format=" + reader.info().format());
        }
        float[] samples = new float[1 << 18];
        int length = 0;
        byte[] portion = new byte[3001 * channels * 4 + 3];
        int left = most;
        int frames;
        while (left > 0 && (frames = reader.read(portion, 3, Math.min(left, 3001))) >= 0) {
            left -= frames;
            int count = frames * channels;
            if (length + count > samples.length) {
                samples = Arrays.copyOf(samples, 2 * samples.length + count);
            }
            floats(portion, 3, samples, length, count);
            length += count;
        }
        return new Pcm(Arrays.copyOf(samples, length), channels);
    }

    /// What FFmpeg decodes a file to.
    public static Pcm ffmpeg(Path file, int channels, String... options) {
        String[] command = {"ffmpeg", "-v", "error", "-i", file.toString(), "-f", "f32le", "-"};
        byte[] bytes = Tools.run(options.length == 0 ? command : insert(command, options));
        return ofFloats(bytes, channels);
    }

    /// Samples in floats, little-endian.
    public static Pcm ofFloats(byte[] bytes, int channels) {
        float[] samples = new float[bytes.length / 4];
        floats(bytes, 0, samples, 0, samples.length);
        return new Pcm(samples, channels);
    }

    /// Samples of 16 bit, little-endian.
    public static Pcm ofShorts(byte[] bytes, int channels) {
        float[] samples = new float[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << 8) / 32768f;
        }
        return new Pcm(samples, channels);
    }

    private static String[] insert(String[] command, String[] options) {
        String[] whole = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, whole, 5, options.length);
        System.arraycopy(command, 5, whole, 5 + options.length, command.length - 5);
        return whole;
    }

    private static void floats(byte[] bytes, int offset, float[] into, int at, int count) {
        ByteBuffer.wrap(bytes, offset, count * 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(into, at, count);
    }

    /// One behind the other.
    public static Pcm joined(Pcm... parts) {
        int length = 0;
        float[] all = {};
        for (Pcm part : parts) {
            all = Arrays.copyOf(all, length + part.samples.length);
            System.arraycopy(part.samples, 0, all, length, part.samples.length);
            length += part.samples.length;
        }
        return new Pcm(all, parts[0].channels);
    }

    public int frames() {
        return samples.length / channels;
    }

    /// Some of the frames.
    public Pcm part(int frame, int count) {
        return new Pcm(Arrays.copyOfRange(samples, frame * channels, (frame + count) * channels), channels);
    }

    /// With the channels in another order.
    ///
    /// @param sources for each channel, which of these it is
    public Pcm reordered(int... sources) {
        float[] reordered = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            reordered[i] = samples[i - i % channels + sources[i % channels]];
        }
        return new Pcm(reordered, channels);
    }

    /// The root mean square, in dB of full scale.
    public double level() {
        return rmsDifference(new Pcm(new float[samples.length], channels));
    }

    /// The root mean square of the differences, in dB of full scale.
    public double rmsDifference(Pcm other) {
        double sum = 0;
        int count = Math.min(samples.length, other.samples.length);
        for (int i = 0; i < count; i++) {
            double difference = samples[i] - other.samples[i];
            sum += difference * difference;
        }
        return 10 * Math.log10(sum / count + 1e-30);
    }

    public double maxDifference(Pcm other) {
        double max = 0;
        for (int i = 0; i < Math.min(samples.length, other.samples.length); i++) {
            max = Math.max(max, Math.abs(samples[i] - other.samples[i]));
        }
        return max;
    }

    /// The first frame in which a reader that has been moved differs from this, which was read from the
    /// start; -1 if none of `count` does.
    public int firstDifference(MediaReader reader, int frame, int count) throws IOException {
        reader.seek(frame);
        byte[] bytes = new byte[count * channels * 4];
        float[] got = new float[channels];
        int read = 0;
        while (read < count && frame + read < frames()) {
            int step = reader.read(bytes, 0, count - read);
            if (step < 0) {
                return frame + read;
            }
            for (int i = 0; i < step; i++) {
                floats(bytes, i * channels * 4, got, 0, channels);
                int at = (frame + read + i) * channels;
                if (!Arrays.equals(got, 0, channels, samples, at, at + channels)) {
                    return frame + read + i;
                }
            }
            read += step;
        }
        return -1;
    }

    /// Reads until the reader says that the file is broken, and asserts that each frame is that of this,
    /// by its position.
    ///
    /// @return what was read
    public Pcm compareUpToDamage(MediaReader reader) throws IOException {
        long start = reader.position();
        try {
            compareToTheEnd(reader);
        } catch (MediaException e) {
            int from = Math.toIntExact(start) * channels;
            return new Pcm(Arrays.copyOfRange(samples, from, Math.toIntExact(reader.position()) * channels), channels);
        }
        throw new AssertionError("the reader met no damage");
    }

    /// Reads to the end, and asserts that each frame is that of this, by its position.
    ///
    /// @return the position of the first frame read
    public long compareToTheEnd(MediaReader reader) throws IOException {
        byte[] bytes = new byte[1000 * channels * 4];
        float[] got = new float[1000 * channels];
        long first = -1;
        int frames;
        while ((frames = reader.read(bytes, 0, 1000)) >= 0) {
            int at = Math.toIntExact(reader.position() - frames);
            first = first < 0 ? at : first;
            floats(bytes, 0, got, 0, frames * channels);
            int differs = Arrays.mismatch(got, 0, frames * channels, samples, at * channels, (at + frames) * channels);
            assertThat(differs).as("in the frames from %d on", at).isEqualTo(-1);
        }
        return first;
    }
}
