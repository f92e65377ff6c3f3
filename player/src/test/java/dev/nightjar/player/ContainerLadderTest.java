package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContainerLadderTest {
    private static String ladder(int rate, SampleFormat own, int validBits) {
        StreamFormat file = StreamFormat.of(rate, ChannelLayout.STEREO, own).withValidBits(validBits);
        return ContainerLadder.of(file).stream()
                .map(format -> format.sample().label() + "/" + format.validBits())
                .collect(Collectors.joining(" "));
    }

    @Test
    void integersClimbFromTheirOwnContainerToLargerOnesAndThenToFloats() {
        assertThat(ladder(48_000, SampleFormat.S24, 20))
                .isEqualTo("S24/20 S24BE/20 S32/20 S32LOW/20 S32BE/20 S32LOWBE/20 F32/24 F32BE/24 F64/53 F64BE/53");
        assertThat(ladder(48_000, SampleFormat.S16, 12)).startsWith("S16/12 S16BE/12 S24/12");
    }

    @Test
    void thirtyTwoBitsFitIntoNoSingleFloat() {
        assertThat(ladder(48_000, SampleFormat.S32, 32)).isEqualTo("S32/32 S32BE/32 F64/53 F64BE/53");
    }

    @Test
    void floatsStayFloats() {
        assertThat(ladder(48_000, SampleFormat.F32, 24)).isEqualTo("F32/24 F32BE/24 F64/53 F64BE/53");
    }

    @Test
    void dsdStaysDsdAndLargerWordsHaveFewerFrames() {
        StreamFormat file = StreamFormat.of(352_800, ChannelLayout.STEREO, SampleFormat.DSD_U8_LSB);
        List<StreamFormat> ladder = ContainerLadder.of(file);
        assertThat(ladder).allMatch(format -> format.sample().isDsd());
        assertThat(ladder.getFirst()).isEqualTo(file);
        assertThat(ladder).anyMatch(format -> format.sample() == SampleFormat.DSD_U32 && format.rate() == 88_200);
    }

    @Test
    void encodedWordsStayWords() {
        assertThat(ladder(48_000, SampleFormat.IEC61937, 16)).isEqualTo("IEC61937/16 IEC61937BE/16");
    }
}
