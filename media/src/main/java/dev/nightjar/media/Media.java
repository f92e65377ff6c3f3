package dev.nightjar.media;

import dev.nightjar.media.pcm.ReplayedInput;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The front door to audio files: finds the format of a file by its first bytes among the installed
/// [MediaFormat]s and opens it.
///
/// ```java
/// try (MediaReader song = Media.open(Path.of("song.flac"))) {
///     byte[] frames = new byte[1024 * song.info().format().frameBytes()];
///     for (int count; (count = song.read(frames, 0, 1024)) > 0; ) {
///         ...
///     }
/// }
/// ```
public final class Media {
    /// Enough for every magic number; a live stream is not kept waiting for [MediaFormat#HEAD_BYTES] if this
    /// decides.
    private static final int FIRST_HEAD_BYTES = 4096;

    private static final int CERTAIN = 100;

    private Media() {}

    /// The installed formats in the order of their names, on the module path and on the class path. [any-thread]
    public static List<MediaFormat> formats() {
        return Installed.FORMATS;
    }

    /// Opens a file; a pipe or a device is read as a stream. [control-thread]
    ///
    /// @throws MediaException
    ///     - `UNRECOGNISED` when no installed format knows the file, or it is a folder or empty; the message
    ///       says what it looks like
    ///     - otherwise what the format says
    /// @throws IOException if the file is missing or may not be read
    public static MediaReader open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MediaException(MediaException.Kind.UNRECOGNISED, file + " is a folder, not an audio file");
        }
        Path name = file.getFileName();
        MediaInput input = Files.isRegularFile(file) || !Files.exists(file)
                ? FileMediaInput.open(file)
                : new StreamMediaInput(new FileInputStream(file.toFile()));
        try {
            return open(input, name == null ? null : name.toString());
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /// Opens an input from its next byte on. On success the reader owns the input and closes it; on failure the
    /// caller still does.
    /// [control-thread]
    ///
    /// @param name a file name, whose extension breaks ties, or null
    /// @throws MediaException as [#open(Path)]
    public static MediaReader open(MediaInput input, @Nullable String name) throws IOException {
        long start = input.position();
        String extension = extensionOf(name);
        byte[] head = read(input, new byte[0], FIRST_HEAD_BYTES);
        Candidate best = best(head, extension);
        if (best.score() < CERTAIN && head.length == FIRST_HEAD_BYTES) {
            head = read(input, head, MediaFormat.HEAD_BYTES);
            best = best(head, extension);
        }
        MediaFormat format = best.format();
        if (format == null || (best.score() <= 0 && (!best.named() || Lookalike.isForeign(head)))) {
            throw new MediaException(MediaException.Kind.UNRECOGNISED, unrecognised(head));
        }
        if (!input.canSeek()) {
            return format.open(new ReplayedInput(head, input));
        }
        input.seek(start);
        return format.open(input);
    }

    /// A format, how sure it is, and whether the file's name speaks for it.
    private record Candidate(@Nullable MediaFormat format, int score, boolean named) {
        boolean beats(Candidate other) {
            return score > other.score || (score == other.score && named && !other.named);
        }
    }

    private static Candidate best(byte[] head, String extension) {
        Candidate best = new Candidate(null, 0, false);
        for (MediaFormat format : formats()) {
            Candidate next = new Candidate(
                    format, format.matches(head), format.extensions().contains(extension));
            best = next.beats(best) ? next : best;
        }
        return best;
    }

    private static String unrecognised(byte[] head) {
        String known = formats().stream().map(MediaFormat::name).collect(Collectors.joining(", "));
        return Lookalike.describe(head) + "; installed formats: " + (known.isEmpty() ? "none" : known);
    }

    private static String extensionOf(@Nullable String name) {
        int dot = name == null ? -1 : name.lastIndexOf('.');
        return name == null || dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static byte[] read(MediaInput input, byte[] before, int upTo) throws IOException {
        byte[] head = Arrays.copyOf(before, upTo);
        int length = before.length;
        while (length < upTo) {
            int count = input.read(head, length, upTo - length);
            if (count < 0) {
                return Arrays.copyOf(head, length);
            }
            length += count;
        }
        return head;
    }

    private static final class Installed {
        static final List<MediaFormat> FORMATS =
                ServiceLoader.load(MediaFormat.class, MediaFormat.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted((left, right) -> left.name().compareTo(right.name()))
                        .toList();
    }
}
