package dev.nightjar.app;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Availability;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.media.Media;
import dev.nightjar.player.PlayerSettings;
import java.util.ArrayList;
import java.util.List;

/// `nightjar play`: files, folders and standard input, one after the other, on an endpoint.
final class PlayCommand implements Command {
    private static final Option TO =
            new Option("--to", "ADDRESS", "Play on this endpoint instead of the default one; see nightjar endpoints.");
    private static final Option EXCLUSIVE = Option.flag(
            "--exclusive",
            "Have the endpoint alone, in its own format: nothing touches the samples, or it is refused.");
    private static final Option LATENCY =
            new Option("--latency", "WISH", "The latency wished for: 5ms, 256 (frames), or smallest.");
    private static final Option GAIN = new Option("--gain", "DB", "Louder or, negative, softer, in decibels.");
    private static final Option START = new Option("--start", "TIME", "Where the first track begins: 1:30, or 90.");

    /// The driver that is there for want of hardware.
    private static final String SILENT_DRIVER = "virtual";

    private static final Syntax SYNTAX = new Syntax(
            "play",
            "Plays files, all audio files of folders, and standard input (-), one after the other without gaps.",
            "FILE|FOLDER|- ...",
            1,
            List.of(TO, EXCLUSIVE, LATENCY, GAIN, START, Option.JSON, Option.HELP),
            List.of(
                    "",
                    "Keys on a terminal: space pauses and goes on; right and left move by 5 s; down",
                    "and up go to the next and the previous track; q ends. Ctrl-C fades out and",
                    "ends; once more ends at once.",
                    "",
                    "Before the first sample the signal path is printed: every stage between the",
                    "file and the endpoint, and whether it leaves samples EXACT, LOSSLESS or ALTERED.",
                    "",
                    "Examples:",
                    "  nightjar play song.flac",
                    "  nightjar play ~/Music/Album --gain -6",
                    "  nightjar play song.flac --exclusive --to alsa:hw:CARD=USB,DEV=0",
                    "  nightjar play song.mp3 --start 1:30 --latency 5ms",
                    "  sox in.aiff -t wav - | nightjar play -",
                    "  nightjar play song.flac --exclusive --to virtual:file:copy.wav"));

    @Override
    public Syntax syntax() {
        return SYNTAX;
    }

    @Override
    public Exit run(Arguments arguments, Console console) throws Refusal {
        PlayerSettings settings = settings(arguments);
        findFormats();
        Playlist playlist = Playlist.of(arguments.operands(), console);
        try (Audio audio = Audio.open();
                View view = view(arguments, console)) {
            Endpoint endpoint = endpoint(audio, arguments);
            Session session = new Session(view, endpoint, settings, playlist.tracks());
            playlist.problems().forEach(session::missing);
            if (!playlist.tracks().isEmpty()
                    && !arguments.has(TO)
                    && endpoint.driver().id().equals(SILENT_DRIVER)) {
                view.notice("nothing will be heard, because " + whySilent(audio) + "; see nightjar drivers");
            }
            return session.play(() -> Interruption.listen(session, view));
        }
    }

    /// Finds the file formats while the drivers are found: on a second core that brings the first sample forward.
    private static void findFormats() {
        Thread _ = Thread.ofPlatform().daemon().name("nightjar-formats").start(Media::formats);
    }

    private static PlayerSettings settings(Arguments arguments) throws Refusal {
        PlayerSettings settings = PlayerSettings.DEFAULT;
        if (arguments.has(EXCLUSIVE)) {
            settings = settings.exclusive();
        }
        String latency = arguments.value(LATENCY).orElse(null);
        if (latency != null) {
            settings = settings.latency(Values.latency(latency));
        }
        String gain = arguments.value(GAIN).orElse(null);
        if (gain != null) {
            settings = settings.gainDb(Values.gain(gain));
            if (arguments.has(EXCLUSIVE) && settings.gainDb() != 0) {
                throw new Refusal(
                        Exit.USAGE,
                        "--gain " + Text.plain(gain)
                                + " with --exclusive: exclusive touches no sample; leave one of them out");
            }
        }
        String start = arguments.value(START).orElse(null);
        return start == null ? settings : settings.start(Values.start(start));
    }

    private static Endpoint endpoint(Audio audio, Arguments arguments) throws Refusal {
        try {
            String address = arguments.value(TO).orElse(null);
            Endpoint endpoint = address == null ? audio.defaultRender() : audio.endpoint(address);
            if (!endpoint.info().direction().renders()) {
                throw new Refusal(
                        Exit.UNAVAILABLE,
                        "play on " + Text.plain(endpoint.toString())
                                + ": it only captures; see nightjar endpoints for those that render");
            }
            return endpoint;
        } catch (AudioException e) {
            throw Refusal.of(e);
        }
    }

    private static View view(Arguments arguments, Console console) {
        if (arguments.has(Option.JSON)) {
            return new JsonView(console);
        }
        return console.outTerminal() ? LiveView.on(console) : new PlainView(console);
    }

    /// Why no driver of hardware has an endpoint.
    private static String whySilent(Audio audio) {
        List<String> reasons = new ArrayList<>();
        for (Driver driver : audio.drivers()) {
            if (!driver.id().equals(SILENT_DRIVER) && driver.defaultRank() != Driver.NEVER_DEFAULT) {
                reasons.add(driver.name()
                        + (driver.availability() instanceof Availability.Unavailable no
                                ? ": " + no.reason()
                                : " has no device to play on"));
            }
        }
        return reasons.isEmpty() ? "no driver of sound hardware is installed" : String.join(", ", reasons);
    }
}
