package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.EndpointInfo;
import dev.nightjar.Failure;
import dev.nightjar.FormatSupport;
import dev.nightjar.LatencyWish;
import dev.nightjar.ShareMode;
import dev.nightjar.SignalPath;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.spi.StreamShape;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What is opened and what is refused: exactly what the table says.
abstract class FormatCases extends Cases {
    private ShareMode strictest() {
        return table.abilities().contains(Ability.EXCLUSIVE) ? ShareMode.EXCLUSIVE : ShareMode.SHARED;
    }

    private StreamSpec exact(SampleFormat sample) {
        return usual().shareMode(strictest()).sample(sample).validBits(sample.maxValidBits());
    }

    /// Opens each container of a class that the table names, on each place, and runs it; demands that
    /// [Place#RENDER] refuses the others.
    private void openEach(Predicate<SampleFormat> which) throws Exception {
        for (Place place : places()) {
            for (SampleFormat sample : EnumSet.allOf(SampleFormat.class)) {
                if (which.test(sample) && table.formats().samples().contains(sample)) {
                    assertRuns(place, sample);
                } else if (which.test(sample) && place == Place.RENDER) {
                    AudioException refusal = refusal(Failure.FORMAT_UNSUPPORTED, () -> open(place, exact(sample)));
                    doesNotApply(place + " " + refusal.getMessage());
                }
            }
        }
    }

    private void assertRuns(Place place, SampleFormat sample) throws Exception {
        Run run = started(opened(place, exact(sample)));
        StreamFormat granted =
                run.stream().outputFormat().or(run.stream()::inputFormat).orElseThrow();
        assertThat(granted.sample()).isEqualTo(sample);
        assertThat(granted.rate()).isEqualTo(table.formats().rate());
        assertThat(granted.channels()).isEqualTo(table.formats().channels());
        awaitTurns(run, 4);
        run.stream().close();
    }

    @Test
    void integersInTheirOwnContainerAreOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.isInteger() && s.bytes() != 3 && isLittle(s) && s.alignment() == SampleFormat.Alignment.HIGH);
    }

    @Test
    void packed24BitIsOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.isInteger() && s.bytes() == 3 && isLittle(s));
    }

    @Test
    void lowAlignedIntegersAreOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.isInteger() && s.alignment() == SampleFormat.Alignment.LOW && isLittle(s));
    }

    @Test
    void floatsAreOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.isFloat() && isLittle(s));
    }

    @Test
    void bigEndianSamplesAreOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.isPcm() && !isLittle(s));
    }

    @Test
    void dsdIsOpenedAsTheTableSaysAndIsSilentInItsOwnWay() throws Exception {
        openEach(SampleFormat::isDsd);
    }

    @Test
    void encodedBurstsAreOpenedAsTheTableSays() throws Exception {
        openEach(s -> s.coding() == SampleFormat.Coding.ENCODED);
    }

    private static boolean isLittle(SampleFormat sample) {
        return sample.order() == ByteOrder.LITTLE_ENDIAN;
    }

    @Test
    void theArrangementIsOneThatTheTableNames() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            StreamShape shape = run.stream().shape();
            for (StreamFormat format : List.of(
                    shape.output().or(shape::input).orElseThrow(),
                    shape.input().or(shape::output).orElseThrow())) {
                assertThat(table.formats().packings()).contains(format.packing());
            }
            run.stream().close();
        }
    }

    @Test
    void planesAreApartWhereTheArrangementIsPlanar() throws Exception {
        Run run = opened(Place.RENDER, usual());
        long[] distance = new long[1];
        run.witness().doing((turn, _) -> {
            if (turn.output().format().channels() > 1) {
                boolean same = turn.output().segment(0).equals(turn.output().segment(1));
                distance[0] = same ? turn.output().offset(1) - turn.output().offset(0) : Long.MAX_VALUE;
                int bytes = turn.output().format().sample().bytes();
                boolean planar = turn.output().format().packing() == Packing.PLANAR;
                assertThat(Math.abs(distance[0]) >= (long) turn.frames() * bytes || turn.frames() == 1)
                        .isEqualTo(planar || turn.frames() == 1);
                assertThat(turn.output().format().strideBytes())
                        .isEqualTo(
                                planar ? bytes : bytes * turn.output().format().channels());
            }
        });
        started(run);
        awaitTurns(run, 4);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void channelsAreOpenedUpToThoseThatTheTableNamesAndNoMore() throws Exception {
        int most = table.formats().maxChannels();
        for (int channels : Set.of(1, 2, Math.min(most, 8), Math.min(most, 64), most)) {
            Run run = started(opened(Place.RENDER, withChannels(channels)));
            assertThat(run.stream().outputFormat().orElseThrow().channels()).isEqualTo(channels);
            awaitTurns(run, 2);
            run.stream().close();
        }
        if (most < ChannelLayout.MAX_CHANNELS) {
            refusal(Failure.FORMAT_UNSUPPORTED, () -> open(Place.RENDER, withChannels(most + 1)));
        }
    }

    private StreamSpec withChannels(int channels) {
        return StreamSpec.of(table.formats().rate(), ChannelLayout.ofCount(channels))
                .shareMode(strictest())
                .latencyFrames(LATENCY_FRAMES);
    }

    @Test
    void ratesAreOpenedWithinThoseThatTheTableNamesAndNotBeyond() throws Exception {
        for (int rate : Set.of(
                table.formats().minRate(),
                table.formats().rate(),
                table.formats().maxRate())) {
            Run run = started(opened(Place.RENDER, withRate(rate)));
            assertThat(run.stream().outputFormat().orElseThrow().rate()).isEqualTo(rate);
            awaitTurns(run, 3);
            run.stream().close();
        }
        for (int rate : Set.of(table.formats().minRate() - 1, table.formats().maxRate() + 1)) {
            AudioException refusal = refusal(Failure.FORMAT_UNSUPPORTED, () -> open(Place.RENDER, withRate(rate)));
            assertThat(refusal).hasMessageContaining(String.valueOf(rate));
        }
    }

    private StreamSpec withRate(int rate) {
        return StreamSpec.of(rate, ChannelLayout.ofCount(table.formats().channels()))
                .shareMode(strictest())
                .latencyFrames(LATENCY_FRAMES);
    }

    @Test
    void withoutARateTheEndpointsOwnIsTaken() throws Exception {
        Run run = started(opened(Place.RENDER, withRate(0)));
        int rate = run.stream().outputFormat().orElseThrow().rate();
        assertThat(rate).isBetween(table.formats().minRate(), table.formats().maxRate());
        awaitTurns(run, 3);
    }

    @Test
    void validBitsAreKeptBesideTheContainer() throws Exception {
        SampleFormat wide = table.formats().samples().stream()
                .filter(sample -> sample.isInteger() && sample.bytes() == 4)
                .min(Enum::compareTo)
                .orElse(null);
        if (wide == null) {
            doesNotApply("no integer container of four bytes");
            return;
        }
        Stream stream =
                open(Place.RENDER, usual().shareMode(strictest()).sample(wide).validBits(20));
        assertThat(stream.outputFormat().orElseThrow().validBits()).isGreaterThanOrEqualTo(20);
        assertThat(stream.outputFormat().orElseThrow().sample()).isEqualTo(wide);
    }

    @Test
    void whatIsGrantedAgreesWithItselfWhateverTheWish() throws Exception {
        for (LatencyWish wish : List.of(
                LatencyWish.smallest(),
                LatencyWish.relaxed(),
                new LatencyWish.Frames(1),
                new LatencyWish.Frames(333),
                new LatencyWish.Time(Duration.ofSeconds(10)))) {
            for (Place place : places()) {
                Stream stream = open(place, usual().latency(wish));
                StreamShape shape = stream.shape();
                EndpointInfo.LatencyRange range = stream.endpoint().info().latency();
                assertThat(shape.periodFrames()).isBetween(1, shape.maxFrames());
                assertThat(shape.bufferFrames()).isGreaterThanOrEqualTo(shape.periodFrames());
                if (range.maxFrames() > 0) {
                    assertThat(shape.periodFrames()).isBetween(range.minFrames(), range.maxFrames());
                }
                assertThat(shape.reported().outputFrames().isPresent()
                                && shape.output().isEmpty())
                        .isFalse();
                assertThat(shape.reported().inputFrames().isPresent()
                                && shape.input().isEmpty())
                        .isFalse();
                assertThat(stream.latency().periodFrames()).isEqualTo(shape.periodFrames());
                stream.close();
            }
        }
    }

    @Test
    void aSmallerWishIsNeverGrantedALargerBuffer() throws Exception {
        int before = 0;
        for (int wish : List.of(64, 256, 1_024, 4_096, 16_384)) {
            Stream stream = open(Place.RENDER, usual().latencyFrames(wish));
            assertThat(stream.shape().bufferFrames()).isGreaterThanOrEqualTo(before);
            before = stream.shape().bufferFrames();
            stream.close();
        }
    }

    @Test
    void whatIsGrantedIsTheSameBeforeAndAfterStart() throws Exception {
        Run run = opened(Place.RENDER, usual());
        StreamShape before = run.stream().shape();
        started(run);
        awaitTurns(run, 3);
        assertThat(run.stream().shape()).isEqualTo(before);
        assertThat(run.witness().shapes).containsExactly(before);
    }

    @Test
    void thePathOfARawStreamIsWhatTheDriverSays() throws Exception {
        Run run = run(Place.RENDER, 2);
        assertThat(run.stream().path().stages())
                .isNotEmpty()
                .isEqualTo(run.stream().shape().path().stages());
        assertThat(run.stream().path().stages()).allSatisfy(stage -> {
            assertThat(stage.name()).isNotBlank();
            assertThat(stage.detail()).isNotBlank();
        });
        if (table.abilities().contains(Ability.EXCLUSIVE)) {
            run.stream().close();
            Stream exclusive = open(Place.RENDER, usual().exclusive());
            assertThat(exclusive.path().fidelity()).isIn(SignalPath.Fidelity.EXACT, SignalPath.Fidelity.UNKNOWN);
        }
    }

    @Test
    void theNearestFormatsOfARefusalWouldDo() throws Exception {
        StreamSpec impossible = withRate(table.formats().maxRate() + 1);
        AudioException refusal = refusal(Failure.FORMAT_UNSUPPORTED, () -> open(Place.RENDER, impossible));
        FormatSupport support = audio.endpoint(host.address(Place.RENDER))
                .info()
                .renderFormats()
                .of(strictest());
        if (support instanceof FormatSupport.Offered) {
            assertThat(refusal.nearest()).isNotEmpty();
        }
        for (StreamFormat near : refusal.nearest()) {
            open(
                            Place.RENDER,
                            StreamSpec.of(near.rate(), near.layout())
                                    .shareMode(strictest())
                                    .sample(near.sample())
                                    .validBits(near.validBits()))
                    .close();
            assertThat(refusal).hasMessageContaining(near.toString());
        }
    }

    @Test
    void aSideThatAnEndpointHasNotIsNotOffered() throws Exception {
        assertThat(refusal(Failure.NOT_OFFERED, () -> open(Place.RENDER, usual().direction(Direction.CAPTURE))))
                .hasMessageContaining(audio.endpoint(host.address(Place.RENDER)).toString());
        refusal(Failure.NOT_OFFERED, () -> open(Place.RENDER, usual().direction(Direction.DUPLEX)));
        if (offers(Place.CAPTURE)) {
            refusal(Failure.NOT_OFFERED, () -> open(Place.CAPTURE, usual().direction(Direction.RENDER)));
        }
    }

    @Test
    void aRefusalLeavesTheEndpointAsItWas() throws Exception {
        Run run = run(Place.RENDER, 3);
        for (int i = 0; i < 10; i++) {
            refusal(
                    Failure.FORMAT_UNSUPPORTED,
                    () -> open(Place.RENDER, withRate(table.formats().maxRate() + 1)));
            refusal(Failure.NOT_OFFERED, () -> open(Place.RENDER, usual().direction(Direction.CAPTURE)));
        }
        int turns = run.witness().count();
        awaitTurns(run, turns + 4);
        assertThat(run.stream().state()).isEqualTo(StreamState.RUNNING);
        assertThat(run.witness().shapes).hasSize(1);
    }
}
