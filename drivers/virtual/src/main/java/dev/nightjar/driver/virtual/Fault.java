package dev.nightjar.driver.virtual;

import dev.nightjar.Direction;
import dev.nightjar.Role;
import java.time.Duration;
import java.util.Map;

/// Something that goes wrong, or changes, as real devices do. Ids are those behind the colon of an address:
/// `speakers`, `cable:NAME`.
public sealed interface Fault {
    /// The device goes: streams on it are lost, it cannot be opened.
    record Unplug(String id) implements Fault {}

    /// The device comes back.
    record Plug(String id) implements Fault {}

    /// Another device is the default now.
    record MoveDefault(String id, Direction direction, Role role) implements Fault {}

    /// The machine sleeps: all streams are lost, no endpoint can be opened until it wakes.
    record Sleep(Duration time) implements Fault {}

    /// Another program holds the device: it cannot be opened, streams on it go on.
    record Busy(String id, Duration time) implements Fault {}

    /// The device takes only this from now on (parameters as in an address); streams on it have to be opened
    /// anew.
    record ChangeFormat(String id, Map<String, String> parameters) implements Fault {}

    /// Wake-ups are late by up to so much, uniformly distributed, from a fixed seed.
    record Jitter(String id, Duration most, Duration time) implements Fault {}

    /// The next wake-up is late by so much.
    record Late(String id, Duration by) implements Fault {}

    /// The device's clock runs fast (or, negative, slow) by so many parts in a million.
    record Drift(String id, double ppm) implements Fault {}

    /// Turns carry at most so many frames.
    record ShortTransfers(String id, int frames, Duration time) implements Fault {}

    /// The host reports an error: the streams are lost with this code and text.
    record DriverError(String id, int code, String text) implements Fault {}

    /// The device runs no turns.
    record Stall(String id, Duration time) implements Fault {}
}
