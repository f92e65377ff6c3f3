package dev.nightjar.media.flac;

import dev.nightjar.media.ArrayInput;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.StreamMediaInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// FLAC files for tests, and what comes out of them.
final class FlacFiles {
    private FlacFiles() {}

    /// What a reader gave until its end.
    ///
    /// @param samples all frames, also those behind damage
    /// @param good how many bytes came before the first exception
    /// @param failures the exceptions in their order
    record Decoded(@SuppressWarnings("ArrayRecordComponent") byte[] samples, int good, List<MediaException> failures) {}

    /// The test files of the repository.
    static Stream<Path> subset() throws IOException {
        return in(Path.of(System.getProperty("nightjar.root", ".."), "testdata", "flac"));
    }

    /// The FLAC files in a folder, in the order of their names.
    static Stream<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".flac")).sorted().toList().stream();
        }
    }

    static MediaReader open(byte[] file) throws IOException {
        return open(file, new ArrayInput(file));
    }

    static MediaReader openStream(byte[] file) throws IOException {
        return open(file, new StreamMediaInput(new ByteArrayInputStream(file)));
    }

    private static MediaReader open(byte[] file, MediaInput input) throws IOException {
        boolean ogg = new OggFlacFormat().matches(file) > 0;
        return ogg ? new OggFlacFormat().open(input) : new FlacFormat().open(input);
    }

    /// Reads to the end, in pieces of odd sizes, through all damage.
    static Decoded decode(byte[] file) throws IOException {
        try (MediaReader reader = open(file)) {
            return rest(reader);
        } catch (MediaException e) {
            return new Decoded(new byte[0], 0, List.of(e));
        }
    }

    static Decoded decodeStream(byte[] file) throws IOException {
        try (MediaReader reader = openStream(file)) {
            return rest(reader);
        } catch (MediaException e) {
            return new Decoded(new byte[0], 0, List.of(e));
        }
    }

    static Decoded rest(MediaReader reader) throws IOException {
        int frameBytes = reader.info().format().frameBytes();
        Random sizes = new Random(frameBytes);
        byte[] piece = new byte[1 + 5000 * frameBytes];
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        List<MediaException> failures = new ArrayList<>();
        int good = 0;
        while (true) {
            try {
                int count = reader.read(piece, 1, 1 + sizes.nextInt(5000));
                if (count < 0) {
                    return new Decoded(samples.toByteArray(), good, failures);
                }
                samples.write(piece, 1, count * frameBytes);
            } catch (MediaException e) {
                failures.add(e);
            }
            good = failures.isEmpty() ? samples.size() : good;
        }
    }
}
