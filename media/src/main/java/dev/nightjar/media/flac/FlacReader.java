package dev.nightjar.media.flac;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads FLAC. What the reference decoder `flac` 1.4.2 decodes comes bit for bit; what it refuses ends in a
/// [MediaException], behind all frames that are good: damage, an MD5 that does not match, fewer samples than
/// announced, a change of rate, channels or bits.
///
/// It differs on purpose where the reference decoder loses good samples or says nothing: it keeps the frame behind
/// missing ones, which `flac` silences, and reports a damaged last page in Ogg. A frame of more than 16 MiB is
/// refused, and so is hostile input in which the search for the next good frame takes too long.
///
/// Behind damage it goes on with the next good frame, and [#position()] leaps. Frames that are missing without
/// damage are replaced by silence, and noted in [#info()]. The MD5 is checked when a stream was read from its
/// first to its last frame; a seek to 0 counts as a start. A chain in Ogg is read through as one if rate,
/// channels and bits stay.
///
/// Not thread-safe.
final class FlacReader implements MediaReader {
    private final MediaInput input;
    private final @Nullable OggFlacInput ogg;
    private final boolean seekable;
    private final FlacWindow window;
    private final FrameDecoder decoder = new FrameDecoder();
    private final FlacMetadata metadata;
    private final StreamInfo stream;
    private FlacFrames frames;
    private FlacBlocks blocks;
    private MediaInfo info;
    private long missing;
    private int blockAt;
    private long linkStart;
    private long position;

    private FlacReader(MediaInput input, @Nullable OggFlacInput ogg) throws IOException {
        this.input = input;
        this.ogg = ogg;
        this.window = new FlacWindow(ogg == null ? input : ogg);
        this.metadata = readMetadata();
        OggFlacInput.Extent extent = ogg == null ? OggFlacInput.Extent.UNKNOWN : ogg.extent();
        this.seekable = input.canSeek() && (ogg == null || extent.isWhole());
        this.stream = streamInfo(metadata);
        this.frames = new FlacFrames(window, decoder, stream);
        this.blocks = new FlacBlocks(decoder, frames, stream);
        long announced = stream.total() > 0 ? stream.total() : extent.samples();
        this.info = describe(ogg == null || seekable ? announced : -1);
    }

    /// Opens native FLAC.
    static MediaReader open(MediaInput input) throws IOException {
        return new FlacReader(input, null);
    }

    /// Opens the first FLAC stream in Ogg.
    static MediaReader openOgg(MediaInput input) throws IOException {
        OggFlacInput ogg = new OggFlacInput(input);
        if (!ogg.nextLink()) {
            throw new MediaException(Kind.UNRECOGNISED, "there is no FLAC in this Ogg file");
        }
        return new FlacReader(input, ogg);
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        while (blockAt == blocks.count()) {
            if (!nextBlock()) {
                return -1;
            }
        }
        int frameBytes = info.format().frameBytes();
        int count = Math.min(wanted, blocks.count() - blockAt);
        System.arraycopy(blocks.bytes(), blockAt * frameBytes, into, offset, count * frameBytes);
        blockAt += count;
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean canSeek() {
        return seekable;
    }

    @Override
    public void seek(long frame) throws IOException {
        if (!seekable) {
            throw new UnsupportedOperationException("the input cannot seek");
        }
        if (frame < 0) {
            throw new IllegalArgumentException("frames are counted from 0, frame=" + frame);
        }
        begin();
        FrameHeader found = locate(frame);
        position = frame;
        blockAt = 0;
        blocks.restart(found, frame);
        blockAt = blocks.count() == 0 ? 0 : (int) (frame - blocks.start());
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private boolean nextBlock() throws IOException {
        blockAt = 0;
        if (!blocks.next()) {
            return nextLink();
        }
        position = linkStart + blocks.start();
        if (blocks.missing() > missing) {
            missing = blocks.missing();
            info = withNote("frames are missing; there is silence instead of " + missing + " samples so far");
        }
        return true;
    }

    private boolean nextLink() throws IOException {
        if (ogg == null || !ogg.nextLink()) {
            return false;
        }
        window.restart();
        StreamInfo next = streamInfo(readMetadata());
        if (next.rate() != stream.rate() || next.channels() != stream.channels() || next.bits() != stream.bits()) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "the next stream of the chain has " + next.rate() + " Hz, " + next.channels() + " channels, "
                            + next.bits() + " bits");
        }
        linkStart = position;
        missing = 0;
        frames = new FlacFrames(window, decoder, next);
        blocks = new FlacBlocks(decoder, frames, next);
        return true;
    }

    /// Makes sure that the first frames were seen, from which all others are counted.
    private void begin() throws IOException {
        try {
            FrameHeader frame = null;
            do {
                frame = frames.isCounted() ? null : frames.next();
            } while (frame != null);
        } catch (MediaException e) {
            // Reading will meet it again.
            return;
        }
    }

    private @Nullable FrameHeader locate(long frame) throws IOException {
        FlacSeek seek = new FlacSeek(window, frames, metadata);
        if (ogg == null) {
            return seek.find(frame, input.length());
        }
        ogg.seekSample(frame + frames.base());
        window.restart();
        frames.restart();
        return seek.readUpTo(frame);
    }

    private FlacMetadata readMetadata() throws IOException {
        FlacMetadata read = FlacMetadata.read(window);
        if (ogg != null) {
            ogg.beginFrames();
        }
        return read;
    }

    /// What STREAMINFO says, and what the first frame says instead. A rate of 0 means that the stream is not audio
    /// (RFC 9639 section 8.2), but the reference decoder then goes by the first frame.
    private StreamInfo streamInfo(FlacMetadata read) throws IOException {
        StreamInfo said = read.info();
        if (said == null || said.rate() == 0) {
            window.ensure(FrameHeader.MAX_BYTES);
            try {
                FrameHeader first = FrameHeader.parse(window.bytes(), window.at(), window.limit(), said);
                said = said == null ? StreamInfo.of(first) : said.withRate(first.rate());
            } catch (BadFrame e) {
                throw new MediaException(
                        said == null ? Kind.CORRUPT : Kind.UNSUPPORTED,
                        "neither STREAMINFO nor a first frame says how many samples a second has");
            }
        }
        if (said.bits() < 4) {
            throw new MediaException(Kind.UNSUPPORTED, "STREAMINFO says " + said.bits() + " bits a sample");
        }
        return said;
    }

    private MediaInfo describe(long announced) {
        StreamFormat format = new StreamFormat(
                stream.rate(),
                metadata.layout(stream.channels()),
                Packer.container(stream.bits()),
                stream.bits(),
                StreamFormat.Packing.INTERLEAVED);
        return new MediaInfo(
                ogg == null ? "FLAC" : "Ogg",
                "FLAC " + stream.bits() + " bit",
                format,
                announced,
                true,
                metadata.tags(),
                metadata.notes());
    }

    private MediaInfo withNote(String note) {
        List<String> notes = new ArrayList<>(metadata.notes());
        notes.add(note);
        return new MediaInfo(
                info.container(), info.codec(), info.format(), info.frames(), info.exact(), info.tags(), notes);
    }
}
