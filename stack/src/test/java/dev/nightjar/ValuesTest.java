package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nightjar.SignalPath.Fidelity;
import dev.nightjar.SignalPath.Stage;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.StreamShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Values that cannot be wrong once they exist.
class ValuesTest {
    private static final StreamSpec SPEC = StreamSpec.of(48_000, ChannelLayout.STEREO);

    @Test
    void aSpecHasDefaultsThatSuitPlaying() {
        assertThat(SPEC.shareMode()).isEqualTo(ShareMode.SHARED);
        assertThat(SPEC.exclusive().shareMode()).isEqualTo(ShareMode.EXCLUSIVE);
        assertThat(SPEC.policy()).isEqualTo(StreamPolicy.PINNED);
        assertThat(SPEC.latency().framesAt(48_000)).isEqualTo(4_800);
        assertThat(SPEC.direction()).isEmpty();
        assertThat(SPEC.role(Role.COMMUNICATIONS).role()).isEqualTo(Role.COMMUNICATIONS);
        assertThat(SPEC.inputLayout(ChannelLayout.MONO).inputLayout()).isEqualTo(ChannelLayout.MONO);
    }

    @Test
    void aSpecRefusesWhatNoEndpointCouldTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamSpec.of(-1, ChannelLayout.STEREO))
                .withMessageEndingWith("rate=-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamSpec.of(StreamFormat.MAX_RATE + 1, ChannelLayout.STEREO));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.validBits(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.validBits(54));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.name(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPEC.sample(SampleFormat.S16).validBits(20))
                .withMessage("S16 carries 1 to 16 valid bits, validBits=20");
    }

    @Test
    void aDemandedContainerTakesTheBitsThatItCanHold() {
        assertThat(SPEC.sample(SampleFormat.S16).validBits()).isEqualTo(16);
        assertThat(SPEC.validBits(12).sample(SampleFormat.S16).validBits()).isEqualTo(12);
        assertThat(SPEC.sample(SampleFormat.S32).validBits()).isEqualTo(24);
        assertThat(SPEC.sample(SampleFormat.DSD_U32).validBits()).isEqualTo(32);
        assertThat(SPEC.sample(SampleFormat.IEC61937).validBits()).isEqualTo(16);
    }

    @Test
    void aLatencyWishIsAHintInFramesOfTheGrantedRate() {
        assertThat(LatencyWish.smallest().framesAt(48_000)).isZero();
        assertThat(new LatencyWish.Frames(64).framesAt(192_000)).isEqualTo(64);
        assertThat(SPEC.latency(Duration.ofMillis(5)).latency().framesAt(44_100))
                .isEqualTo(221);
        assertThat(new LatencyWish.Time(Duration.ofNanos(1)).framesAt(8_000)).isEqualTo(1);
        assertThat(new LatencyWish.Time(Duration.ofSeconds(10)).framesAt(1_000)).isEqualTo(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.latencyFrames(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.latency(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.latency(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> SPEC.latency(Duration.ofMillis(10_001)));
    }

    @Test
    void reportedAndMeasuredLatencyNeverShareAField() {
        Latency latency = new Latency(48_000, 240, 480, Latency.Reported.UNKNOWN, Optional.empty());
        assertThat(latency.time(480)).isEqualTo(Duration.ofMillis(10));
        assertThat(latency.reported().outputFrames()).isEmpty();
        assertThat(latency.measured()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Latency(48_000, 481, 480, Latency.Reported.UNKNOWN, Optional.empty()))
                .withMessageContaining("periodFrames=481");
    }

    @Test
    void aRangeOfPeriodsMayBeHalfKnown() {
        assertThat(new EndpointInfo.LatencyRange(64, 0).minFrames()).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new EndpointInfo.LatencyRange(64, 32));
        assertThatIllegalArgumentException().isThrownBy(() -> new EndpointInfo.LatencyRange(-1, 32));
    }

    @Test
    void anEndpointTellsTheFormatsOfASideAndMode() {
        ScriptedEndpoint endpoint = new Rig().endpoint;
        endpoint.exclusive = new FormatSupport.Refused("the server mixes");
        EndpointInfo info = endpoint.info();
        assertThat(info.formats(Direction.RENDER).of(ShareMode.SHARED)).isInstanceOf(FormatSupport.Offered.class);
        assertThat(info.formats(Direction.DUPLEX).of(ShareMode.EXCLUSIVE)).isSameAs(endpoint.exclusive);
        assertThat(info.formats(Direction.CAPTURE)).isSameAs(EndpointInfo.Formats.NONE);
    }

    @Test
    void anOfferHasFormatsThatCanExist() {
        Map<SampleFormat, Integer> s16 = Map.of(SampleFormat.S16, 16);
        assertThatIllegalArgumentException().isThrownBy(() -> new FormatSupport.Offered(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> range(0, 1, List.of(), s16));
        assertThatIllegalArgumentException().isThrownBy(() -> range(2, 1, List.of(), s16));
        assertThatIllegalArgumentException().isThrownBy(() -> range(1, StreamFormat.MAX_RATE + 1, List.of(), s16));
        assertThatIllegalArgumentException().isThrownBy(() -> range(1, 9, List.of(5, 4), s16));
        assertThatIllegalArgumentException().isThrownBy(() -> range(1, 9, List.of(4, 10), s16));
        assertThatIllegalArgumentException().isThrownBy(() -> range(1, 9, List.of(), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> range(1, 9, List.of(), Map.of(SampleFormat.S16, 17)))
                .withMessage("S16 carries 1 to 16 valid bits, validBits=17");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FormatRange(1, 9, List.of(), 1, 1_025, s16, Packing.PLANAR));
    }

    private static FormatRange range(int min, int max, List<Integer> rates, Map<SampleFormat, Integer> samples) {
        return new FormatRange(min, max, rates, 1, 2, samples, Packing.INTERLEAVED);
    }

    @Test
    void aRangeContainsWhatAllItsPartsContain() {
        FormatRange range = range(44_100, 96_000, List.of(44_100, 48_000, 96_000), Map.of(SampleFormat.S32, 24));
        StreamFormat format = new StreamFormat(48_000, ChannelLayout.STEREO, SampleFormat.S32, 24, Packing.INTERLEAVED);
        assertThat(range.contains(format)).isTrue();
        assertThat(range.contains(format.withValidBits(20))).isTrue();
        assertThat(range.contains(format.withValidBits(25))).isFalse();
        assertThat(range.contains(format.withRate(88_200))).isFalse();
        assertThat(range.contains(format.withLayout(ChannelLayout.QUAD))).isFalse();
        assertThat(range.contains(format.withPacking(Packing.PLANAR))).isFalse();
        assertThat(range.contains(format.withSample(SampleFormat.F32))).isFalse();
        assertThat(range.nearestRate(90_000)).isEqualTo(96_000);
        assertThat(range.nearestRate(1)).isEqualTo(44_100);
        assertThat(range.nearestRate(Integer.MAX_VALUE)).isEqualTo(96_000);
        assertThat(FormatRange.only(format).contains(format)).isTrue();
    }

    @Test
    void aPathIsAsFaithfulAsItsWorstStage() {
        Stage exact = new Stage("device", "hw:0", Fidelity.EXACT);
        Stage lossless = new Stage("pack", "DoP", Fidelity.LOSSLESS);
        Stage unknown = new Stage("device", "pulse", Fidelity.UNKNOWN);
        Stage altered = new Stage("convert", "S32 → S16", Fidelity.ALTERED);
        assertThat(SignalPath.EMPTY.fidelity()).isEqualTo(Fidelity.EXACT);
        assertThat(SignalPath.EMPTY.then(exact).then(lossless).fidelity()).isEqualTo(Fidelity.LOSSLESS);
        assertThat(SignalPath.EMPTY.then(unknown).then(lossless).fidelity()).isEqualTo(Fidelity.UNKNOWN);
        SignalPath all = SignalPath.EMPTY.then(altered).then(new SignalPath(List.of(unknown, exact)));
        assertThat(all.fidelity()).isEqualTo(Fidelity.ALTERED);
        assertThat(all).containsExactly(altered, unknown, exact);
        assertThat(altered).hasToString("convert: S32 → S16 [ALTERED]");
    }

    @Test
    void anExceptionSaysWhatWasTriedAndWhatWasSaid() {
        AudioException busy =
                new AudioException(Failure.ENDPOINT_BUSY, "open alsa:hw:0 exclusively", -16, "resource busy");
        assertThat(busy).hasMessage("open alsa:hw:0 exclusively: resource busy (-16)");
        assertThat(busy.nativeCode()).isEqualTo(-16);
        assertThat(busy.operation()).isEqualTo("open alsa:hw:0 exclusively");
        assertThat(busy.nearest()).isEmpty();
        assertThat(new AudioException(Failure.DRIVER_FAILED, "run", 0x8889_0004, "lost"))
                .hasMessage("run: lost (0x88890004)");
        assertThat(new AudioException(Failure.DRIVER_FAILED, "run", 0x8889_0004L, "lost"))
                .hasMessage("run: lost (0x88890004)");
        assertThat(new AudioException(Failure.DRIVER_FAILED, "run", 0x1_0000_0001L, "odd"))
                .hasMessage("run: odd (0x0000000100000001)");
        assertThat(AudioException.of(Failure.CLOSED, "start", "it was closed")).hasMessage("start: it was closed");
        Exception cause = new IllegalStateException("why");
        assertThat(AudioException.causedBy(Failure.PROCESSOR_FAILED, "process a turn", cause))
                .hasMessage("process a turn: java.lang.IllegalStateException: why")
                .hasCause(cause);
    }

    @Test
    void anExceptionSurvivesATripThroughAnotherProcess() throws Exception {
        StreamFormat near = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        AudioException thrown = AudioException.unsupported("open it", "no 5.1", List.of(near));
        assertThat(thrown.nearest()).containsExactly(near);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            AudioException read = (AudioException) in.readObject();
            assertThat(read).hasMessage("open it: no 5.1; would do: 48000 Hz stereo S16");
            assertThat(read.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
            assertThat(read.nearest()).isEmpty();
        }
    }

    @Test
    void aShapeHasASideOneRateAndAPeriodThatFits() {
        StreamFormat out = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        Optional<StreamFormat> other = Optional.of(out.withRate(44_100));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(Optional.empty(), Optional.empty(), 64, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(Optional.of(out), other, 64, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(Optional.of(out), Optional.empty(), 64, 65));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(Optional.of(out), Optional.empty(), 64, 0));
        StreamShape capture = shape(Optional.empty(), other, 64, 32);
        assertThat(capture.rate()).isEqualTo(44_100);
        assertThat(capture.latency().periodFrames()).isEqualTo(32);
    }

    private static StreamShape shape(
            Optional<StreamFormat> output, Optional<StreamFormat> input, int maxFrames, int periodFrames) {
        return new StreamShape(
                output, input, maxFrames, periodFrames, 128, Latency.Reported.UNKNOWN, true, SignalPath.EMPTY);
    }

    @Test
    void aRequestHasASideAndCountsFromZero() {
        Optional<StreamFormat> side = Optional.of(StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16));
        assertThat(request(side, Optional.empty(), 0).direction()).isEqualTo(Direction.RENDER);
        assertThat(request(Optional.empty(), side, 0).direction()).isEqualTo(Direction.CAPTURE);
        assertThat(request(side, side, 0).direction()).isEqualTo(Direction.DUPLEX);
        assertThatIllegalArgumentException().isThrownBy(() -> request(Optional.empty(), Optional.empty(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> request(side, Optional.empty(), -1));
    }

    private static RawRequest request(Optional<StreamFormat> output, Optional<StreamFormat> input, long first) {
        return new RawRequest(output, input, Optional.empty(), ShareMode.SHARED, 0, Role.DEFAULT, "Nightjar", first);
    }

    @Test
    void aPolicyGivesUpAfterSomeTime() {
        assertThat(StreamPolicy.FALL_BACK.giveUpAfter(Duration.ofSeconds(1)).kind())
                .isEqualTo(StreamPolicy.Kind.FALL_BACK);
        assertThatIllegalArgumentException().isThrownBy(() -> StreamPolicy.PINNED.giveUpAfter(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamPolicy.PINNED.giveUpAfter(Duration.ofNanos(-1)));
    }

    @Test
    void countersAreASnapshotWithNames() {
        EnumMap<StreamCounter, Long> values = new EnumMap<>(Map.of(StreamCounter.XRUNS, 3L));
        StreamCounters counters = new StreamCounters(values);
        values.put(StreamCounter.XRUNS, 4L);
        assertThat(counters.xruns()).isEqualTo(3);
        assertThat(counters.get(StreamCounter.TURNS)).isZero();
        assertThat(new StreamCounters(Map.of()).xruns()).isZero();
        assertThat(StreamCounter.values()).extracting(StreamCounter::label).doesNotHaveDuplicates();
        assertThat(StreamCounter.WORST_TURN_NANOS.unit()).isEqualTo("ns");
    }
}
