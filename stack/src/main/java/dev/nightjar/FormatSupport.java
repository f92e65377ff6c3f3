package dev.nightjar;

import java.util.List;

/// What is known of the formats an endpoint takes in one share mode.
public sealed interface FormatSupport {
    /// These formats are taken.
    ///
    /// @param ranges at least one, the preferred first
    record Offered(List<FormatRange> ranges) implements FormatSupport {
        public Offered {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) {
                throw new IllegalArgumentException("an offer has at least one range");
            }
        }
    }

    /// Cannot be told without disturbing somebody: the endpoint is busy, or its driver is not loaded.
    ///
    /// @param why a clause for a person
    record Unknown(String why) implements FormatSupport {}

    /// The share mode is not to be had.
    ///
    /// @param why a clause for a person
    record Refused(String why) implements FormatSupport {}
}
