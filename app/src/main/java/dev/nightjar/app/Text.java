package dev.nightjar.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Text from outside, made fit for a terminal.
final class Text {
    private Text() {}

    /// The text without control characters: names, tags and paths may hold escapes that a terminal would obey.
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                StringBuilder clean = new StringBuilder(text);
                for (int k = i; k < clean.length(); k++) {
                    if (isControl(clean.charAt(k))) {
                        clean.setCharAt(k, '\uFFFD');
                    }
                }
                return clean.toString();
            }
        }
        return text;
    }

    private static boolean isControl(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /// What an exception says, or what it is when it says nothing.
    static String of(Throwable said) {
        String message = said.getMessage();
        return message == null ? said.getClass().getSimpleName() : message;
    }

    /// The columns that it takes on a terminal.
    static int width(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            columns += Math.max(0, WCWidth.wcwidth(text.codePointAt(i)));
        }
        return columns;
    }

    /// The beginning that fits into so many columns, with an ellipsis if something is left out.
    static String fit(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int code = text.codePointAt(end);
            int next = used + Math.max(0, WCWidth.wcwidth(code));
            if (next > columns - 1) {
                break;
            }
            used = next;
            end += Character.charCount(code);
        }
        return columns < 1 ? "" : text.substring(0, end) + "…";
    }

    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /// Breaks at spaces into lines of at most so many columns; a longer word has a line of its own.
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /// A time of a track: `3:25.4`, `1:02:03.5`, with tenths cut off.
    static String time(Duration time) {
        long tenths = time.toMillis() / 100;
        long seconds = tenths / 10;
        String minutes = seconds >= 3600 ? seconds / 3600 + ":" + two(seconds / 60 % 60) : Long.toString(seconds / 60);
        return minutes + ":" + two(seconds % 60) + "." + tenths % 10;
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
