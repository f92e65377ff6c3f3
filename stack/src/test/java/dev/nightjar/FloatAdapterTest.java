package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nightjar.SignalPath.Fidelity;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.spi.TurnBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The float turn: planes in the program's layout over native frames.
class FloatAdapterTest {
    private static final StreamFormat S16 = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);

    private final Rig rig = new Rig();

    private Stream floats(StreamSpec spec, StreamFormat endpoint, Processor processor) throws AudioException {
        rig.endpoint.offers(endpoint);
        Stream stream = rig.open(spec);
        stream.start(processor);
        return stream;
    }

    private short rendered(int channel, int frame) {
        TurnBuffer.SideBuffer side = rig.raw().turn.output();
        long offset = side.offset(channel) + (long) frame * side.format().strideBytes();
        return side.segment(channel).get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
    }

    private static void ramp(Turn turn) {
        for (int c = 0; c < turn.output().channels(); c++) {
            for (int i = 0; i < turn.frames(); i++) {
                turn.output().channel(c)[i] = (i * (c == 0 ? 10 : -10)) / 32_768f;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachChannelReachesItsPlaceInEitherPacking(Packing packing) throws AudioException {
        Stream stream = floats(Rig.SPEC.validBits(16), S16.withPacking(packing), FloatAdapterTest::ramp);
        rig.raw().run(480);
        for (int i = 0; i < 480; i++) {
            assertThat(rendered(0, i)).isEqualTo((short) (i * 10));
            assertThat(rendered(1, i)).isEqualTo((short) (i * -10));
        }
        assertThat(stream.path().fidelity()).isEqualTo(Fidelity.EXACT);
        assertThat(stream.path())
                .extracting(SignalPath.Stage::toString)
                .containsExactly("convert: float → S16 [EXACT]", "device: script [EXACT]");
    }

    @ParameterizedTest
    @EnumSource
    void ditherIsAddedWhereBitsAreLostAndThePathSaysSo(Packing packing) throws AudioException {
        Stream stream = floats(Rig.SPEC, S16.withPacking(packing), turn -> {
            Arrays.fill(turn.output().channel(0), 0, turn.frames(), 0.25f / 32_768);
            Arrays.fill(turn.output().channel(1), 0, turn.frames(), 0.25f / 32_768);
        });
        rig.raw().run(480);
        int sum = 0;
        int alike = 0;
        for (int i = 0; i < 480; i++) {
            sum += rendered(0, i);
            alike += rendered(0, i) == rendered(1, i) ? 1 : 0;
        }
        // A quarter of a step survives as the mean of the dithered samples, and the channels' noises differ.
        assertThat(sum / 480.0).isBetween(0.1, 0.4);
        assertThat(alike).isLessThan(400);
        assertThat(stream.path().stages().getFirst()).hasToString("convert: float → S16, TPDF dither [ALTERED]");
    }

    @Test
    void twentyFourBitsOfAFloatReachTwentyFourBitsUntouched() throws AudioException {
        StreamFormat s24 = new StreamFormat(48_000, ChannelLayout.STEREO, SampleFormat.S32, 24, Packing.INTERLEAVED);
        Stream stream = floats(Rig.SPEC, s24, turn -> Arrays.fill(turn.output().channel(0), 123_457 * 0x1p-23f));
        rig.raw().run(480);
        MemorySegment out = rig.raw().turn.output().segment(0);
        for (int i = 0; i < 480; i++) {
            assertThat(out.getAtIndex(ValueLayout.JAVA_INT, 2L * i)).isEqualTo(123_457 << 8);
            assertThat(out.getAtIndex(ValueLayout.JAVA_INT, 2L * i + 1)).isZero();
        }
        assertThat(stream.path().fidelity()).isEqualTo(Fidelity.EXACT);
    }

    @Test
    void theSameProgramRendersTheSameNoiseHoweverWarmTheMachineIs() throws AudioException {
        short[][] runs = new short[2][480];
        for (int r = 0; r < 2; r++) {
            Rig fresh = new Rig();
            fresh.endpoint.offers(S16);
            Stream stream = fresh.open(Rig.SPEC);
            stream.start(turn -> Arrays.fill(turn.output().channel(0), 0.3f / 32_768));
            if (r == 1) {
                // A new generation rehearses again; its noise begins anew all the same.
                fresh.raw().client().prepare(fresh.raw().shape);
            }
            fresh.raw().run(480);
            for (int i = 0; i < 480; i++) {
                runs[r][i] = fresh.raw().turn.output().segment(0).getAtIndex(ValueLayout.JAVA_SHORT, 2L * i);
            }
        }
        assertThat(runs[1]).isEqualTo(runs[0]);
        FloatCodec codec = new FloatCodec(S16, dev.nightjar.dsp.Dither.TPDF);
        float[][] planes = {new float[480], new float[480]};
        Arrays.fill(planes[0], 0.3f / 32_768);
        MemorySegment expected = MemorySegment.ofArray(new short[960]);
        codec.encode(planes, 0, expected, 0, 480);
        for (int i = 0; i < 480; i++) {
            assertThat(runs[0][i]).isEqualTo(expected.getAtIndex(ValueLayout.JAVA_SHORT, 2L * i));
        }
    }

    @Test
    void otherChannelsAreMappedAndSaidToBe() throws AudioException {
        StreamFormat mono = S16.withLayout(ChannelLayout.MONO);
        Stream stream = floats(Rig.SPEC.validBits(16), mono, turn -> {
            Arrays.fill(turn.output().channel(0), 1_000 / 32_768f);
            Arrays.fill(turn.output().channel(1), 3_000 / 32_768f);
        });
        rig.raw().run(480);
        assertThat(rendered(0, 100)).isEqualTo((short) 2_000);
        assertThat(stream.path().stages().getFirst()).hasToString("channels: stereo → mono [ALTERED]");
        Stream upwards = floats(
                StreamSpec.of(48_000, ChannelLayout.MONO).validBits(16),
                S16,
                turn -> Arrays.fill(turn.output().channel(0), 1_000 / 32_768f));
        rig.raw().run(480);
        assertThat(rendered(1, 479)).isEqualTo((short) 1_000);
        assertThat(upwards.path().fidelity()).isEqualTo(Fidelity.EXACT);
    }

    @Test
    void asManyChannelsOfOtherPlacesAreNotMapped() throws AudioException {
        StreamSpec spec = StreamSpec.of(48_000, ChannelLayout.discrete(2)).validBits(16);
        Stream stream = floats(spec, S16, FloatAdapterTest::ramp);
        rig.raw().run(480);
        assertThat(rendered(1, 3)).isEqualTo((short) -30);
        assertThat(stream.path().stages()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void capturedFramesArriveInTheProgramsLayoutAndThePathRunsInwards(Packing packing) throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        float[] heard = new float[2];
        StreamFormat mono = S16.withLayout(ChannelLayout.MONO).withPacking(packing);
        Stream stream = floats(Rig.SPEC, mono, turn -> {
            assertThat(turn.input().frames()).isEqualTo(480);
            heard[0] = turn.input().channel(0)[479];
            heard[1] = turn.input().channel(1)[479];
            assertThatIllegalStateException().isThrownBy(turn::output);
        });
        rig.raw().turn.input().segment(0).setAtIndex(ValueLayout.JAVA_SHORT, 479, (short) 12_345);
        rig.raw().run(480);
        assertThat(stream.failure()).isEmpty();
        assertThat(heard).containsOnly(12_345 / 32_768f);
        assertThat(stream.path()).extracting(SignalPath.Stage::name).containsExactly("device", "convert", "channels");
        assertThat(stream.path().fidelity()).isEqualTo(Fidelity.EXACT);
    }

    @Test
    void thirtyTwoCapturedBitsDoNotFitIntoAFloat() throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        Stream stream = floats(Rig.SPEC, S16.withSample(SampleFormat.S32), _ -> {});
        assertThat(stream.path().fidelity()).isEqualTo(Fidelity.ALTERED);
    }

    @Test
    void aDuplexTurnHasBothSidesEachInItsLayout() throws AudioException {
        rig.endpoint.direction = Direction.DUPLEX;
        Stream stream = floats(Rig.SPEC.validBits(16).inputLayout(ChannelLayout.MONO), S16, turn -> {
            assertThat(turn.input().channels()).isEqualTo(1);
            System.arraycopy(turn.input().channel(0), 0, turn.output().channel(1), 0, turn.frames());
        });
        MemorySegment in = rig.raw().turn.input().segment(0);
        for (int i = 0; i < 480; i++) {
            in.setAtIndex(ValueLayout.JAVA_SHORT, 2L * i, (short) (2 * i));
            in.setAtIndex(ValueLayout.JAVA_SHORT, 2L * i + 1, (short) (2 * i));
        }
        rig.raw().run(480);
        assertThat(stream.failure()).isEmpty();
        assertThat(rendered(1, 400)).isEqualTo((short) 800);
        assertThat(rendered(0, 400)).isZero();
    }

    @Test
    void planesAreSilentAgainInEachTurnAndAnEndSilencesTheRest() throws AudioException {
        int[] turns = new int[1];
        Stream stream = floats(Rig.SPEC.validBits(16), S16, turn -> {
            assertThat(Arrays.copyOf(turn.output().planes()[0], turn.frames())).containsOnly(0f);
            Arrays.fill(turn.output().channel(0), 0.5f);
            assertThat(turn.raw().frames()).isEqualTo(turn.frames());
            if (turns[0]++ == 1) {
                turn.end(100);
            }
        });
        rig.raw().run(480);
        assertThat(rig.raw().run(200)).isEqualTo(100);
        assertThat(rendered(0, 99)).isEqualTo((short) 16_384);
        assertThat(rendered(0, 100)).isZero();
        assertThat(stream.position()).isEqualTo(580);
    }

    @Test
    void aTurnOutsideItsStreamIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> new Turn(null, null).frames());
        assertThatIllegalStateException().isThrownBy(() -> new Turn(null, null).input());
    }

    @Test
    void pathsOfRawTurnsAreTheDevicesAlone() throws AudioException {
        rig.endpoint.offers(S16);
        Stream stream = rig.running(Rig.SPEC, Rig.SILENT);
        assertThat(stream.path().stages()).isEqualTo(List.of(new SignalPath.Stage("device", "script", Fidelity.EXACT)));
    }
}
