package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the chunks of one WAV file up to its samples, and behind them for tags if the input can seek.
final class WaveParser {
    private static final long SIZE_UNKNOWN = 0xFFFF_FFFFL;

    private final MediaInput input;
    private final WaveDialect dialect;
    private final long start;
    private final long riffSize;
    private final ChunkReader chunks;
    private final TagList tags = new TagList();
    private final List<String> notes = new ArrayList<>();
    private long countedFrames = -1;
    private Ds64 ds64 = Ds64.NONE;
    private @Nullable WaveFmt fmt;

    /// @param start where the file begins in the input, whose next byte is that of the first chunk
    /// @param riffSize what the file says about its size, or -1
    WaveParser(MediaInput input, WaveDialect dialect, long start, long riffSize) {
        this.input = input;
        this.dialect = dialect;
        this.start = start;
        this.riffSize = riffSize;
        this.chunks = new ChunkReader(input, dialect.style());
    }

    MediaReader open() throws IOException {
        Chunk data = findData();
        if (fmt == null) {
            throw new MediaException(
                    Kind.CORRUPT,
                    "the data chunk at byte " + (data.body() - start)
                            + " comes before any fmt chunk, so its samples cannot be understood");
        }
        int frameBytes = fmt.coding().stored() * fmt.layout().channels();
        Extent extent = Extent.of(input, data.body(), withoutPadding(claimed(data), frameBytes), frameBytes, notes);
        long frames = extent.frames(frameBytes, notes);
        if (input.canSeek() && extent.bytes() >= 0) {
            chunks.resize(extent.bytes());
            for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                if (chunk.is("data")) {
                    notes.add("a further data chunk at byte " + (chunk.body() - start) + " is left out");
                }
                readTags(chunk);
            }
            if (chunks.stray()) {
                notes.add("what follows the audio at byte " + (chunks.end() - start) + " is not a chunk");
            }
        }
        PcmReader.Found found =
                new PcmReader.Found(dialect.container(), fmt.coding(), fmt.rate(), fmt.layout(), tags.tags(), notes);
        return PcmReader.open(input, found, extent, frames);
    }

    private Chunk findData() throws IOException {
        for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            if (chunk.is("data")) {
                return chunk;
            }
            if (chunk.size() < 0) {
                throw new MediaException(
                        Kind.CORRUPT,
                        "the size of the chunk before byte " + (chunk.body() - start) + " is less than its header");
            }
            if (chunk.is("ds64") && dialect.hasDs64()) {
                ds64 = Ds64.parse(chunks.body(Ds64.MAX_BYTES));
                countedFrames = ds64.frames();
            } else if (chunk.is("fact")) {
                countedFrames = fact(chunks.body(8));
            } else if (chunk.is("fmt ") && fmt == null) {
                fmt = WaveFmt.parse(
                        chunks.body(WaveFmt.MAX_BYTES), dialect.style().order(), notes);
            } else {
                readTags(chunk);
            }
            Long size = chunk.size() == SIZE_UNKNOWN ? ds64.sizes().get(chunk.id()) : null;
            if (size != null && size >= 0) {
                chunks.resize(size);
            }
        }
        if (chunks.stray()) {
            throw new MediaException(
                    Kind.CORRUPT, "a chunk should begin at byte " + (chunks.end() - start) + ", but there is none");
        }
        throw new MediaException(
                Kind.TRUNCATED,
                "the file ends before its audio" + (fmt == null ? " is described by a fmt chunk" : " begins"));
    }

    private long fact(byte[] body) {
        ByteBuffer field = ByteBuffer.wrap(body).order(dialect.style().order());
        if (dialect == WaveDialect.W64 && body.length == 8) {
            return field.getLong();
        }
        return dialect.hasDs64() || body.length < 4 ? countedFrames : Integer.toUnsignedLong(field.getInt());
    }

    private void readTags(Chunk chunk) throws IOException {
        switch (chunk.id()) {
            case "LIST" -> tags.addInfo(chunks.body(TagList.MAX_BYTES), dialect.style());
            case "bext" -> {
                byte[] description = chunks.body(256);
                tags.addField("DESCRIPTION", TagList.text(description, 0, description.length));
            }
            case "id3 ", "ID3 " -> tags.addId3(chunks.body(TagList.MAX_BYTES));
            default -> {}
        }
    }

    /// The size of the samples according to the file, or -1 if it does not say.
    private long claimed(Chunk data) {
        long size = data.size();
        if (dialect == WaveDialect.W64) {
            return size;
        } else if (size == SIZE_UNKNOWN) {
            return dialect.hasDs64() ? knownDs64(data) : -1;
        } else if (size == 0 && isUnsaid(data)) {
            return -1;
        }
        return unwrapped(data);
    }

    private long knownDs64(Chunk data) {
        return ds64.dataSize() == 0 && input.length() != data.body() ? -1 : ds64.dataSize();
    }

    /// ffmpeg counts the padding of RF64 and W64 into the size of the samples, but not into the number of frames.
    private long withoutPadding(long claimed, int frameBytes) {
        int alignment = dialect.style().alignment();
        long counted = countedFrames > claimed / frameBytes ? -1 : countedFrames * frameBytes;
        boolean padded = counted > 0 && claimed % alignment == 0 && claimed - counted < alignment;
        return padded ? counted : claimed;
    }

    /// A header that was never completed has zeros, or a RIFF size that ends where the samples begin.
    private boolean isUnsaid(Chunk data) {
        boolean nothingSaid = riffSize == 0 || riffSize == SIZE_UNKNOWN || riffSize + 8 <= data.body() - start;
        return nothingSaid && input.length() != data.body();
    }

    /// Writers that know nothing of RF64 let both sizes wrap at 4 GiB.
    private long unwrapped(Chunk data) {
        long behind = input.length() - data.body();
        boolean wrapped = input.length() - start > SIZE_UNKNOWN
                && ((input.length() - start - 8) & SIZE_UNKNOWN) == riffSize
                && (behind & SIZE_UNKNOWN) == data.size();
        if (wrapped) {
            notes.add("the sizes in the header are wrong by a multiple of 4 GiB; the audio is read to the end");
            return behind;
        }
        return data.size();
    }
}
