package dev.nightjar.media.flac;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// A whole FLAC stream for tests: STREAMINFO, other metadata and frames, each as right or wrong as a test wants it.
final class FlacStream {
    int minBlock = 16;
    int maxBlock = 16;
    int maxFrame;
    int rate;
    int channels;
    int bits;
    long total;
    byte[] md5 = new byte[16];
    boolean magic = true;
    boolean streamInfo = true;
    private final List<byte[]> blocks = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();

    FlacStream(int rate, int channels, int bits) {
        this.rate = rate;
        this.channels = channels;
        this.bits = bits;
    }

    /// A right stream of these samples.
    ///
    /// @param change what to do to each frame before it is written
    static FlacStream of(int rate, int bits, int blockSize, int[][] samples, UnaryOperator<FlacFrame> change) {
        FlacStream stream = new FlacStream(rate, samples.length, bits);
        stream.minBlock = blockSize;
        stream.maxBlock = blockSize;
        stream.total = samples[0].length;
        stream.md5 = md5(samples, bits);
        for (int at = 0; at < samples[0].length; at += blockSize) {
            int[][] block = part(samples, at, Math.min(samples[0].length, at + blockSize));
            stream.frame(change.apply(new FlacFrame(at / blockSize, rate, bits, block)));
        }
        return stream;
    }

    static FlacStream of(int rate, int bits, int blockSize, int[][] samples) {
        return of(rate, bits, blockSize, samples, UnaryOperator.identity());
    }

    static int[][] part(int[][] samples, int from, int to) {
        return Arrays.stream(samples)
                .map(channel -> Arrays.copyOfRange(channel, from, to))
                .toArray(int[][]::new);
    }

    FlacStream frame(FlacFrame frame) {
        frames.add(frame.bytes());
        return this;
    }

    /// A metadata block, behind STREAMINFO unless there is none.
    FlacStream block(int type, byte[] body) {
        return block(type, body.length, body);
    }

    /// A metadata block that announces another length than it has.
    FlacStream block(int type, int length, byte[] body) {
        blocks.add(new BitWriter().bits(type, 8).bits(length, 24).bytes(body).toBytes());
        return this;
    }

    byte[] info() {
        return new BitWriter()
                .bits(minBlock, 16)
                .bits(maxBlock, 16)
                .bits(0, 24)
                .bits(maxFrame, 24)
                .bits(rate, 20)
                .bits(channels - 1L, 3)
                .bits(bits - 1L, 5)
                .bits(total, 36)
                .bytes(md5)
                .toBytes();
    }

    /// What comes before the frames.
    byte[] head() {
        List<byte[]> all = new ArrayList<>();
        if (streamInfo) {
            all.add(new BitWriter().bits(0, 8).bits(34, 24).bytes(info()).toBytes());
        }
        blocks.forEach(block -> all.add(block.clone()));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        if (magic) {
            head.writeBytes(new byte[] {'f', 'L', 'a', 'C'});
            all.getLast()[0] |= (byte) 0x80;
            all.forEach(head::writeBytes);
        }
        return head.toByteArray();
    }

    List<byte[]> frames() {
        return frames;
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head());
        frames.forEach(file::writeBytes);
        return file.toByteArray();
    }

    static byte[] md5(int[][] samples, int bits) {
        try {
            return MessageDigest.getInstance("MD5").digest(packed(samples, bits, 0));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// What a reader has to give: interleaved, little-endian, the highest bits of the fewest bytes.
    static byte[] packed(int[][] samples, int bits) {
        return packed(samples, bits, (8 - bits % 8) % 8);
    }

    private static byte[] packed(int[][] samples, int bits, int shift) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int i = 0; i < samples[0].length; i++) {
            for (int[] channel : samples) {
                for (int at = 0; at < bits; at += 8) {
                    packed.write(channel[i] << shift >> at);
                }
            }
        }
        return packed.toByteArray();
    }
}
