package dev.nightjar.app;

import dev.nightjar.Audio;
import dev.nightjar.Availability;
import dev.nightjar.Driver;
import java.util.ArrayList;
import java.util.List;

/// `nightjar drivers`: what could carry streams here, and why it does not.
final class DriversCommand implements Command {
    private static final Syntax SYNTAX = new Syntax(
            "drivers",
            "Lists the drivers: which of them work here, on what, and what the others lack.",
            "",
            0,
            List.of(Option.JSON, Option.HELP),
            List.of("", "Examples:", "  nightjar drivers", "  nightjar drivers --json | jq '.drivers[].id'"));

    @Override
    public Syntax syntax() {
        return SYNTAX;
    }

    @Override
    public Exit run(Arguments arguments, Console console) {
        try (Audio audio = Audio.open()) {
            return run(audio, arguments, console);
        }
    }

    static Exit run(Audio audio, Arguments arguments, Console console) {
        if (arguments.has(Option.JSON)) {
            List<Object> drivers = new ArrayList<>();
            audio.drivers().forEach(driver -> drivers.add(json(driver).members()));
            console.out().line(new Json().with("drivers", drivers).toString());
        } else {
            print(audio.drivers(), console);
        }
        return Exit.OK;
    }

    private static void print(List<Driver> drivers, Console console) {
        if (drivers.isEmpty()) {
            console.out().line("There are no drivers: this installation lacks its nightjar-*.jar files.");
            return;
        }
        int columns = console.width();
        Table table = new Table().row("DRIVER", "NAME", "STATE", "VERSION");
        for (Driver driver : drivers) {
            switch (driver.availability()) {
                case Availability.Available here ->
                    table.row(
                            driver.id(),
                            driver.name(),
                            "works",
                            here.version().isEmpty() ? "-" : Text.plain(here.version()));
                case Availability.Unavailable _ -> table.row(driver.id(), driver.name(), "not here", "-");
            }
        }
        List<String> lines = table.lines();
        console.out().line(console.style().strong(lines.getFirst()));
        for (int i = 0; i < drivers.size(); i++) {
            console.out().line(lines.get(i + 1));
            if (drivers.get(i).availability() instanceof Availability.Unavailable no) {
                for (String line : Text.wrap(Text.plain(no.reason() + "; " + no.remedy()), columns - 4)) {
                    console.out().line("    " + console.style().dim(line));
                }
            }
        }
    }

    private static Json json(Driver driver) {
        Json json = new Json().with("id", driver.id()).with("name", driver.name());
        return switch (driver.availability()) {
            case Availability.Available here -> json.with("state", "available").with("version", here.version());
            case Availability.Unavailable no ->
                json.with("state", "unavailable")
                        .with("failure", no.failure().name())
                        .with("reason", no.reason())
                        .with("remedy", no.remedy());
        };
    }
}
