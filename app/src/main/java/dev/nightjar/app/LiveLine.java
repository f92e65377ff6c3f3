package dev.nightjar.app;

import dev.nightjar.dsp.Mixing;
import dev.nightjar.player.PlayerStatus;
import dev.nightjar.player.PlayerStatus.Level;
import java.util.List;
import java.util.StringJoiner;

/// The line that shows a player at work: state, position, length, levels, buffer, xruns. A narrow terminal gets what
/// fits of
/// it, the position first.
///
/// @param style its colours
/// @param blocks whether the terminal's charset has block elements
record LiveLine(Style style, boolean blocks) {
    private static final String GAP = "  ";
    private static final double FLOOR_DB = -48;
    private static final double LOUD_DB = -6;
    private static final int WIDEST_BAR = 20;
    private static final int NARROWEST_BAR = 4;
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
    private static final String DIGITS = "12345678";

    /// @param columns those of the terminal; the last one stays free, so that no terminal wraps
    String text(PlayerStatus status, int columns) {
        String position = Text.time(View.time(status));
        String length = status.lengthFrames() < 0 ? "" : " / " + Text.time(status.time(status.lengthFrames()));
        String times = position + length;
        int free = columns - 1 - times.length();
        if (free < 0) {
            return Text.fit(position, Math.max(1, columns - 1));
        }
        String state = fitting(word(status.state()), free);
        free -= cost(state);
        String xruns = fitting("xruns " + status.counters().xruns(), free);
        free -= cost(xruns);
        String buffer = fitting(buffer(status.bufferFill()), free);
        free -= cost(buffer);
        String meters = meters(status.levels(), free - GAP.length());
        StringJoiner line = new StringJoiner(GAP);
        for (String part :
                List.of(state, times, meters, buffer, status.counters().xruns() > 0 ? style.bad(xruns) : xruns)) {
            if (!part.isEmpty()) {
                line.add(part);
            }
        }
        return line.toString();
    }

    private static String word(PlayerStatus.State state) {
        return switch (state) {
            case OPENING -> "opening";
            case PLAYING -> "playing";
            case PAUSED -> "paused ";
            case REBUILDING -> "waiting";
            case ENDED -> "ended  ";
        };
    }

    private static String buffer(double fill) {
        String percent = Long.toString(Math.round(fill * 100));
        return "buffer " + " ".repeat(3 - Math.min(3, percent.length())) + percent + "%";
    }

    private static String fitting(String part, int free) {
        return part.length() + GAP.length() <= free ? part : "";
    }

    private static int cost(String part) {
        return part.isEmpty() ? 0 : part.length() + GAP.length();
    }

    /// A bar for each of one or two channels, a column for each of more.
    private String meters(List<Level> levels, int room) {
        int channels = levels.size();
        StringBuilder meters = new StringBuilder();
        if (channels == 0) {
            return "";
        }
        int width = Math.min(WIDEST_BAR, (room - (channels - 1)) / channels);
        if (channels <= 2 && width >= NARROWEST_BAR) {
            for (Level level : levels) {
                meters.append(meters.isEmpty() ? "" : " ").append(bar(level.peak(), width));
            }
        } else if (channels > 2 && channels <= room) {
            for (Level level : levels) {
                meters.append(column(level.peak()));
            }
        }
        return meters.toString();
    }

    private String bar(double peak, int width) {
        int filled = (int) Math.round(share(peak) * width);
        return coloured(peak, (blocks ? "█" : "#").repeat(filled))
                + style.dim((blocks ? "░" : "-").repeat(width - filled));
    }

    private String column(double peak) {
        String steps = blocks ? HEIGHTS : DIGITS;
        int step = (int) Math.round(share(peak) * (steps.length() - 1));
        return coloured(peak, steps.substring(step, step + 1));
    }

    /// How much of the scale, which begins at -48 dBFS, a peak fills.
    private static double share(double peak) {
        return Math.clamp(1 - Mixing.decibels(peak) / FLOOR_DB, 0, 1);
    }

    private String coloured(double peak, String text) {
        double decibels = Mixing.decibels(peak);
        return peak >= 1 ? style.bad(text) : decibels > LOUD_DB ? style.notice(text) : style.good(text);
    }
}
