package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the chunks of one AIFF file. They may come in any order, so all are read if the input can seek; of a stream
/// those up to the samples.
final class AiffParser {
    /// What sox 14.4 says of audio that it writes into a pipe, in whole frames.
    private static final long SOX_UNKNOWN = 0x7F00_0000L;

    private static final long SIZE_UNKNOWN = 0xFFFF_FFFFL;

    /// In front of the samples in `SSND`: an offset and a block size.
    private static final int SOUND_HEAD_BYTES = 8;

    private final MediaInput input;
    private final boolean compressed;
    private final long start;
    private final long formSize;
    private final ChunkReader chunks;
    private final TagList tags = new TagList();
    private final List<String> notes = new ArrayList<>();
    private @Nullable AiffComm comm;
    private @Nullable Sound sound;
    private byte @Nullable [] layout;

    /// @param bytes of samples as the chunk claims them, or -1 if it does not say
    private record Sound(long offset, long bytes) {}

    /// @param start where the file begins in the input, whose next byte is that of the first chunk
    /// @param formSize what the file says about its size
    AiffParser(MediaInput input, boolean compressed, long start, long formSize) {
        this.input = input;
        this.compressed = compressed;
        this.start = start;
        this.formSize = formSize;
        this.chunks = new ChunkReader(input, ChunkStyle.BIG_ENDIAN);
    }

    MediaReader open() throws IOException {
        walk();
        AiffComm common = comm;
        if (common == null) {
            throw new MediaException(
                    chunks.stray() ? Kind.CORRUPT : Kind.TRUNCATED, "the file has no COMM chunk" + strayClause());
        }
        ChannelLayout places = layout == null
                ? ChannelLayout.ofCount(common.channels())
                : CoreAudioLayout.parse(layout, common.channels(), notes);
        PcmReader.Found found = new PcmReader.Found(
                compressed ? "AIFF-C" : "AIFF", common.coding(), common.rate(), places, tags.tags(), notes);
        Sound samples = sound;
        if (samples == null) {
            if (common.frames() > 0) {
                throw new MediaException(
                        chunks.stray() ? Kind.CORRUPT : Kind.TRUNCATED,
                        "the file has no SSND chunk for its " + common.frames() + " frames" + strayClause());
            }
            return PcmReader.open(input, found, new Extent(input.position(), 0, 0), 0);
        }
        long claimed = counted(samples.bytes(), common.frames(), found.frameBytes());
        Extent extent = Extent.of(input, samples.offset(), claimed, found.frameBytes(), notes);
        long frames = extent.frames(found.frameBytes(), notes);
        if (chunks.stray()) {
            notes.add("the bytes at " + (chunks.end() - start) + " are not a chunk");
        }
        return PcmReader.open(input, found, extent, frames);
    }

    private String strayClause() {
        return chunks.stray() ? "; the bytes at " + (chunks.end() - start) + " are not a chunk" : "";
    }

    private void walk() throws IOException {
        for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            switch (chunk.id()) {
                case "COMM" -> {
                    if (comm == null) {
                        comm = AiffComm.parse(chunks.body(AiffComm.MAX_BYTES), compressed, notes);
                    }
                }
                case "SSND" -> {
                    if (sound == null && !sound(chunk)) {
                        return;
                    }
                }
                case "CHAN" -> layout = chunks.body(CoreAudioLayout.MAX_BYTES);
                case "NAME", "AUTH", "(c) ", "ANNO" -> {
                    byte[] text = chunks.body(TagList.MAX_BYTES);
                    tags.add(chunk.id(), text, 0, text.length);
                }
                case "ID3 ", "id3 " -> tags.addId3(chunks.body(TagList.MAX_BYTES));
                default -> {}
            }
        }
    }

    /// Understands the chunk of the samples.
    ///
    /// @return whether the walk can go on behind it
    private boolean sound(Chunk chunk) throws IOException {
        if (comm == null && !input.canSeek()) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "the samples at byte " + (chunk.body() - start)
                            + " come before the COMM chunk that describes them, which only a file can be searched for,"
                            + " not a stream");
        }
        boolean unsaid = chunk.size() == SIZE_UNKNOWN || (chunk.size() == 0 && formSize == 0);
        if (unsaid) {
            chunks.resize(Long.MAX_VALUE - chunk.body());
        }
        byte[] head = chunks.body(SOUND_HEAD_BYTES);
        if (head.length < SOUND_HEAD_BYTES) {
            sound = new Sound(input.position(), 0);
            return input.canSeek() && !unsaid;
        }
        long offset = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(0));
        long bytes = chunk.size() - SOUND_HEAD_BYTES - offset;
        if (!unsaid && bytes < 0) {
            throw new MediaException(
                    Kind.CORRUPT,
                    "the samples should begin " + offset + " bytes into the SSND chunk, which has only "
                            + (chunk.size() - SOUND_HEAD_BYTES));
        }
        sound = new Sound(chunk.body() + SOUND_HEAD_BYTES + offset, unsaid ? -1 : bytes);
        if (!input.canSeek()) {
            Bytes.skip(input, offset);
        }
        return input.canSeek() && !unsaid;
    }

    /// The bytes of so many frames if the chunk has them. Blocks of a fixed size may leave more room behind the last
    /// frame than it needs.
    private long counted(long bytes, long frames, int frameBytes) {
        long counted = frames * frameBytes;
        if (bytes < 0 || (bytes == SOX_UNKNOWN / frameBytes * frameBytes && isBeyondInput(bytes))) {
            return -1;
        } else if (bytes / frameBytes == frames) {
            return counted;
        } else if (frames == 0 || counted > bytes) {
            notes.add("the COMM chunk says " + frames + " frames, the SSND chunk has " + bytes / frameBytes);
            return bytes;
        }
        notes.add("the SSND chunk has room for " + bytes / frameBytes + " frames, of which the COMM chunk says "
                + frames + " are used");
        return counted;
    }

    private boolean isBeyondInput(long bytes) {
        return sound != null && input.length() < sound.offset() + bytes;
    }
}
