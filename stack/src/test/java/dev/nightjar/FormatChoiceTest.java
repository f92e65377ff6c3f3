package dev.nightjar;

import static dev.nightjar.dsp.SampleFormat.DSD_U32;
import static dev.nightjar.dsp.SampleFormat.F32;
import static dev.nightjar.dsp.SampleFormat.F64;
import static dev.nightjar.dsp.SampleFormat.S16;
import static dev.nightjar.dsp.SampleFormat.S24;
import static dev.nightjar.dsp.SampleFormat.S32;
import static dev.nightjar.dsp.SampleFormat.S32_BE;
import static dev.nightjar.dsp.SampleFormat.U8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which format is chosen for which offer.
class FormatChoiceTest {
    private static final StreamSpec SPEC = StreamSpec.of(48_000, ChannelLayout.STEREO);
    private static final Map<SampleFormat, Integer> ALL = Map.of(S16, 16, S24, 24, S32, 32, F32, 24, F64, 53, U8, 8);

    private static FormatRange range(int minRate, int maxRate, int channels, Map<SampleFormat, Integer> samples) {
        return new FormatRange(minRate, maxRate, List.of(), channels, channels, samples, Packing.INTERLEAVED);
    }

    private static List<StreamFormat> chosen(StreamSpec spec, FormatRange... offer) throws AudioException {
        return FormatChoice.candidates(new FormatSupport.Offered(List.of(offer)), spec, spec.layout(), "open it");
    }

    private static List<SampleFormat> samples(StreamSpec spec, FormatRange... offer) throws AudioException {
        return chosen(spec, offer).stream().map(StreamFormat::sample).toList();
    }

    @Test
    void floatProgramsGetFloatsAndThenWhatHoldsTheirBits() throws AudioException {
        assertThat(samples(SPEC, range(8_000, 96_000, 2, ALL))).containsExactly(F32, F64, S32, S24, S16, U8);
    }

    @Test
    void aContainerThatHoldsTheBitsComesBeforeOneThatDoesNot() throws AudioException {
        assertThat(samples(SPEC.validBits(32), range(8_000, 96_000, 2, ALL)).getFirst())
                .isEqualTo(F64);
        assertThat(samples(SPEC.validBits(32), range(8_000, 96_000, 2, Map.of(F32, 24, S32, 32))))
                .containsExactly(S32, F32);
        assertThat(samples(SPEC, range(8_000, 96_000, 2, Map.of(S32, 16, S24, 24))))
                .containsExactly(S24, S32);
        assertThat(samples(SPEC.validBits(16), range(8_000, 96_000, 2, ALL)).getFirst())
                .isEqualTo(F32);
    }

    @Test
    void validBitsAreThoseThatTheHardwareUses() throws AudioException {
        StreamFormat only =
                chosen(SPEC, range(8_000, 96_000, 2, Map.of(S32, 20))).getFirst();
        assertThat(only).isEqualTo(new StreamFormat(48_000, ChannelLayout.STEREO, S32, 20, Packing.INTERLEAVED));
    }

    @Test
    void aDemandedContainerIsTheOnlyOne() throws AudioException {
        StreamSpec spec = SPEC.sample(S32).validBits(20);
        assertThat(chosen(spec, range(8_000, 96_000, 2, ALL)))
                .containsExactly(new StreamFormat(48_000, ChannelLayout.STEREO, S32, 20, Packing.INTERLEAVED));
        StreamSpec dsd = StreamSpec.of(88_200, ChannelLayout.STEREO).sample(DSD_U32);
        assertThat(chosen(dsd, range(88_200, 88_200, 2, Map.of(DSD_U32, 32))))
                .containsExactly(StreamFormat.of(88_200, ChannelLayout.STEREO, DSD_U32));
    }

    @Test
    void aDemandedContainerWithTooFewBitsIsRefused() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> chosen(SPEC.sample(S32).validBits(24), range(8_000, 96_000, 2, Map.of(S32, 20))))
                .withMessage("open it: it does not take 48000 Hz stereo S32 with 24 valid bits; would do: "
                        + "48000 Hz stereo S32 (20 valid bits)");
    }

    @Test
    void withoutAWishForARateTheUsualOrTheNearestIsTaken() throws AudioException {
        StreamSpec any = StreamSpec.of(0, ChannelLayout.STEREO);
        assertThat(chosen(any, range(8_000, 192_000, 2, Map.of(S16, 16)))
                        .getFirst()
                        .rate())
                .isEqualTo(48_000);
        assertThat(chosen(any, range(88_200, 192_000, 2, Map.of(S16, 16)))
                        .getFirst()
                        .rate())
                .isEqualTo(88_200);
    }

    @Test
    void sharedStreamsMayGetOtherChannelsButNeverOtherRates() throws AudioException {
        FormatRange mono = range(48_000, 48_000, 1, Map.of(S16, 16));
        assertThat(chosen(SPEC, mono)).containsExactly(StreamFormat.of(48_000, ChannelLayout.MONO, S16));
        FormatRange eight = range(48_000, 48_000, 8, Map.of(S16, 16));
        assertThat(chosen(SPEC, mono, eight).stream().map(StreamFormat::channels))
                .containsExactly(1, 8);
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> chosen(SPEC, range(44_100, 44_100, 2, Map.of(S16, 16))))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED));
    }

    @Test
    void exclusiveStreamsGetExactlyTheirChannels() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> chosen(SPEC.exclusive(), range(48_000, 48_000, 1, Map.of(S16, 16))))
                .satisfies(
                        e -> assertThat(e.nearest()).containsExactly(StreamFormat.of(48_000, ChannelLayout.MONO, S16)));
    }

    @Test
    void theSameNumberOfChannelsKeepsTheLayoutOfTheProgram() throws AudioException {
        StreamSpec quad = StreamSpec.of(48_000, ChannelLayout.discrete(4)).exclusive();
        assertThat(chosen(quad, range(48_000, 48_000, 4, Map.of(S16, 16)))
                        .getFirst()
                        .layout())
                .isEqualTo(ChannelLayout.discrete(4));
    }

    @Test
    void theNearestAreListedBestFirstAndAtMostSix() {
        FormatRange low = range(44_100, 44_100, 2, ALL);
        FormatRange wide = range(48_000, 48_000, 8, ALL);
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> chosen(SPEC.sample(S32_BE).validBits(16).exclusive(), low, wide))
                .satisfies(e -> {
                    assertThat(e.nearest()).hasSize(6).allMatch(format -> format.channels() == 2);
                    // Integers before floats, what holds the bits before what does not.
                    assertThat(e.nearest().stream().map(StreamFormat::sample))
                            .containsExactly(S16, S24, S32, F32, F64, U8);
                });
    }

    @Test
    void aRefusalIsPassedOnInItsWords() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> FormatChoice.candidates(
                        new FormatSupport.Refused("the server mixes"), SPEC, SPEC.layout(), "open it exclusively"))
                .withMessage("open it exclusively: the server mixes")
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.NOT_OFFERED));
    }

    @Test
    void anEndpointThatDoesNotTellIsTriedWithEverythingInBothPackings() throws AudioException {
        FormatSupport unknown = new FormatSupport.Unknown("busy");
        List<StreamFormat> tries = FormatChoice.candidates(unknown, SPEC, SPEC.layout(), "open it");
        assertThat(tries).doesNotHaveDuplicates().hasSize(28);
        assertThat(tries.getFirst()).isEqualTo(StreamFormat.of(48_000, ChannelLayout.STEREO, F32));
        assertThat(tries.stream().map(StreamFormat::packing).distinct()).hasSize(2);
        List<StreamFormat> demanded =
                FormatChoice.candidates(unknown, SPEC.sample(S32).validBits(20), SPEC.layout(), "open it");
        assertThat(demanded)
                .allMatch(format -> format.sample() == S32 && format.validBits() == 20)
                .hasSize(2);
    }

    @Test
    void sidesArePairedByRate() {
        StreamFormat out48 = StreamFormat.of(48_000, ChannelLayout.STEREO, S16);
        StreamFormat out44 = out48.withRate(44_100);
        StreamFormat in44 = StreamFormat.of(44_100, ChannelLayout.MONO, S24);
        StreamFormat in48 = in44.withRate(48_000);
        assertThat(FormatChoice.pairs(List.of(out48, out44), List.of(in44, in48)).stream()
                        .map(FormatChoice.Pair::rate))
                .containsExactly(48_000, 44_100);
        assertThat(FormatChoice.pairs(List.of(out48), List.of(in44))).isEmpty();
        assertThat(FormatChoice.pairs(List.of(out48), List.of()).getFirst().input())
                .isEmpty();
        assertThat(FormatChoice.pairs(List.of(), List.of(in44)).getFirst().rate())
                .isEqualTo(44_100);
    }

    @Test
    void duplexWithoutACommonRateIsRefusedWithAWord() {
        Rig rig = new Rig();
        ScriptedEndpoint microphone = rig.driver.add("microphone");
        microphone.direction = Direction.CAPTURE;
        microphone.offers(StreamFormat.of(44_100, ChannelLayout.STEREO, S16));
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> rig.endpoint.openWith(microphone, StreamSpec.of(0, ChannelLayout.STEREO)))
                .withMessage("open script:one: render and capture have no rate in common");
    }

    @Test
    void fullDuplexOverTwoEndpointsNeedsOneDriverAndOneClock() throws AudioException {
        Rig rig = new Rig();
        ScriptedEndpoint microphone = rig.driver.add("microphone");
        microphone.direction = Direction.CAPTURE;
        Stream stream = rig.endpoint.openWith(microphone, SPEC.inputLayout(ChannelLayout.MONO));
        assertThat(rig.endpoint.requests.getFirst().capture()).containsSame(microphone);
        assertThat(rig.endpoint.requests.getFirst().direction()).isEqualTo(Direction.DUPLEX);
        assertThat(stream.inputFormat()).isPresent();
        microphone.clockDomain = java.util.Optional.of("another crystal");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> rig.endpoint.openWith(microphone, SPEC))
                .withMessageContaining("join(script:one + script:microphone)")
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.NOT_OFFERED));
        rig.endpoint.clockDomain = java.util.Optional.empty();
        microphone.clockDomain = java.util.Optional.empty();
        assertThatExceptionOfType(AudioException.class).isThrownBy(() -> rig.endpoint.openWith(microphone, SPEC));
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> rig.endpoint.open(SPEC.direction(Direction.CAPTURE)))
                .withMessage("open script:one: no such side");
    }
}
