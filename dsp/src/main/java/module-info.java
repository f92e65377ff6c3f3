import org.jspecify.annotations.NullMarked;

/// Samples and clocks: knows no driver and no file.
@NullMarked
module dev.nightjar.dsp {
    requires static org.jspecify;

    exports dev.nightjar.dsp;
}
