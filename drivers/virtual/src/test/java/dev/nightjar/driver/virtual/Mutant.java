package dev.nightjar.driver.virtual;

/// A defect of the virtual driver, made by replacing a piece of one source file.
///
/// @param name what is wrong with it
/// @param group the group of cases that is run first, a class nested in `DriverContract`
/// @param file the class whose source is changed
/// @param from a piece of the source that occurs exactly once
/// @param to what stands there instead
record Mutant(String name, String group, String file, String from, String to) {
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
