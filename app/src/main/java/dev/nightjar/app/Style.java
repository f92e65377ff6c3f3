package dev.nightjar.app;

/// Colours, where they are wanted: on a terminal, unless `NO_COLOR` is set (no-color.org).
///
/// @param colours whether there are any
record Style(boolean colours) {
    static final Style PLAIN = new Style(false);

    String strong(String text) {
        return in("1", text);
    }

    String dim(String text) {
        return in("2", text);
    }

    String good(String text) {
        return in("32", text);
    }

    String notice(String text) {
        return in("33", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    private String in(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
