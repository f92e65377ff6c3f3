package dev.nightjar.app;

import dev.nightjar.media.Media;
import dev.nightjar.media.StreamMediaInput;
import dev.nightjar.player.Track;
import dev.nightjar.player.Tracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The tracks that the operands of `play` stand for, and what is wrong with the others.
///
/// @param tracks in the order of the command line
/// @param problems one for each operand that gives no track
record Playlist(List<Track> tracks, List<Problem> problems) {
    private static final String STANDARD_INPUT = "-";

    static Playlist of(List<String> operands, Console console) {
        List<Track> tracks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String operand : operands) {
            try {
                List<Track> found = operand.equals(STANDARD_INPUT) ? standardInput(console) : onDisk(Path.of(operand));
                if (found.isEmpty()) {
                    problems.add(Problem.of(
                            operand, "there is no audio in this folder; known are " + extensions(), Exit.NO_INPUT));
                }
                tracks.addAll(found);
            } catch (IOException e) {
                problems.add(Problem.of(operand, e));
            } catch (InvalidPathException e) {
                problems.add(Problem.of(operand, "this is no file name here: " + e.getReason(), Exit.NO_INPUT));
            } catch (Refusal e) {
                problems.add(Problem.of(operand, Text.of(e), e.exit()));
            }
        }
        return new Playlist(tracks, problems);
    }

    private static List<Track> standardInput(Console console) throws Refusal {
        if (console.inTerminal()) {
            throw new Refusal(
                    Exit.NO_INPUT, "standard input is a terminal; send audio there: nightjar play - <song.flac");
        }
        return List.of(Track.of(new StreamMediaInput(console.in()), "standard input"));
    }

    private static List<Track> onDisk(Path path) throws IOException, Refusal {
        if (path.toString().isEmpty() || !Files.exists(path)) {
            throw new Refusal(Exit.NO_INPUT, "there is no such file or folder");
        }
        if (!Files.isReadable(path)) {
            throw new Refusal(Exit.NO_INPUT, "it may not be read: permission denied");
        }
        return Tracks.of(List.of(path));
    }

    private static String extensions() {
        TreeSet<String> extensions = new TreeSet<>();
        Media.formats().forEach(format -> extensions.addAll(format.extensions()));
        return String.join(" ", extensions);
    }
}
