package dev.nightjar;

/// What a stream counts. Counters only grow, but for [#WORST_TURN_NANOS], which is a maximum.
public enum StreamCounter {
    TURNS("turns", "turns"),
    FRAMES("frames moved", "frames"),
    /// Turns that came too late, and losses that the host told of.
    XRUNS("xruns", "turns"),
    /// Frames that were lost: between turns by xruns and while the endpoint was gone, and rendered ones that
    /// the host could not keep when the stream was paused.
    GAP_FRAMES("frames lost", "frames"),
    /// Frames that the driver made up because the host delivered none.
    FILLED_FRAMES("frames filled", "frames"),
    /// Silent frames rendered because a blocking writer had none ready.
    STARVED_FRAMES("frames starved", "frames"),
    /// Captured frames dropped because a blocking reader did not fetch them.
    OVERFLOWED_FRAMES("frames overflowed", "frames"),
    WORST_TURN_NANOS("worst turn", "ns"),
    /// Turns that a driver ran although it had been told to stop; a defect of the driver.
    STRAY_TURNS("stray turns", "turns"),
    /// Events that were dropped because the program did not keep up.
    EVENTS_DROPPED("events dropped", "events"),
    /// Times that a lost endpoint was opened anew.
    REBUILDS("rebuilds", "times"),
    GENERATIONS("generations", "times");

    private final String label;
    private final String unit;

    StreamCounter(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /// The words for people.
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }
}
