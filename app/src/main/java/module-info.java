import org.jspecify.annotations.NullMarked;

/// The command line.
@NullMarked
module dev.nightjar.app {
    requires static org.jspecify;
    requires dev.nightjar.player;
    requires jdk.unsupported;
    requires info.picocli;
    requires io.avaje.json;
    requires org.jline.terminal;
    requires org.jline.terminal.ffm;
}
