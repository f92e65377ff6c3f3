package dev.nightjar.dsp;

import static dev.nightjar.dsp.ChannelLayout.MONO;
import static dev.nightjar.dsp.ChannelLayout.QUAD;
import static dev.nightjar.dsp.ChannelLayout.STEREO;
import static dev.nightjar.dsp.ChannelLayout.SURROUND_5_1;
import static dev.nightjar.dsp.ChannelLayout.SURROUND_7_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelMapTest {
    private static final List<ChannelLayout> LAYOUTS = List.of(
            MONO,
            STEREO,
            ChannelLayout.SURROUND_3_0,
            QUAD,
            ChannelLayout.SURROUND_5_0,
            SURROUND_5_1,
            ChannelLayout.SURROUND_6_1,
            SURROUND_7_1,
            ChannelLayout.discrete(2),
            ChannelLayout.of(Channel.TOP_BACK_CENTER, Channel.TOP_CENTER));

    @Test
    void theSameLayoutPassesUnchanged() {
        for (ChannelLayout layout : LAYOUTS) {
            ChannelMap map = ChannelMap.of(layout, layout);
            assertThat(map.isExact()).isTrue();
            float[][] in = new float[layout.channels()][4];
            float[][] out = new float[layout.channels()][4];
            for (int c = 0; c < in.length; c++) {
                in[c][1] = c + 0.5f;
                out[c][3] = 7;
            }
            map.apply(in, out, 1, 2);
            for (int c = 0; c < in.length; c++) {
                assertThat(out[c]).containsExactly(0, c + 0.5f, 0, 7);
            }
        }
    }

    @Test
    void monoIsRepeatedExactly() {
        ChannelMap map = ChannelMap.of(MONO, STEREO);
        assertThat(map.isExact()).isTrue();
        assertThat(map.gain(0, 0)).isEqualTo(1);
        assertThat(map.gain(1, 0)).isEqualTo(1);
        assertThat(map).hasToString("mono → stereo");
    }

    @Test
    void stereoMakesMonoOfHalves() {
        ChannelMap map = ChannelMap.of(STEREO, MONO);
        assertThat(map.isExact()).isFalse();
        assertThat(map.gain(0, 0)).isCloseTo(0.5f, within(1e-6f));
        assertThat(map.gain(0, 1)).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void surroundMakesStereoWithTheRatiosOfBs775() {
        ChannelMap map = ChannelMap.of(SURROUND_5_1, STEREO);
        float front = map.gain(0, 0);
        assertThat(map.gain(0, 1)).isZero();
        assertThat(map.gain(0, 2) / front).isCloseTo(0.70711f, within(1e-4f));
        assertThat(map.gain(0, 3)).isZero();
        assertThat(map.gain(0, 4) / front).isCloseTo(0.70711f, within(1e-4f));
        assertThat(map.gain(0, 5)).isZero();
        assertThat(map.gain(1, 5) / front).isCloseTo(0.70711f, within(1e-4f));
        assertThat(map.isExact()).isFalse();
    }

    @Test
    void surroundMakesMonoWithTheRatiosOfBs775() {
        ChannelMap map = ChannelMap.of(SURROUND_5_1, MONO);
        float center = map.gain(0, 2);
        assertThat(map.gain(0, 0) / center).isCloseTo(0.70711f, within(1e-4f));
        assertThat(map.gain(0, 4) / center).isCloseTo(0.5f, within(1e-4f));
    }

    @Test
    void channelsMoveToTheirPlaceInAnotherOrder() {
        ChannelLayout film = ChannelLayout.of(
                Channel.FRONT_CENTER,
                Channel.FRONT_LEFT,
                Channel.FRONT_RIGHT,
                Channel.SIDE_LEFT,
                Channel.SIDE_RIGHT,
                Channel.LOW_FREQUENCY);
        ChannelMap map = ChannelMap.of(film, SURROUND_5_1);
        assertThat(map.isExact()).isTrue();
        assertThat(map.gain(2, 0)).isEqualTo(1);
        assertThat(map.gain(0, 1)).isEqualTo(1);
        assertThat(map.gain(4, 3)).isEqualTo(1);
        assertThat(map.gain(3, 5)).isEqualTo(1);
    }

    @Test
    void stereoInASurroundLayoutIsExactAndLosingAChannelIsNot() {
        assertThat(ChannelMap.of(STEREO, SURROUND_7_1).isExact()).isTrue();
        assertThat(ChannelMap.of(SURROUND_7_1, QUAD).isExact()).isFalse();
        assertThat(ChannelMap.of(ChannelLayout.discrete(3), STEREO).isExact()).isFalse();
        assertThat(ChannelMap.of(ChannelLayout.discrete(2), SURROUND_5_1).isExact())
                .isTrue();
    }

    @Test
    void nothingIsAmplifiedBeyondFullScaleAndNoChannelButTheLowOneIsDropped() {
        for (ChannelLayout from : LAYOUTS) {
            for (ChannelLayout to : LAYOUTS) {
                ChannelMap map = ChannelMap.of(from, to);
                for (int o = 0; o < to.channels(); o++) {
                    float sum = 0;
                    for (int i = 0; i < from.channels(); i++) {
                        sum += map.gain(o, i);
                    }
                    assertThat(sum).as("%s", map).isLessThan(1.000001f);
                }
                if (to.positions().contains(Channel.FRONT_CENTER) || to.equals(STEREO)) {
                    for (int i = 0; i < from.channels(); i++) {
                        Channel place = from.positions().get(i);
                        float heard = 0;
                        for (int o = 0; o < to.channels(); o++) {
                            heard += map.gain(o, i);
                        }
                        boolean low = place == Channel.LOW_FREQUENCY;
                        boolean dropped = !to.positions().contains(place) && (low || isBeyond(to, place, i));
                        assertThat(heard > 0).as("%s of %s", place, map).isEqualTo(!dropped);
                    }
                }
            }
        }
    }

    private static boolean isBeyond(ChannelLayout layout, Channel place, int index) {
        return place == Channel.DISCRETE && index >= layout.channels();
    }
}
