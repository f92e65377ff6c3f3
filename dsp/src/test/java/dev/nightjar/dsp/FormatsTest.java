package dev.nightjar.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.StreamFormat.Packing;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {
    @ParameterizedTest
    @EnumSource(SampleFormat.class)
    void aFormatIsFoundByItsLabel(SampleFormat format) {
        assertThat(SampleFormat.ofLabel(format.label().toLowerCase(Locale.ROOT)))
                .isSameAs(format);
        assertThat(format).hasToString(format.label());
        assertThat(format.label()).doesNotContain(" ", "?", "&", "=");
        assertThat(format.bits()).isEqualTo(8 * format.bytes());
        assertThat(format.isPcm()).isEqualTo(format.isInteger() || format.isFloat());
        assertThat(format.isPcm() && format.isDsd()).isFalse();
        assertThat(format.maxValidBits()).isBetween(8, format.bits());
    }

    @Test
    void labelsAreUniqueAndAnUnknownOneListsThem() {
        Set<String> labels = new HashSet<>();
        for (SampleFormat format : SampleFormat.values()) {
            assertThat(labels.add(format.label())).isTrue();
        }
        assertThatThrownBy(() -> SampleFormat.ofLabel("S17"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("S17")
                .hasMessageContaining("S24BE")
                .hasMessageContaining("IEC61937");
    }

    @Test
    void silenceIsTheMiddleOfTheRangeOrTheIdlePatternOfDsd() {
        assertThat(SampleFormat.U8.silence()).isEqualTo((byte) 0x80);
        assertThat(SampleFormat.S32_BE.silence()).isZero();
        assertThat(SampleFormat.DSD_U32.silence()).isEqualTo((byte) 0x69);
        assertThat(Integer.reverse(SampleFormat.DSD_U8.silence()) >>> 24)
                .isEqualTo(SampleFormat.DSD_U8_LSB.silence() & 0xff);
        assertThat(Integer.bitCount(SampleFormat.DSD_U8.silence() & 0xff)).isEqualTo(4);
    }

    /// By time: in each byte, and from byte to byte.
    @Test
    void dsdHasWordsOf8And16And32BitsInBothOrders() {
        for (SampleFormat.Coding coding :
                List.of(SampleFormat.Coding.DSD_MSB_FIRST, SampleFormat.Coding.DSD_LSB_FIRST)) {
            assertThat(Stream.of(SampleFormat.values())
                            .filter(format -> format.coding() == coding)
                            .map(format -> format.bits() + " " + format.order()))
                    .containsExactlyInAnyOrder(
                            "8 LITTLE_ENDIAN",
                            "16 LITTLE_ENDIAN",
                            "16 BIG_ENDIAN",
                            "32 LITTLE_ENDIAN",
                            "32 BIG_ENDIAN");
        }
    }

    @Test
    void aStreamFormatRefusesWhatItsContainerCannotCarry() {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        assertThatThrownBy(() -> format.withRate(0)).hasMessageContaining("rate=0");
        assertThatThrownBy(() -> format.withRate(StreamFormat.MAX_RATE + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.withValidBits(17)).hasMessageContaining("validBits=17");
        assertThatThrownBy(() -> format.withValidBits(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.withSample(SampleFormat.S32_LOW).withValidBits(25))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.withSample(SampleFormat.F32).withValidBits(25))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamFormatKnowsItsSizesAndPrintsItself() {
        StreamFormat format = StreamFormat.of(96_000, ChannelLayout.SURROUND_5_1, SampleFormat.S24);
        assertThat(format.frameBytes()).isEqualTo(18);
        assertThat(format.strideBytes()).isEqualTo(18);
        assertThat(format.withPacking(Packing.PLANAR).strideBytes()).isEqualTo(3);
        assertThat(format).hasToString("96000 Hz 5.1 S24");
        assertThat(format.withSample(SampleFormat.S32).withValidBits(20).withPacking(Packing.PLANAR))
                .hasToString("96000 Hz 5.1 S32 (20 valid bits) planar");
    }

    @Test
    void layoutsComeFromCountsAndMasks() {
        for (int channels = 1; channels <= 20; channels++) {
            assertThat(ChannelLayout.ofCount(channels).channels()).isEqualTo(channels);
        }
        assertThat(ChannelLayout.ofCount(6)).hasToString("5.1");
        assertThat(ChannelLayout.ofCount(9)).hasToString("9 discrete");
        assertThat(ChannelLayout.STEREO.mask()).isEqualTo(3);
        assertThat(ChannelLayout.SURROUND_5_1.mask()).isEqualTo(0x3F);
        assertThat(ChannelLayout.SURROUND_7_1.mask()).isEqualTo(0x63F);
        assertThat(ChannelLayout.ofMask(0x63F, 8)).isEqualTo(ChannelLayout.SURROUND_7_1);
        assertThat(ChannelLayout.ofMask(0x3, 4).positions())
                .containsExactly(Channel.FRONT_LEFT, Channel.FRONT_RIGHT, Channel.DISCRETE, Channel.DISCRETE);
        assertThat(ChannelLayout.ofMask(-1, 2)).isEqualTo(ChannelLayout.STEREO);
        assertThat(ChannelLayout.of(Channel.SIDE_LEFT, Channel.LOW_FREQUENCY)).hasToString("SL+LFE");
        for (ChannelLayout layout : Arrays.asList(ChannelLayout.MONO, ChannelLayout.QUAD, ChannelLayout.SURROUND_6_1)) {
            assertThat(ChannelLayout.ofMask(layout.mask(), layout.channels())).isEqualTo(layout);
        }
    }

    @Test
    void aLayoutNeedsChannelsAndRefusesAPlaceTwice() {
        assertThatThrownBy(() -> ChannelLayout.discrete(0)).hasMessageContaining("channels=0");
        assertThatThrownBy(() -> ChannelLayout.discrete(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelLayout.discrete(1025)).hasMessageContaining("channels=1025");
        assertThat(ChannelLayout.discrete(1024).channels()).isEqualTo(1024);
        assertThatThrownBy(() -> ChannelLayout.of(Channel.FRONT_LEFT, Channel.FRONT_LEFT))
                .hasMessageContaining("channel=FL");
    }
}
