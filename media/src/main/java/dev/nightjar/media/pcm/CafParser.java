package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the chunks of one CAF file: `desc` comes first, the others in any order, so all are read if the input can
/// seek; of a stream those up to the samples.
final class CafParser {
    /// In front of the samples: how often the file was edited.
    private static final int EDIT_COUNT_BYTES = 4;

    private final MediaInput input;
    private final long start;
    private final ChunkReader chunks;
    private final TagList tags = new TagList();
    private final List<String> notes = new ArrayList<>();
    private byte @Nullable [] layout;
    private @Nullable Chunk data;

    CafParser(MediaInput input, long start) {
        this.input = input;
        this.start = start;
        this.chunks = new ChunkReader(input, ChunkStyle.CAF);
    }

    MediaReader open() throws IOException {
        Chunk first = chunks.next();
        if (first == null || !first.is("desc")) {
            throw new MediaException(
                    first == null && !chunks.stray() ? Kind.TRUNCATED : Kind.CORRUPT,
                    "a CAF file begins with a desc chunk, this one does not");
        }
        CafDesc desc = CafDesc.parse(chunks.body(CafDesc.BYTES), notes);
        walk();
        Chunk samples = data;
        if (samples == null) {
            throw new MediaException(
                    chunks.stray() ? Kind.CORRUPT : Kind.TRUNCATED,
                    "no data chunk was found up to byte " + (chunks.end() - start));
        }
        ChannelLayout places = layout == null
                ? ChannelLayout.ofCount(desc.channels())
                : CoreAudioLayout.parse(layout, desc.channels(), notes);
        PcmReader.Found found = new PcmReader.Found("CAF", desc.coding(), desc.rate(), places, tags.tags(), notes);
        long claimed = samples.size() < 0 ? -1 : Math.max(0, samples.size() - EDIT_COUNT_BYTES);
        Extent extent = Extent.of(input, samples.body() + EDIT_COUNT_BYTES, claimed, found.frameBytes(), notes);
        long frames = extent.frames(found.frameBytes(), notes);
        if (chunks.stray()) {
            notes.add("the bytes at " + (chunks.end() - start) + " are not a chunk");
        }
        return PcmReader.open(input, found, extent, frames);
    }

    private void walk() throws IOException {
        for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            switch (chunk.id()) {
                case "data" -> {
                    if (data == null) {
                        data = chunk;
                    }
                    if (!input.canSeek()) {
                        Bytes.read(input, EDIT_COUNT_BYTES);
                        return;
                    }
                }
                case "chan" -> layout = chunks.body(CoreAudioLayout.MAX_BYTES);
                case "info" -> info(chunks.body(TagList.MAX_BYTES));
                default -> {}
            }
        }
    }

    /// A count, then keys and values, each ended by a zero byte.
    private void info(byte[] body) {
        int at = 4;
        while (at < body.length) {
            int key = at;
            int value = behindZero(body, key);
            at = behindZero(body, value);
            int keyBytes = value - 1 - key;
            if (keyBytes > 0 && keyBytes <= TagList.MAX_KEY_BYTES) {
                tags.add(Bytes.latin(body, key, keyBytes), body, value, at - value);
            }
        }
    }

    private static int behindZero(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != 0) {
            at++;
        }
        return Math.min(at + 1, body.length);
    }
}
