package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads the frames of every container in this package: stored one after the other, each sample coded alike.
///
/// Where the header claims more than the input has, the frames there are come first, then `TRUNCATED` once, then the
/// end; of a file that is known when it is opened, and `frames` counts what is there.
final class PcmReader implements MediaReader {
    private static final int SCRATCH_BYTES = 16 * 1024;

    private final MediaInput input;
    private final MediaInfo info;
    private final Coding coding;
    private final long start;
    private final int storedFrameBytes;
    private final byte[] scratch;
    private long position;
    private long missing;
    private boolean ended;
    private boolean cut;

    private PcmReader(MediaInput input, MediaInfo info, Coding coding, Extent extent) {
        this.input = input;
        this.info = info;
        this.coding = coding;
        this.start = extent.offset();
        this.missing = extent.missing();
        this.storedFrameBytes = coding.stored() * info.format().channels();
        this.scratch =
                new byte[coding.isInPlace() ? 0 : Math.max(1, SCRATCH_BYTES / storedFrameBytes) * storedFrameBytes];
    }

    /// What a container says, so far as it says it.
    ///
    /// @param container such as `WAV`
    /// @param rate frames a second
    record Found(
            String container,
            Coding coding,
            int rate,
            ChannelLayout layout,
            Map<String, List<String>> tags,
            List<String> notes) {
        int frameBytes() {
            return coding.stored() * layout.channels();
        }
    }

    /// Opens the frames of a container, up to `frames` of them, or to the end if that is -1.
    static PcmReader open(MediaInput input, Found found, Extent extent, long frames) throws IOException {
        MediaInput replayed = BurstDetector.inspect(input, found, extent.offset());
        Coding coding = found.coding();
        StreamFormat format = new StreamFormat(
                found.rate(), found.layout(), coding.target(), coding.validBits(), StreamFormat.Packing.INTERLEAVED);
        MediaInfo info = new MediaInfo(
                found.container(), coding.name(), format, frames, coding.isExact(), found.tags(), found.notes());
        return new PcmReader(replayed, info, coding, extent);
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public int read(byte[] into, int offset, int frames) throws IOException {
        int frameBytes = info.format().frameBytes();
        Objects.checkFromIndexSize(offset, Math.multiplyExact(frames, frameBytes), into.length);
        if (cut) {
            cut = false;
            throw new MediaException(
                    MediaException.Kind.TRUNCATED,
                    "the audio ends after " + position + " of " + info.frames() + " frames");
        }
        long left = info.frames() < 0 ? Long.MAX_VALUE : info.frames() - position;
        if (ended || left <= 0) {
            tellMissing();
            return -1;
        }
        if (frames == 0) {
            return 0;
        }
        int wanted = (int) Math.min(frames, left);
        int count = coding.isInPlace() ? readInPlace(into, offset, wanted) : readThrough(into, offset, wanted);
        position += count;
        if (count == 0) {
            return read(into, offset, frames);
        }
        return count;
    }

    private void tellMissing() throws MediaException {
        long bytes = missing;
        missing = 0;
        if (bytes > 0) {
            throw new MediaException(
                    MediaException.Kind.TRUNCATED,
                    "the file ends after " + position + " frames; its header claims " + bytes + " bytes more");
        }
    }

    private int readInPlace(byte[] into, int offset, int frames) throws IOException {
        int count = readStored(into, offset, frames);
        coding.decodeInPlace(into, offset, count * storedFrameBytes);
        return count;
    }

    private int readThrough(byte[] into, int offset, int frames) throws IOException {
        int count = readStored(scratch, 0, Math.min(frames, scratch.length / storedFrameBytes));
        coding.decode(scratch, into, offset, count * info.format().channels());
        return count;
    }

    /// Whole stored frames: those that are there, at least one, none only at the end.
    private int readStored(byte[] into, int offset, int frames) throws IOException {
        int length = 0;
        do {
            int count = input.read(into, offset + length, frames * storedFrameBytes - length);
            if (count < 0) {
                ended = true;
                cut = info.frames() >= 0;
                break;
            }
            length += count;
        } while (length % storedFrameBytes != 0);
        return length / storedFrameBytes;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean canSeek() {
        return input.canSeek();
    }

    @Override
    public void seek(long frame) throws IOException {
        if (frame < 0) {
            throw new IllegalArgumentException("frames are counted from 0, frame=" + frame);
        }
        long to = info.frames() < 0
                ? Math.min(frame, (Long.MAX_VALUE - start) / storedFrameBytes)
                : Math.min(frame, info.frames());
        input.seek(start + to * storedFrameBytes);
        position = to;
        ended = false;
        cut = false;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
