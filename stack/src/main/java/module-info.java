import org.jspecify.annotations.NullMarked;

/// The audio driver stack: its programming interface and what a driver implements.
@NullMarked
module dev.nightjar {
    requires static org.jspecify;
    requires transitive dev.nightjar.dsp;

    uses dev.nightjar.Driver;

    exports dev.nightjar;
    exports dev.nightjar.spi;
}
