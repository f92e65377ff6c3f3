package dev.nightjar.player;

import dev.nightjar.media.Media;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What there is to play in files and folders.
public final class Tracks {
    /// Names as people sort them: numbers by their value, letters without regard to case.
    static final Comparator<String> NATURAL = Tracks::compareNaturally;

    private Tracks() {}

    /// The tracks of these files and folders, in this order. A folder stands for the files in it and in the folders
    /// below whose extension an installed format claims, in natural order, without hidden ones; a file that is
    /// named itself is always tried. `[control-thread]`
    ///
    /// @throws IOException if a folder cannot be listed
    public static List<Track> of(List<Path> files) throws IOException {
        List<Track> tracks = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                within(file).forEach(found -> tracks.add(Track.of(found)));
            } else {
                tracks.add(Track.of(file));
            }
        }
        return tracks;
    }

    private static List<Path> within(Path folder) throws IOException {
        Set<String> extensions = Media.formats().stream()
                .flatMap(format -> format.extensions().stream())
                .collect(Collectors.toSet());
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                        return isHidden(below) && !below.equals(folder)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (!isHidden(file) && extensions.contains(extension(file))) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                        if (file.equals(folder)) {
                            throw cause;
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(Tracks::comparePaths);
        return found;
    }

    private static boolean isHidden(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static int comparePaths(Path left, Path right) {
        int common = Math.min(left.getNameCount(), right.getNameCount());
        for (int i = 0; i < common; i++) {
            int order = compareNaturally(
                    left.getName(i).toString(), right.getName(i).toString());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.getNameCount(), right.getNameCount());
    }

    private static int compareNaturally(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int iEnd = endOfRun(left, i);
            int jEnd = endOfRun(right, j);
            String a = left.substring(i, iEnd);
            String b = right.substring(j, jEnd);
            int order = isDigit(a.charAt(0)) && isDigit(b.charAt(0))
                    ? compareNumbers(a, b)
                    : String.CASE_INSENSITIVE_ORDER.compare(a, b);
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
        }
        int byLength = Integer.compare(left.length() - i, right.length() - j);
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static int endOfRun(String text, int from) {
        int end = from + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == isDigit(text.charAt(from))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int compareNumbers(String left, String right) {
        String a = left.replaceFirst("^0+(?=.)", "");
        String b = right.replaceFirst("^0+(?=.)", "");
        int byLength = Integer.compare(a.length(), b.length());
        return byLength != 0 ? byLength : a.compareTo(b);
    }
}
