package dev.nightjar.driver.virtual;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A defect of the virtual driver, made by replacing a piece of one source file. They are in `mutants.txt`.
///
/// @param file the class whose source is changed
/// @param group the group of cases that is run first, a class nested in `DriverContract`
/// @param name what is wrong
/// @param from a piece of the source that occurs exactly once
/// @param to what stands there instead
record Mutant(String file, String group, String name, String from, String to) {
    static List<Mutant> all() throws IOException {
        List<Mutant> all = new ArrayList<>();
        try (InputStream in = Mutant.class.getResourceAsStream("/mutants.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n")) {
                if (block.strip().startsWith("= ")) {
                    all.add(parse(block.strip().lines().toList()));
                }
            }
        }
        return all;
    }

    private static Mutant parse(List<String> lines) {
        String[] head = lines.getFirst().substring(2).split(" \\| ");
        return new Mutant(head[0], head[1], head[2], marked(lines, "-"), marked(lines, "+"));
    }

    private static String marked(List<String> lines, String mark) {
        return String.join(
                "\n",
                lines.stream()
                        .filter(line -> line.startsWith(mark))
                        .map(line -> line.substring(Math.min(2, line.length())))
                        .toList());
    }

    /// The source with the defect.
    String apply(String source) {
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new AssertionError(name + ": the piece has to occur exactly once in " + file + ": " + from);
        }
        return source.substring(0, at) + to + source.substring(at + from.length());
    }

    @Override
    public String toString() {
        return file + ": " + name;
    }
}
