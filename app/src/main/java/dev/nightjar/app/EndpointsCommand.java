package dev.nightjar.app;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Availability;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.EndpointInfo;
import dev.nightjar.EndpointInfo.Presence;
import dev.nightjar.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `nightjar endpoints`: where sound can go and come from, a device with all the roads to it.
final class EndpointsCommand implements Command {
    private static final Option ALL = Option.flag("--all", "Also those that are known, but not there now.");

    private static final Syntax SYNTAX = new Syntax(
            "endpoints",
            "Lists the endpoints, of all drivers or of those that are named: their addresses and what they can do.",
            "[DRIVER ...]",
            0,
            List.of(ALL, Option.JSON, Option.HELP),
            List.of(
                    "",
                    "An asterisk marks what a driver uses by default. Endpoints that lead to the same",
                    "device stand together.",
                    "",
                    "Examples:",
                    "  nightjar endpoints",
                    "  nightjar endpoints alsa --all",
                    "  nightjar endpoints --json | jq -r '.endpoints[].address'"));

    @Override
    public Syntax syntax() {
        return SYNTAX;
    }

    /// An endpoint with what is known of it.
    private record Listed(Driver driver, EndpointInfo info, boolean isDefault) {}

    @Override
    public Exit run(Arguments arguments, Console console) throws Refusal {
        try (Audio audio = Audio.open()) {
            return run(audio, arguments, console);
        }
    }

    static Exit run(Audio audio, Arguments arguments, Console console) throws Refusal {
        List<Listed> found = new ArrayList<>();
        Exit exit = Exit.OK;
        for (Driver driver : chosen(audio, arguments.operands())) {
            try {
                found.addAll(list(driver, arguments.has(ALL)));
            } catch (AudioException e) {
                console.complain(Text.plain("the endpoints of " + driver.id() + " are missing: " + Text.of(e)));
                exit = Exit.UNAVAILABLE;
            }
        }
        Optional<String> fallback = defaultRender(audio);
        if (arguments.has(Option.JSON)) {
            console.out().line(json(found, fallback).toString());
        } else {
            new Listing(console).print(found, fallback);
        }
        return exit;
    }

    /// The drivers that work and were asked for.
    private static List<Driver> chosen(Audio audio, List<String> ids) throws Refusal {
        List<Driver> drivers = new ArrayList<>();
        for (String id : ids) {
            Driver driver = audio.driver(id)
                    .orElseThrow(() -> new Refusal(
                            Exit.USAGE,
                            "there is no driver '" + Text.plain(id) + "'; there are "
                                    + String.join(
                                            ", ",
                                            audio.drivers().stream()
                                                    .map(Driver::id)
                                                    .toList())));
            if (driver.availability() instanceof Availability.Unavailable no) {
                throw new Refusal(
                        Exit.UNAVAILABLE, driver.name() + " does not work here: " + no.reason() + "; " + no.remedy());
            }
            drivers.add(driver);
        }
        return ids.isEmpty()
                ? audio.drivers().stream()
                        .filter(driver -> driver.availability() instanceof Availability.Available)
                        .toList()
                : drivers;
    }

    private static List<Listed> list(Driver driver, boolean all) throws AudioException {
        List<Endpoint> defaults = new ArrayList<>();
        for (Direction direction : List.of(Direction.RENDER, Direction.CAPTURE)) {
            driver.defaultEndpoint(direction, Role.DEFAULT).ifPresent(defaults::add);
        }
        List<Listed> listed = new ArrayList<>();
        for (Endpoint endpoint : driver.endpoints()) {
            EndpointInfo info = endpoint.info();
            boolean isDefault =
                    defaults.stream().anyMatch(other -> other.address().equals(endpoint.address()));
            if (all || info.presence() == Presence.PRESENT) {
                listed.add(new Listed(driver, info, isDefault));
            }
        }
        return listed;
    }

    private static Optional<String> defaultRender(Audio audio) {
        try {
            return Optional.of(audio.defaultRender().address().toString());
        } catch (AudioException _) {
            return Optional.empty();
        }
    }

    private static Json json(List<Listed> found, Optional<String> fallback) {
        List<Object> endpoints = new ArrayList<>();
        for (Listed listed : found) {
            endpoints.add(EndpointJson.of(listed.info(), listed.driver().id(), listed.isDefault())
                    .members());
        }
        Json json = new Json().with("endpoints", endpoints);
        fallback.ifPresent(address -> json.with("defaultRender", address));
        return json;
    }

    /// The list for a person.
    private record Listing(Console console) {
        private static final String INDENT = "      ";

        void print(List<Listed> found, Optional<String> fallback) {
            int columns = console.width();
            Map<String, List<Listed>> devices = new LinkedHashMap<>();
            for (Listed listed : found) {
                devices.computeIfAbsent(device(listed), _ -> new ArrayList<>()).add(listed);
            }
            Table table = new Table();
            devices.values().forEach(roads -> roads.forEach(road -> row(table, road)));
            List<String> rows = table.lines();
            int at = 0;
            for (List<Listed> device : devices.values()) {
                console.out().line(console.style().strong(heading(device.getFirst())));
                for (Listed road : device) {
                    console.out().line(Text.fit(rows.get(at++), columns));
                    for (String ability : EndpointText.abilities(road.info())) {
                        abilities(ability, columns);
                    }
                }
                console.out().line("");
            }
            console.out()
                    .line(fallback.map(address -> "play without --to goes to " + Text.plain(address) + ".")
                            .orElse("play needs --to: no driver has a default endpoint."));
        }

        private void abilities(String ability, int columns) {
            String indent = INDENT;
            for (String line : Text.wrap(ability, columns - INDENT.length() - 2)) {
                console.out().line(indent + console.style().dim(line));
                indent = INDENT + "  ";
            }
        }

        private static void row(Table table, Listed road) {
            String mark = road.isDefault() ? "  * " : "    ";
            String gone = road.info().presence() == Presence.GONE ? " (not there)" : "";
            table.row(
                    mark + Text.plain(road.info().address().toString()),
                    road.info().direction().name().toLowerCase(Locale.ROOT),
                    Text.plain(road.info().name()) + gone);
        }

        private static String device(Listed listed) {
            return listed.info().hardware().orElse(listed.driver().id() + " without a device");
        }

        private static String heading(Listed first) {
            return Text.plain(first.info()
                    .hardware()
                    .map(hardware -> first.info().name() + " (" + hardware + ")")
                    .orElse(first.driver().name() + ", no device known behind it"));
        }
    }
}
