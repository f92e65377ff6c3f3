package dev.nightjar.app;

import dev.nightjar.Latency;
import dev.nightjar.SignalPath;
import dev.nightjar.StreamEvent;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What is said about tracks and how they are played, in words.
final class TrackText {
    private TrackText() {}

    /// What is played, where to, and what happens to its samples.
    static List<String> begun(Begun track, Style style) {
        List<String> lines = new ArrayList<>();
        String number = track.count() > 1 ? " (" + track.number() + " of " + track.count() + ")" : "";
        lines.add(style.strong(Text.plain(track.name())) + number);
        String title = title(track.info());
        if (!title.isEmpty()) {
            lines.add("  title   " + title);
        }
        lines.add("  source  " + Text.plain(source(track.info())));
        lines.add("  to      " + Text.plain(track.address().toString()) + ", " + mode(track));
        lines.add("  buffer  " + granted(track));
        track.info().notes().forEach(note -> lines.add("  note    " + Text.plain(note)));
        lines.addAll(path(track, style));
        return lines;
    }

    /// The stages of the way, one a line, and what comes of all of them.
    static List<String> path(Begun track, Style style) {
        List<String> lines = new ArrayList<>();
        Table table = new Table();
        track.path()
                .forEach(stage -> table.row(
                        Text.plain(stage.name()), fidelity(stage.fidelity(), style), Text.plain(stage.detail())));
        String lead = "  path    ";
        for (String line : table.lines()) {
            lines.add(lead + line);
            lead = "          ";
        }
        lines.add("  =       " + fidelity(track.path().fidelity(), style) + whole(track));
        return lines;
    }

    private static String whole(Begun track) {
        String file = track.info().exact()
                ? ""
                : " (" + Text.plain(track.info().container()) + " itself is an approximation)";
        return switch (track.path().fidelity()) {
            case EXACT -> " what comes out is what the file holds, bit for bit" + file;
            case LOSSLESS -> " what comes out can be turned back into what the file holds" + file;
            case UNKNOWN -> " a part of the way is not known";
            case ALTERED -> " the samples are changed on the way";
        };
    }

    private static String fidelity(SignalPath.Fidelity fidelity, Style style) {
        return switch (fidelity) {
            case EXACT, LOSSLESS -> style.good(fidelity.name());
            case UNKNOWN, ALTERED -> style.notice(fidelity.name());
        };
    }

    private static String title(MediaInfo info) {
        List<String> parts = new ArrayList<>();
        for (String tag : List.of("ARTIST", "ALBUM", "TITLE")) {
            List<String> values = info.tags().getOrDefault(tag, List.of());
            if (!values.isEmpty()) {
                parts.add(Text.plain(values.getFirst()));
            }
        }
        return String.join(" - ", parts);
    }

    private static String source(MediaInfo info) {
        String codec =
                info.codec().startsWith(info.container()) ? info.codec() : info.container() + ", " + info.codec();
        StreamFormat format = info.format();
        String length = info.frames() < 0 ? "length unknown" : Text.time(time(info.frames(), format.rate()));
        return codec + ", " + format.rate() + " Hz " + format.layout() + ", " + length;
    }

    static Duration time(long frames, int rate) {
        return Duration.ofNanos(Math.round(frames * 1e9 / rate));
    }

    private static String mode(Begun track) {
        return track.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String granted(Begun track) {
        Latency latency = track.shape().latency();
        OptionalLong reported = latency.reported().outputFrames();
        String says = reported.isEmpty() ? "" : ", latency " + milliseconds(reported.getAsLong(), latency.rate());
        return "period " + latency.periodFrames() + " of " + latency.bufferFrames() + " frames" + says;
    }

    private static String milliseconds(long frames, int rate) {
        long tenths = Math.round(frames * 1e4 / rate);
        return tenths / 10 + "." + tenths % 10 + " ms";
    }

    /// What happened to the stream.
    static String event(StreamEvent event, Duration at) {
        String what = switch (event.kind()) {
            case XRUN -> "xrun" + (event.value() > 0 ? ", " + event.value() + " frames are missing" : "");
            case LOST -> "the endpoint is lost" + cause(event) + "; waiting for it";
            case REBUILT -> "the endpoint is back after " + Text.time(Duration.ofNanos(event.value()));
            case MOVED -> "the stream is on another endpoint now";
            case DRAINED -> event.value() == 1 ? "played to the end" : "the endpoint did not confirm the end";
            case FAILED -> "the stream failed" + cause(event);
            case STALLED -> "no samples were given for " + Text.time(Duration.ofNanos(event.value()));
            case LATENCY_CHANGED -> "the latency is " + event.value() + " frames now";
            case SUSPENDED -> "the device was suspended";
            case RESUMED -> "the device is awake again";
        };
        return Text.time(at) + " " + what;
    }

    private static String cause(StreamEvent event) {
        return event.cause().map(cause -> ": " + Text.plain(Text.of(cause))).orElse("");
    }

    /// How it went.
    static String ended(Summary summary) {
        StringBuilder text = new StringBuilder("played ")
                .append(summary.played())
                .append(summary.played() == 1 ? " track" : " tracks");
        if (summary.incomplete() > 0) {
            text.append(", ").append(summary.incomplete()).append(" not to the end or not whole");
        }
        if (summary.failed() > 0) {
            text.append(", failed ").append(summary.failed());
        }
        if (summary.stopped()) {
            text.append(", stopped at ").append(Text.time(View.time(summary.status())));
        }
        text.append(", xruns ").append(summary.status().counters().xruns());
        if (summary.isBroken()) {
            text.append(", not exact: ").append(summary.silentFrames()).append(" frames of silence in between");
        } else if (summary.starvedFrames() > 0) {
            text.append(", ").append(summary.starvedFrames()).append(" frames of silence for want of data");
        }
        return text.toString();
    }
}
