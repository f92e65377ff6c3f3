package dev.nightjar.codec.mp3;

import java.io.InputStream;
import java.util.Arrays;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.Obuffer;

/*
 * jlayer behind one door: whole MPEG frames in, floats out. The library searches for frames itself; here it gets one frame at a time and
 * then the end of the stream, which makes it take that frame as it stands. Its first frame it takes for a Xing header and fails on short
 * ones, so it is given an empty frame of the highest bit rate first, which is never decoded.
 */
final class LayerDecoder {
    /// jlayer scales full scale to this.
    private static final float FULL_SCALE = 32_700f;

    private final Feed feed = new Feed();
    private final Sink sink = new Sink();
    private final Bitstream bitstream;
    private final Decoder decoder = new Decoder();
    private final int channels;

    /// A decoder whose filters are empty.
    LayerDecoder(FrameHeader stream) {
        channels = stream.channels();
        bitstream = new Bitstream(feed);
        decoder.setOutputBuffer(sink);
        int word = (stream.word() & ~0xF200) | 0x1_E000;
        FrameHeader largest = FrameHeader.parse(word);
        if (largest == null) {
            throw new IllegalArgumentException("no header of a stream, word=" + word);
        }
        byte[] empty = new byte[largest.frameBytes()];
        for (int i = 0; i < FrameHeader.BYTES; i++) {
            empty[i] = (byte) (word >>> (24 - 8 * i));
        }
        feed.give(empty, empty.length);
        try {
            bitstream.readFrame();
        } catch (BitstreamException e) {
            throw new IllegalStateException("jlayer refuses an empty frame", e);
        }
        bitstream.closeFrame();
    }

    /// Decodes a frame into `out`, interleaved. A frame whose main data begins in a part of the stream that was not
    /// given is silent.
    ///
    /// @return false if the library fails on the frame; the decoder must not be used again then
    boolean decode(byte[] frame, FrameHeader header, float[] out) {
        feed.give(frame, header.frameBytes());
        sink.start(out, channels, header.samples());
        try {
            Header read = bitstream.readFrame();
            if (read == null) {
                return false;
            }
            decoder.decodeFrame(read, bitstream);
            bitstream.closeFrame();
        } catch (BitstreamException | DecoderException | RuntimeException e) {
            return false;
        }
        return true;
    }

    /// Hands out one frame, then says that the stream has ended until it is given the next.
    private static final class Feed extends InputStream {
        private byte[] bytes = {};
        private int at;
        private int length;

        void give(byte[] frame, int count) {
            bytes = frame;
            at = 0;
            length = count;
        }

        @Override
        public int read() {
            return at < length ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            if (at >= length) {
                return -1;
            }
            int n = Math.min(count, length - at);
            System.arraycopy(bytes, at, into, offset, n);
            at += n;
            return n;
        }

        @Override
        public int available() {
            return length - at;
        }
    }

    /// Takes jlayer's floats before it would round them to 16 bit.
    private static final class Sink extends Obuffer {
        private float[] out = {};
        private int channels;
        private final int[] next = new int[2];

        void start(float[] into, int channelCount, int frames) {
            out = into;
            channels = channelCount;
            next[0] = 0;
            next[1] = 1;
            Arrays.fill(out, 0, frames * channelCount, 0f);
        }

        @Override
        public void appendSamples(int channel, float[] samples) {
            int at = next[channel];
            for (int i = 0; i < 32; i++, at += channels) {
                float sample = samples[i] / FULL_SCALE;
                out[at] = Float.isFinite(sample) ? sample : 0f;
            }
            next[channel] = at;
        }

        @Override
        public void append(int channel, short sample) {
            throw new UnsupportedOperationException("samples come in blocks");
        }

        @Override
        public void write_buffer(int value) {}

        @Override
        public void close() {}

        @Override
        public void clear_buffer() {}

        @Override
        public void set_stop_flag() {}
    }
}
