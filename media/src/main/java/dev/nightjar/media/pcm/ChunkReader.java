package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks the chunks of an input from its next byte on, forward only. Sizes are not trusted: a body that claims
/// more than there is ends with the
/// input, and a pad byte that a careless writer left out is noticed.
final class ChunkReader {
    /// What follows a pad byte that is not zero, but might be a letter.
    private static final Set<String> COMMON = Set.of("data", "fmt ", "LIST", "fact", "bext", "id3 ", "SSND", "COMM");

    private final MediaInput input;
    private final ChunkStyle style;
    private @Nullable Chunk current;
    private boolean stray;
    private long end;

    ChunkReader(MediaInput input, ChunkStyle style) {
        this.input = input;
        this.style = style;
    }

    /// The header of the next chunk, or null at the end or where no chunk begins ([#stray()]).
    @Nullable
    Chunk next() throws IOException {
        Chunk before = current;
        current = null;
        if (before != null) {
            if (before.size() < 0) {
                end = before.body();
                return null;
            }
            long behind = before.body() + before.size();
            Bytes.skip(input, Math.max(0, (behind < 0 ? Long.MAX_VALUE : behind) - input.position()));
        }
        end = input.position();
        byte[] header = header(before == null ? 0 : style.padding(before.size()));
        if (header.length < style.headerBytes()) {
            stray = !isZero(header);
            return null;
        }
        if (!style.isPlausible(header, 0)) {
            stray = true;
            return null;
        }
        current = style.parse(header, input.position());
        return current;
    }

    /// The first bytes of the body of the chunk that [#next] gave, at most `limit`.
    byte[] body(int limit) throws IOException {
        Chunk chunk = current;
        if (chunk == null) {
            throw new IllegalStateException("no chunk is open");
        }
        long left = chunk.body() + Math.max(0, chunk.size()) - input.position();
        return Bytes.read(input, Math.clamp(left, 0, limit));
    }

    /// Corrects the size of the chunk that [#next] gave.
    void resize(long size) {
        Chunk chunk = current;
        if (chunk != null) {
            current = new Chunk(chunk.id(), size, chunk.body());
        }
    }

    /// Where the header begins, or should begin, that [#next] looked at last.
    long end() {
        return end;
    }

    /// Whether the walk ended at bytes that are no chunk.
    boolean stray() {
        return stray;
    }

    private byte[] header(int padding) throws IOException {
        if (padding != 1) {
            Bytes.skip(input, padding);
            return Bytes.read(input, style.headerBytes());
        }
        byte[] bytes = Bytes.read(input, style.headerBytes());
        if (bytes.length == 0 || isUnpadded(bytes)) {
            return bytes;
        }
        byte[] padded = Arrays.copyOfRange(bytes, 1, bytes.length + 1);
        int last = input.read(padded, bytes.length - 1, 1);
        return last == 1 ? padded : Arrays.copyOf(padded, bytes.length - 1);
    }

    /// A few zero bytes at the end are padding that is not asked for.
    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    private boolean isUnpadded(byte[] bytes) {
        return bytes.length == style.headerBytes()
                && bytes[0] != 0
                && style.isPlausible(bytes, 0)
                && !COMMON.contains(Bytes.latin(bytes, 1, 4));
    }
}
