import org.jspecify.annotations.NullMarked;

/// The player: from a file to an endpoint, bit for bit.
@NullMarked
module dev.nightjar.player {
    requires static org.jspecify;
    requires transitive dev.nightjar;
    requires transitive dev.nightjar.media;

    exports dev.nightjar.player;
}
