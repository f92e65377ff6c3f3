package dev.nightjar.media.flac;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one stream as packed blocks, in their order, with the checks that concern more than one frame:
/// missing frames, the number of samples, the MD5.
///
/// Missing frames become silence as in `flac` 1.4.2: at most 50 blocks and 5 s at a place, and not after blocks
/// of fewer than 16 samples. Behind damage there is no silence; [#start()] leaps.
///
/// Not thread-safe.
final class FlacBlocks {
    private static final int MIN_SILENT_BLOCK = 16;
    private static final int MAX_SILENT_BLOCKS = 50;
    private static final int MAX_SILENT_SECONDS = 5;

    private final FrameDecoder decoder;
    private final FlacFrames frames;
    private final StreamInfo stream;
    private final SampleDigest digest;
    private final int sampleBytes;
    private final int shift;
    private byte[] bytes = new byte[0];
    private int count;
    private long start;
    private long next;
    private int lastBlockSize;
    private long silence;
    private long missing;
    /// How many samples were given, or left behind by a seek.
    private long given;
    /// Where the next frame should begin by the numbers that frames carry.
    private long expected;
    private @Nullable FrameHeader held;
    private boolean contiguous = true;
    private boolean damaged;
    private boolean finished;

    FlacBlocks(FrameDecoder decoder, FlacFrames frames, StreamInfo stream) {
        this.decoder = decoder;
        this.frames = frames;
        this.stream = stream;
        this.digest = new SampleDigest(stream);
        this.sampleBytes = Packer.container(stream.bits()).bytes();
        this.shift = sampleBytes * 8 - stream.bits();
    }

    /// Makes the next block.
    ///
    /// @return false at the end
    /// @throws MediaException for damage, and at the end, once, if samples are missing or not the right ones
    boolean next() throws IOException {
        count = 0;
        if (silence > 0) {
            fillSilence();
            return true;
        }
        FrameHeader frame = held == null ? nextFrame() : held;
        held = null;
        if (frame == null) {
            return false;
        }
        long at = frames.sample(frame);
        if (contiguous && at > expected && lastBlockSize >= MIN_SILENT_BLOCK) {
            long most = Math.min((long) MAX_SILENT_BLOCKS * lastBlockSize, (long) MAX_SILENT_SECONDS * stream.rate());
            silence = Math.min(at - expected, most);
            missing += silence;
            contiguous = false;
            held = frame;
            return next();
        }
        fill(frame, contiguous ? next : Math.max(at, next));
        return true;
    }

    /// Goes on, after a seek, with a frame that the decoder holds.
    ///
    /// @param frame null if the stream ends before `sample`
    /// @param sample where to go on
    /// @throws MediaException if the frame that holds the sample is damaged, so that `frame` lies behind it
    void restart(@Nullable FrameHeader frame, long sample) throws MediaException {
        silence = 0;
        held = null;
        count = 0;
        next = sample;
        start = sample;
        contiguous = false;
        finished = frame == null;
        if (sample == 0) {
            digest.restart();
        } else {
            digest.abandon();
        }
        damaged = frame == null;
        if (frame != null && frames.sample(frame) > sample) {
            held = frame;
            damaged = true;
            digest.abandon();
            throw new MediaException(Kind.CORRUPT, "the frame that holds sample " + sample + " is damaged or missing");
        } else if (frame != null) {
            given = frames.sample(frame);
            fill(frame, given);
        }
    }

    /// The packed block.
    byte[] bytes() {
        return bytes;
    }

    /// How many samples each channel has in the block.
    int count() {
        return count;
    }

    /// The index of the first sample of the block in the stream.
    long start() {
        return start;
    }

    /// How many samples were replaced by silence so far.
    long missing() {
        return missing;
    }

    private @Nullable FrameHeader nextFrame() throws IOException {
        if (finished) {
            return null;
        }
        try {
            FrameHeader frame = frames.next();
            if (frame == null) {
                finish();
            }
            return frame;
        } catch (MediaException e) {
            damaged = true;
            contiguous = false;
            digest.abandon();
            throw e;
        }
    }

    private void finish() throws MediaException {
        finished = true;
        start = next;
        if (!damaged && given < stream.total()) {
            throw new MediaException(
                    Kind.TRUNCATED,
                    "the file ends after " + given + " samples of the " + stream.total() + " that STREAMINFO says");
        }
        String verdict = digest.verdict();
        if (!verdict.isEmpty()) {
            throw new MediaException(Kind.CORRUPT, verdict);
        }
    }

    private void fill(FrameHeader frame, long at) {
        count = frame.blockSize();
        reserve();
        if (shift > 0 && digest.isActive()) {
            Packer.pack(decoder, frame, new Packer.Shape(sampleBytes, 0), bytes);
            digest.update(bytes, count * frameBytes());
        }
        Packer.pack(decoder, frame, new Packer.Shape(sampleBytes, shift), bytes);
        if (shift == 0) {
            digest.update(bytes, count * frameBytes());
        }
        begin(at);
        expected = frames.sample(frame) + count;
        lastBlockSize = count;
        contiguous = true;
    }

    private void fillSilence() {
        count = (int) Math.min(silence, lastBlockSize);
        silence -= count;
        reserve();
        Arrays.fill(bytes, 0, count * frameBytes(), (byte) 0);
        digest.update(bytes, count * frameBytes());
        begin(next);
    }

    private void begin(long at) {
        start = at;
        next = at + count;
        given += count;
    }

    private int frameBytes() {
        return sampleBytes * stream.channels();
    }

    private void reserve() {
        int needed = count * frameBytes() + Packer.SLACK;
        if (bytes.length < needed) {
            bytes = new byte[needed];
        }
    }
}
