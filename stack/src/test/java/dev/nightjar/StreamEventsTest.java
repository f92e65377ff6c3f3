package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.StreamEvent.Kind;
import dev.nightjar.spi.HostEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamEventsTest {
    private final Rig rig = new Rig();

    @Test
    void moreThanFitsIsDroppedAndCountedAndTheOldestAreKept() throws AudioException {
        Stream stream = rig.running();
        for (int i = 0; i < 300; i++) {
            rig.raw().client().happened(HostEvent.LATENCY_CHANGED, i);
        }
        rig.later(20);
        assertThat(rig.events.stream().mapToLong(StreamEvent::value))
                .containsExactlyElementsOf(LongStream.range(0, 256).boxed().toList());
        assertThat(stream.counters().get(StreamCounter.EVENTS_DROPPED)).isEqualTo(44);
    }

    @Test
    void whatTheAudioThreadSaidBeforeALossIsToldBeforeIt() throws AudioException {
        rig.running();
        rig.raw().client().happened(HostEvent.XRUN, 7);
        rig.raw().client().lost(Rig.gone());
        rig.raw().client().happened(HostEvent.XRUN, 8);
        rig.later(100);
        assertThat(rig.told()).containsExactly(Kind.XRUN, Kind.XRUN, Kind.LOST, Kind.REBUILT);
        assertThat(rig.events).extracting(StreamEvent::nanos).isSorted();
        assertThat(rig.event(Kind.LOST).cause().orElseThrow().failure()).isEqualTo(Failure.ENDPOINT_GONE);
    }

    @Test
    void aListenerThatThrowsDoesNotKeepTheOthersFromHearing() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        List<Kind> heard = new ArrayList<>();
        stream.onEvent(_ -> {
            throw new AssertionError("a listener of little use");
        });
        stream.onEvent(event -> heard.add(event.kind()));
        stream.startRaw(Rig.SILENT);
        rig.raw().client().happened(HostEvent.MOVED, 0);
        rig.raw().client().happened(HostEvent.XRUN, 0);
        rig.later(20);
        assertThat(heard).containsExactly(Kind.MOVED, Kind.XRUN);
    }

    @Test
    void oneListenerTwiceIsTwoAndEachWatchClosesItsOwn() throws AudioException {
        Stream stream = rig.running();
        List<Kind> heard = new ArrayList<>();
        java.util.function.Consumer<StreamEvent> listener = event -> heard.add(event.kind());
        Driver.Watch first = stream.onEvent(listener);
        Driver.Watch second = stream.onEvent(listener);
        first.close();
        first.close();
        rig.raw().client().happened(HostEvent.MOVED, 0);
        rig.later(20);
        assertThat(heard).hasSize(1);
        second.close();
        rig.raw().client().happened(HostEvent.MOVED, 0);
        rig.later(20);
        assertThat(heard).hasSize(1);
    }

    @Test
    void listenersMayListenAndCloseTheirWatchFromWithin() throws AudioException {
        Stream stream = rig.running();
        List<String> heard = new ArrayList<>();
        Driver.Watch[] own = new Driver.Watch[1];
        own[0] = stream.onEvent(_ -> {
            heard.add("first");
            own[0].close();
            stream.onEvent(event -> heard.add("second " + event.kind()));
        });
        rig.raw().client().happened(HostEvent.MOVED, 0);
        rig.raw().client().happened(HostEvent.XRUN, 0);
        rig.later(20);
        assertThat(heard).containsExactly("first", "second XRUN");
    }

    @Test
    void nothingIsToldAfterClose() throws AudioException {
        Stream stream = rig.running();
        ScriptedStream raw = rig.raw();
        stream.close();
        raw.client().happened(HostEvent.XRUN, 0);
        rig.later(1_000);
        assertThat(rig.events).isEmpty();
    }
}
