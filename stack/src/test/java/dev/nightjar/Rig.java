package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A scripted driver with one endpoint, a stream on it, and what the stream told.
final class Rig {
    static final StreamSpec SPEC = StreamSpec.of(48_000, ChannelLayout.STEREO);
    static final RawProcessor SILENT = _ -> {};

    final ScriptedDriver driver = new ScriptedDriver("script");
    final ScriptedEndpoint endpoint = driver.add("one");
    final List<StreamEvent> events = new CopyOnWriteArrayList<>();
    private Stream opened;

    Stream open(StreamSpec spec) throws AudioException {
        opened = endpoint.open(spec);
        opened.onEvent(events::add);
        return opened;
    }

    Stream running(StreamSpec spec, RawProcessor processor) throws AudioException {
        Stream stream = open(spec);
        stream.startRaw(processor);
        return stream;
    }

    Stream running() throws AudioException {
        return running(SPEC, SILENT);
    }

    ScriptedStream raw() {
        return endpoint.last();
    }

    /// Runs turns of 10 ms for so long, each at its time.
    void play(long millis) {
        for (long done = 0; done < millis; done += 10) {
            raw().run(480);
            later(10);
        }
    }

    void later(long millis) {
        driver.hand.advance(Duration.ofMillis(millis));
    }

    List<StreamEvent.Kind> told() {
        return events.stream().map(StreamEvent::kind).toList();
    }

    StreamEvent event(StreamEvent.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
    }

    static AudioException gone() {
        return AudioException.of(Failure.ENDPOINT_GONE, "run script:one", "it was unplugged");
    }
}
