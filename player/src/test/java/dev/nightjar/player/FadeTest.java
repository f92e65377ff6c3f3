package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Latency;
import dev.nightjar.SignalPath;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.spi.StreamShape;
import dev.nightjar.spi.TurnBuffer;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FadeTest {
    private static TurnBuffer turn(StreamFormat format) {
        TurnBuffer turn = TurnBuffer.scratch(new StreamShape(
                Optional.of(format),
                Optional.empty(),
                100,
                100,
                100,
                Latency.Reported.UNKNOWN,
                true,
                SignalPath.EMPTY));
        turn.begin(100);
        return turn;
    }

    @Test
    void eachPlaneGoesDownToSilenceAndTheFadeEndsWithinATurn() {
        StreamFormat format =
                StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16).withPacking(Packing.PLANAR);
        TurnBuffer turn = turn(format);
        Fade fade = new Fade(format, 100, 150);
        short[] last = {20_001, 20_001};
        for (int round = 0; round < 2; round++) {
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < 100; i++) {
                    turn.output()
                            .segment(c)
                            .set(ValueLayout.JAVA_SHORT, turn.output().offset(c) + 2L * i, (short) 20_000);
                }
            }
            int audible = fade.apply(turn.output(), 100);
            assertThat(audible).isEqualTo(round == 0 ? 100 : 50);
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < audible; i++) {
                    short sample = turn.output()
                            .segment(c)
                            .get(ValueLayout.JAVA_SHORT, turn.output().offset(c) + 2L * i);
                    assertThat(sample).isLessThan(last[c]);
                    last[c] = sample;
                }
            }
        }
        assertThat(fade.isOver()).isTrue();
        assertThat(last[0]).isBetween((short) 0, (short) 200);
    }

    @Test
    void unsignedBytesGoToTheMiddle() {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.MONO, SampleFormat.U8);
        TurnBuffer turn = turn(format);
        turn.output().segment(0).fill((byte) 0xF0);
        Fade fade = new Fade(format, 100, 100);
        assertThat(fade.apply(turn.output(), 100)).isEqualTo(100);
        int last = turn.output()
                        .segment(0)
                        .get(ValueLayout.JAVA_BYTE, turn.output().offset(0) + 99)
                & 0xFF;
        assertThat(last).isBetween(0x7E, 0x83);
    }

    @Test
    void dsdIsNotScaledAtAll() {
        StreamFormat format = StreamFormat.of(352_800, ChannelLayout.MONO, SampleFormat.DSD_U8);
        TurnBuffer turn = turn(format);
        turn.output().segment(0).fill((byte) 0x69);
        Fade fade = new Fade(format, 100, 150);
        assertThat(fade.isScaling()).isFalse();
        assertThat(fade.apply(turn.output(), 100)).isEqualTo(100);
        assertThat(turn.output().segment(0).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x69);
        assertThat(fade.isOver()).isFalse();
        assertThat(fade.apply(turn.output(), 100)).isEqualTo(50);
        assertThat(fade.isOver()).isTrue();
    }
}
