import org.jspecify.annotations.NullMarked;

/// The virtual driver: needs no hardware, keeps real time, and is the reference of what a driver must do.
@NullMarked
module dev.nightjar.driver.virtual {
    requires static org.jspecify;
    requires transitive dev.nightjar;
    requires dev.nightjar.media;

    exports dev.nightjar.driver.virtual;

    provides dev.nightjar.Driver with
            dev.nightjar.driver.virtual.VirtualDriver;
}
