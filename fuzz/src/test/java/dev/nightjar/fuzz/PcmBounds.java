package dev.nightjar.fuzz;

/// What the reader of a PCM container allocates whatever the input is.
final class PcmBounds {
    /// The look for bursts, and the samples on their way to another container.
    static final long BASE_BYTES = Allocation.BASE_BYTES + 64 * 1024;

    private PcmBounds() {}
}
