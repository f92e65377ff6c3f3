package dev.nightjar.contract;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Driver;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import java.time.Duration;

/// What the tests of a driver give to the suite: the driver, what it stands on, and hands to make things happen to it.
/// A new one is made for each case. Time is the driver's own: the suite waits with [Driver#clock()].
public interface ContractHost extends AutoCloseable {
    /// The driver under test, the same in each call. The suite closes it after the case. `[control-thread]`
    Driver driver();

    /// What the host can do. `[any-thread]`
    HostTable table();

    /// The address of an endpoint. Where the table has no such place: an address for which the driver has to refuse
    /// what the place would be for. `[control-thread]`
    String address(Place place);

    /// Opens a stream on a place. Hosts that have no endpoint with both sides override it for [Place#CABLE].
    /// `[control-thread]`
    ///
    /// @throws AudioException as [dev.nightjar.Endpoint#open] does
    default Stream open(Audio audio, Place place, StreamSpec spec) throws AudioException {
        return audio.endpoint(address(place)).open(spec);
    }

    /// Makes something happen to an endpoint; returns when it has, or when it is sure to. `[control-thread]`
    ///
    /// @param time how long, or how much; see [Trouble]
    /// @throws UnsupportedOperationException if it cannot be done; the message says why
    void cause(Trouble trouble, Place place, Duration time) throws Exception;

    /// Lets the calling processor take so long. `[audio-thread]`
    void spend(Duration time);

    /// Lets go of what the driver stands on. `[control-thread]`
    @Override
    void close();
}
