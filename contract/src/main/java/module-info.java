import org.jspecify.annotations.NullMarked;

/// The contract suite: what every driver must pass, extended by the tests of each.
@NullMarked
module dev.nightjar.contract {
    requires static org.jspecify;
    requires jdk.management;
    requires transitive dev.nightjar;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports dev.nightjar.contract;

    opens dev.nightjar.contract to
            org.junit.platform.commons;
}
