package dev.nightjar.codec.mp3;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Frames of audio are counted twice: "raw" ones from the first that the decoder gives, and those of the file, which begin `skip` later,
 * where the encoder says that its delay and that of every decoder (529 frames of filters) are over.
 */
final class Mp3Reader implements MediaReader {
    /// The delay of a layer 3 decoder: overlap of the hybrid filter bank and its synthesis window, as LAME counts it.
    private static final int DECODER_DELAY = 529;
    /// A file up to this size whose length is not known otherwise is scanned when it is opened.
    private static final long SCAN_BYTES = 64L << 20;
    /// Bytes that are no frame at the end of a file and are left without a word.
    private static final int TRAILING_JUNK = 4096;

    private final MediaInput input;
    private final InputWindow window;
    private final FrameScanner scanner;
    private final FrameHeader stream;
    private final FrameIndex index = new FrameIndex();
    private final MediaInfo info;
    private final int skip;
    private final long claimed;

    private LayerDecoder decoder;
    private final byte[] frame = new byte[FrameHeader.MAX_BYTES];
    private final float[] samples = new float[1152 * 2];
    private int next;
    private long rawFrame;
    private int ready;
    private boolean ended;

    private Mp3Reader(MediaInput input, InputWindow window, FrameScanner scanner, Start start) throws IOException {
        this.input = input;
        this.window = window;
        this.scanner = scanner;
        this.stream = start.stream;
        XingHeader xing = start.xing;
        boolean gapless = xing.delay() >= 0;
        skip = gapless ? xing.delay() + DECODER_DELAY : 0;
        claimed = xing.frames();
        decoder = new LayerDecoder(stream);
        long mpegFrames = count(start);
        long raw = mpegFrames * stream.samples();
        long length = mpegFrames < 0 ? -1 : Math.max(0, raw - skip);
        if (gapless && mpegFrames == claimed) {
            length = Math.max(0, Math.min(length, raw - xing.delay() - xing.padding()));
        }
        info = describe(start, mpegFrames, length);
        rawFrame = skip;
    }

    /// What the beginning of a file says.
    private record Start(FrameHeader stream, XingHeader xing, long position, long audioEnd, Tags tags) {}

    static MediaReader open(MediaInput input) throws IOException {
        Tags tags = new Tags();
        long end = -1;
        if (input.canSeek() && input.length() >= 0) {
            end = tags.readBack(input);
            input.seek(0);
        }
        Tags front = new Tags();
        InputWindow window = new InputWindow(input);
        front.readFront(window);
        tags.fields().forEach(front.fields()::putIfAbsent);
        FrameScanner scanner = new FrameScanner(window);
        FrameHeader first = scanner.next();
        if (first == null || !window.ensure(first.frameBytes())) {
            throw new MediaException(
                    first == null ? MediaException.Kind.CORRUPT : MediaException.Kind.TRUNCATED,
                    "there is no whole frame of MPEG audio behind byte " + window.position());
        }
        if (first.version() != 1 && first.layer() == 2) {
            throw new MediaException(MediaException.Kind.UNSUPPORTED, first.describe() + " is not decoded");
        }
        byte[] bytes = new byte[first.frameBytes()];
        window.copy(bytes, bytes.length);
        XingHeader xing = XingHeader.parse(bytes, bytes.length, first);
        long position = window.position();
        if (xing != null) {
            window.skip(bytes.length);
        }
        return new Mp3Reader(
                input, window, scanner, new Start(first, xing == null ? XingHeader.NONE : xing, position, end, front));
    }

    /// How many MPEG frames there are: as the file says if its size agrees, else counted if that is quick, else as it
    /// says anyway; -1 if
    /// nothing does.
    private long count(Start start) throws IOException {
        XingHeader xing = start.xing;
        boolean sized = xing.frames() >= 0 && start.position + xing.bytes() == start.audioEnd;
        if (!sized && start.audioEnd >= 0 && start.audioEnd <= SCAN_BYTES) {
            long first = window.position();
            try {
                extendIndex(Integer.MAX_VALUE);
            } catch (MediaException e) {
                return -1;
            } finally {
                scanner.seek(first);
            }
            return index.count();
        }
        return claimed;
    }

    private MediaInfo describe(Start start, long mpegFrames, long length) {
        ChannelLayout layout = stream.channels() == 1 ? ChannelLayout.MONO : ChannelLayout.STEREO;
        XingHeader xing = start.xing;
        boolean variable = xing.vbr();
        long rate = stream.bitRate() / 1000;
        if (variable && xing.frames() > 0 && xing.bytes() > 0) {
            rate = Math.round(xing.bytes() * 8.0 * stream.rate() / ((double) xing.frames() * stream.samples() * 1000));
        }
        List<String> notes = new ArrayList<>();
        if (claimed >= 0 && mpegFrames >= 0 && claimed != mpegFrames) {
            notes.add("the file says that it has " + claimed + " MPEG frames, but there are " + mpegFrames);
        }
        return new MediaInfo(
                "MPEG audio",
                "MP" + stream.layer() + " " + (variable ? "VBR " : "") + rate + " kbit/s",
                StreamFormat.of(stream.rate(), layout, SampleFormat.F32),
                length,
                false,
                start.tags.fields(),
                notes);
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public int read(byte[] into, int offset, int frames) throws IOException {
        if (frames <= 0) {
            return 0;
        }
        long target = rawFrame;
        long left = info.frames() < 0 ? Long.MAX_VALUE : skip + info.frames() - target;
        if (left <= 0) {
            return atEnd();
        }
        while (ready == 0 || decodedTo() <= target) {
            if (!decodeNext()) {
                return atEnd();
            }
        }
        int from = (int) (target - (decodedTo() - ready));
        int count = (int) Math.min(Math.min(frames, left), ready - from);
        FloatBuffer out = ByteBuffer.wrap(into, offset, count * info.format().frameBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        out.put(samples, from * stream.channels(), count * stream.channels());
        rawFrame += count;
        return count;
    }

    /// The raw frame behind those in [#samples].
    private long decodedTo() {
        return (long) next * stream.samples();
    }

    /// Says once that frames are missing, then only that there are no more.
    private int atEnd() throws MediaException {
        boolean first = !ended;
        ended = true;
        if (first && scanner.skipped() > TRAILING_JUNK) {
            throw new MediaException(
                    MediaException.Kind.CORRUPT,
                    "there is no MPEG frame in the last " + scanner.skipped() + " bytes of the file");
        }
        if (first && index.count() == next && next + 1 < claimed) {
            throw new MediaException(
                    MediaException.Kind.TRUNCATED,
                    "the file ends after " + next + " of " + claimed + " MPEG frames, at byte " + window.position());
        }
        return -1;
    }

    /// Decodes the next MPEG frame to [#samples].
    ///
    /// @return false at the end
    private boolean decodeNext() throws IOException {
        FrameHeader header = scan();
        if (header == null) {
            return false;
        }
        long position = window.position();
        window.copy(frame, header.frameBytes());
        window.skip(header.frameBytes());
        next++;
        ready = 0;
        boolean good = decoder.decode(frame, header, samples);
        if (!good) {
            decoder = new LayerDecoder(stream);
            rawFrame = Math.max(rawFrame, decodedTo());
            throw new MediaException(MediaException.Kind.CORRUPT, "the MPEG frame at byte " + position + " is damaged");
        }
        ready = stream.samples();
        return true;
    }

    /// Goes to MPEG frame [#next] and sees to it that it is in the index.
    ///
    /// @return null at the end
    private @Nullable FrameHeader scan() throws IOException {
        FrameHeader header = scanner.next();
        if (header == null) {
            return null;
        }
        if (!window.ensure(header.frameBytes())) {
            window.skip(window.available());
            if (ended) {
                return null;
            }
            ended = true;
            throw new MediaException(
                    MediaException.Kind.TRUNCATED,
                    "the file ends inside of an MPEG frame, at byte " + window.position());
        }
        if (next == index.count()) {
            index.add(window.position());
        }
        return header;
    }

    /// Scans for frames until the index has `count` of them or the input ends.
    private void extendIndex(int count) throws IOException {
        while (index.count() < count) {
            FrameHeader header = scanner.next();
            if (header == null || !window.ensure(header.frameBytes())) {
                return;
            }
            index.add(window.position());
            window.skip(header.frameBytes());
        }
    }

    @Override
    public long position() {
        return rawFrame - skip;
    }

    @Override
    public boolean canSeek() {
        return input.canSeek();
    }

    @Override
    public void seek(long position) throws IOException {
        if (!canSeek()) {
            throw new UnsupportedOperationException("the input cannot seek");
        }
        if (position < 0) {
            throw new IllegalArgumentException("a position is 0 or more, position=" + position);
        }
        long raw = skip + (info.frames() < 0 ? position : Math.min(position, info.frames()));
        int wanted = (int) Math.min(raw / stream.samples(), Integer.MAX_VALUE - 1);
        if (index.count() <= wanted) {
            resumeScan();
            extendIndex(wanted + 1);
        }
        rawFrame = raw;
        ready = 0;
        ended = false;
        if (index.count() == 0) {
            return;
        }
        int target = Math.min(wanted, index.count() - 1);
        next = index.decodeFrom(target, stream);
        decoder = new LayerDecoder(stream);
        scanner.seek(index.offset(next));
    }

    /// Puts the scanner on the last frame that is known, to go on behind it.
    private void resumeScan() throws IOException {
        if (index.count() > 0) {
            scanner.seek(index.offset(index.count() - 1));
            FrameHeader header = scanner.next();
            window.skip(header == null ? 0 : header.frameBytes());
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
