package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Failure;
import dev.nightjar.Role;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamPolicy;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What each fault of a script does to a stream, and when.
class FaultsTest {
    private static final StreamSpec SPEC =
            StreamSpec.of(48_000, ChannelLayout.STEREO).latencyFrames(960);

    private final VirtualClock clock = new VirtualClock();
    private final List<StreamEvent> events = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Long> entered = new ArrayList<>();
    private Audio audio = Audio.of();

    @AfterEach
    void close() {
        audio.close();
    }

    /// A stream on the speakers of a driver that was made with this script, from the first instant on.
    private Stream playing(String script) throws Exception {
        return playing(script, SPEC);
    }

    private Stream playing(String script, StreamSpec spec) throws Exception {
        audio = Audio.of(new VirtualDriver(clock, FaultScript.parse(script)));
        Stream stream = audio.endpoint("virtual:speakers").open(spec);
        stream.onEvent(events::add);
        stream.start(turn -> {
            sizes.add(turn.frames());
            entered.add(clock.elapsed().toNanos());
        });
        return stream;
    }

    private void advance(double seconds) {
        clock.advance(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private StreamEvent event(StreamEvent.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).findFirst().orElseThrow();
    }

    @Test
    void unplugAndPlugLoseTheStreamAndBringItBack() throws Exception {
        Stream stream = playing("at 1s unplug speakers\nat 3s plug speakers");
        advance(0.99);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        advance(0.05);
        assertThat(stream.state()).isEqualTo(StreamState.REBUILDING);
        advance(4);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(stream.counters().get(StreamCounter.REBUILDS)).isEqualTo(1);
        assertThat(event(StreamEvent.Kind.LOST).cause().orElseThrow().failure()).isEqualTo(Failure.ENDPOINT_GONE);
        assertThat(Duration.ofNanos(event(StreamEvent.Kind.REBUILT).value()))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void defaultMovesTheStreamThatFollowsIt() throws Exception {
        Stream stream = playing("at 1s default null render", SPEC.policy(StreamPolicy.FOLLOW_DEFAULT));
        advance(2);
        assertThat(stream.endpoint()).hasToString("virtual:null");
        assertThat(audio.defaultRender()).hasToString("virtual:null");
        assertThat(audio.defaultEndpoint(Direction.RENDER, Role.COMMUNICATIONS)).hasToString("virtual:speakers");
    }

    @Test
    void sleepLosesAllStreamsUntilTheMachineWakes() throws Exception {
        Stream stream = playing("at 1s sleep 2s");
        Stream other = audio.endpoint("virtual:microphone").open(SPEC);
        other.start(_ -> {});
        advance(1.5);
        assertThat(List.of(stream.state(), other.state())).containsOnly(StreamState.REBUILDING);
        assertThat(catchThrowableOfType(
                                AudioException.class,
                                () -> audio.endpoint("virtual:null").open(SPEC))
                        .failure())
                .isEqualTo(Failure.ENDPOINT_GONE);
        advance(3);
        assertThat(List.of(stream.state(), other.state())).containsOnly(StreamState.RUNNING);
    }

    @Test
    void busyRefusesOthersAndLeavesTheStreamAlone() throws Exception {
        Stream stream = playing("at 1s busy speakers for 500ms");
        advance(1.2);
        assertThat(catchThrowableOfType(
                                AudioException.class,
                                () -> audio.endpoint("virtual:speakers").open(SPEC))
                        .failure())
                .isEqualTo(Failure.ENDPOINT_BUSY);
        advance(0.4);
        audio.endpoint("virtual:speakers").open(SPEC).close();
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        assertThat(events).isEmpty();
    }

    @Test
    void formatGivesTheStreamAnotherContainer() throws Exception {
        Stream stream = playing("at 1s format speakers format=S16 channels=1");
        assertThat(stream.outputFormat().orElseThrow().sample()).isEqualTo(SampleFormat.F32);
        advance(2);
        assertThat(stream.outputFormat().orElseThrow().sample()).isEqualTo(SampleFormat.S16);
        assertThat(stream.outputFormat().orElseThrow().channels()).isEqualTo(1);
        assertThat(event(StreamEvent.Kind.LOST).cause().orElseThrow().failure()).isEqualTo(Failure.RESET_REQUESTED);
        assertThat(stream.counters().get(StreamCounter.GENERATIONS)).isEqualTo(2);
    }

    @Test
    void aFormatOfARateThatTheProgramCannotDoFailsTheStream() throws Exception {
        Stream stream = playing("at 1s format speakers rate=44100");
        advance(2);
        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.failure().orElseThrow().failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
        assertThat(stream.failure().orElseThrow()).hasMessageContaining("44100");
    }

    @Test
    void jitterMakesWakeUpsUnevenByUpToSoMuchAndTheSameEachTime() throws Exception {
        playing("at 1s jitter speakers 3ms for 2s");
        advance(4);
        List<Long> late = new ArrayList<>();
        for (long instant : entered) {
            late.add(instant % 10_000_000);
        }
        assertThat(late.subList(0, 95)).containsOnly(0L);
        assertThat(late.subList(110, 290)).allMatch(nanos -> nanos < 3_000_000);
        assertThat(late.subList(110, 290).stream().distinct().count()).isGreaterThan(100);
        assertThat(late.subList(310, 390)).containsOnly(0L);
        List<Long> before = List.copyOf(entered);
        close();
        entered.clear();
        VirtualClock again = new VirtualClock();
        audio = Audio.of(new VirtualDriver(again, FaultScript.parse("at 1s jitter speakers 3ms for 2s")));
        Stream second = audio.endpoint("virtual:speakers").open(SPEC);
        second.start(_ -> entered.add(again.elapsed().toNanos()));
        again.advance(Duration.ofSeconds(4));
        assertThat(entered).isEqualTo(before);
    }

    @Test
    void lateMakesOneWakeUpLateAndOneXrun() throws Exception {
        Stream stream = playing("at 1s late speakers 40ms");
        advance(2);
        assertThat(stream.counters().xruns()).isEqualTo(1);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isEqualTo(3 * 480);
        assertThat(event(StreamEvent.Kind.XRUN).value()).isEqualTo(3 * 480);
    }

    @Test
    void driftMakesTheClockFastOrSlowBySoManyPartsInAMillion() throws Exception {
        Stream stream = playing("at 100s drift speakers 50\nat 200s drift speakers -200");
        long[] played = new long[4];
        for (int i = 0; i < 3; i++) {
            advance(100);
            played[i + 1] = stream.played().frames();
        }
        assertThat(played[1] - played[0]).isBetween(4_799_999L, 4_800_001L);
        assertThat(played[2] - played[1]).isBetween(4_800_240L - 2, 4_800_240L + 2);
        assertThat(played[3] - played[2]).isBetween(4_799_040L - 2, 4_799_040L + 2);
        assertThat(stream.counters().xruns()).isZero();
        assertThat(stream.endpoint().info().clock())
                .isNotEqualTo(audio.endpoint("virtual:cable").info().clock());
    }

    @Test
    void shortMakesTurnsSmallAndLosesNothing() throws Exception {
        Stream stream = playing("at 1s short speakers 7 for 1s");
        advance(3);
        stream.stop();
        assertThat(sizes).contains(7, 480).allMatch(size -> size <= 480);
        assertThat(sizes.stream().filter(size -> size == 7).count()).isGreaterThan(6_000);
        assertThat(sizes.stream().mapToLong(Integer::longValue).sum()).isEqualTo(stream.position());
        assertThat(stream.counters().xruns()).isZero();
    }

    @Test
    void errorLosesTheStreamWithTheHostsCodeAndText() throws Exception {
        Stream stream = playing("at 1s error speakers -19 no such device");
        advance(2);
        AudioException cause = event(StreamEvent.Kind.LOST).cause().orElseThrow();
        assertThat(cause.failure()).isEqualTo(Failure.DRIVER_FAILED);
        assertThat(cause.nativeCode()).isEqualTo(-19);
        assertThat(cause).hasMessage("run virtual:speakers: no such device (-19)");
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void stallCallsNobodyBackForSoLong() throws Exception {
        Stream stream = playing("at 1s stall speakers for 1s");
        advance(1.9);
        int turns = sizes.size();
        assertThat(turns).isBetween(100, 103);
        advance(0.5);
        assertThat(sizes.size()).isGreaterThan(turns + 30);
        assertThat(stream.counters().get(StreamCounter.GAP_FRAMES)).isBetween(47_000L, 49_000L);
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aScriptInJavaIsTheSameAsInText() {
        FaultScript inJava = FaultScript.builder()
                .at(Duration.ofSeconds(1), new Fault.Unplug("speakers"))
                .at(Duration.ofSeconds(3), new Fault.Plug("speakers"))
                .at(Duration.ofSeconds(4), new Fault.MoveDefault("speakers", Direction.RENDER, Role.DEFAULT))
                .at(Duration.ofSeconds(5), new Fault.Sleep(Duration.ofSeconds(2)))
                .at(Duration.ofSeconds(8), new Fault.Busy("speakers", Duration.ofMillis(500)))
                .at(Duration.ofSeconds(9), new Fault.ChangeFormat("speakers", Map.of("rate", "44100")))
                .at(Duration.ofSeconds(10), new Fault.Jitter("speakers", Duration.ofMillis(3), Duration.ofSeconds(2)))
                .at(Duration.ofSeconds(11), new Fault.Late("speakers", Duration.ofMillis(20)))
                .at(Duration.ofSeconds(12), new Fault.Drift("speakers", 50))
                .at(Duration.ofSeconds(13), new Fault.ShortTransfers("speakers", 7, Duration.ofSeconds(1)))
                .at(Duration.ofSeconds(14), new Fault.DriverError("speakers", -19, "no such device"))
                .at(Duration.ofSeconds(15), new Fault.Stall("speakers", Duration.ofSeconds(1)))
                .build();
        assertThat(FaultScript.parse("""
                # every fault
                at 1s     unplug speakers
                at 3s     plug speakers
                at 4s     default speakers render
                at 5s     sleep 2s
                at 8s     busy speakers for 500ms
                at 9s     format speakers rate=44100
                at 10s    jitter speakers 3ms for 2s
                at 11s    late speakers 20ms
                at 12s    drift speakers 50
                at 13s    short speakers 7 for 1s
                at 14s    error speakers -19 no such device
                at 15s    stall speakers for 1s
                """)).isEqualTo(inJava);
    }

    @Test
    void aFaultOfADeviceThatThereIsNotIsNamed() {
        VirtualDriver driver = new VirtualDriver(clock);
        audio = Audio.of(driver);
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> driver.inject(new Fault.Unplug("trumpet"))))
                .hasMessageContaining("trumpet")
                .hasMessageContaining("speakers");
    }
}
