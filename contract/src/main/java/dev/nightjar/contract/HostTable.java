package dev.nightjar.contract;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.time.Duration;
import java.util.Set;

/// What a host can do, as its tests declare it. Nothing here is found out by asking the driver: a defect in it would
/// otherwise turn a case into a skip.
///
/// @param abilities what it has of those that not all hosts have
/// @param troubles what the tests can make happen
/// @param formats what [Place#RENDER] and [Place#CAPTURE] take
/// @param slack how far instants that a case measures from outside may be off, on account of the machine; zero
///     where time is moved by the test
/// @param systemCalls the system calls that the audio thread makes between two turns, by their Linux names
public record HostTable(
        Set<Ability> abilities, Set<Trouble> troubles, Formats formats, Duration slack, Set<String> systemCalls) {
    /// The formats of an endpoint, as far as the suite uses them.
    ///
    /// @param rate the usual rate, at which everything but the case about rates runs
    /// @param minRate the lowest rate
    /// @param maxRate the highest rate
    /// @param channels the usual number of channels
    /// @param maxChannels the most channels
    /// @param samples the containers
    /// @param packings the arrangements
    public record Formats(
            int rate,
            int minRate,
            int maxRate,
            int channels,
            int maxChannels,
            Set<SampleFormat> samples,
            Set<Packing> packings) {
        public Formats {
            samples = Set.copyOf(samples);
            packings = Set.copyOf(packings);
        }
    }

    public HostTable {
        abilities = Set.copyOf(abilities);
        troubles = Set.copyOf(troubles);
        systemCalls = Set.copyOf(systemCalls);
    }

    /// Whether the same case always runs in the same way.
    public boolean isDeterministic() {
        return slack.isZero();
    }
}
