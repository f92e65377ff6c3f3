package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Endpoint;
import dev.nightjar.Failure;
import dev.nightjar.FormatSupport;
import dev.nightjar.LatencyWish;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an address says an endpoint is to be.
class VirtualAddressTest {
    private final Audio audio = Audio.of(new VirtualDriver(new VirtualClock()));

    @AfterEach
    void close() {
        audio.close();
    }

    @Test
    void everyParameterNarrowsWhatIsOffered() throws Exception {
        Endpoint endpoint =
                audio.endpoint("virtual:speakers?rate=96000&channels=6&format=S32&bits=20&planar=true&period=64");
        FormatSupport.Offered offered =
                (FormatSupport.Offered) endpoint.info().renderFormats().exclusive();
        StreamFormat format =
                new StreamFormat(96_000, ChannelLayout.ofCount(6), SampleFormat.S32, 20, StreamFormat.Packing.PLANAR);
        assertThat(offered.ranges()).singleElement().satisfies(range -> {
            assertThat(range.contains(format)).isTrue();
            assertThat(range.contains(format.withRate(48_000))).isFalse();
            assertThat(range.contains(format.withValidBits(21))).isFalse();
            assertThat(range.contains(format.withLayout(ChannelLayout.STEREO))).isFalse();
            assertThat(range.contains(format.withPacking(StreamFormat.Packing.INTERLEAVED)))
                    .isFalse();
        });
        try (Stream stream =
                endpoint.open(StreamSpec.of(0, ChannelLayout.ofCount(6)).latencyFrames(5_000))) {
            assertThat(stream.outputFormat()).contains(format);
            assertThat(stream.latency().periodFrames()).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate=0 | rate=0 is not within 1 to 12288000",
                "channels=1025 | channels=1025 is not within 1 to 1024",
                "bits=54 | bits=54 is not within 1 to 53",
                "period=15 | period=15 is not within 16 to 65536",
                "format=S13 | no sample format is called S13",
                "planar=maybe | true or false expected",
                "paced=1 | true or false expected",
                "pitch=440 | there is no parameter 'pitch'"
            })
    void aWrongParameterIsRefusedWithWhatItMayBe(String parameter, String words) {
        AudioException refusal =
                catchThrowableOfType(AudioException.class, () -> audio.endpoint("virtual:speakers?" + parameter));
        assertThat(refusal.failure()).isEqualTo(Failure.ADDRESS_INVALID);
        assertThat(refusal).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual:trumpet", "virtual:cable:", "virtual:file:", "virtual:Speakers"})
    void whatThereIsNotIsUnknown(String address) {
        AudioException refusal = catchThrowableOfType(AudioException.class, () -> audio.endpoint(address));
        assertThat(refusal.failure()).isEqualTo(Failure.ENDPOINT_UNKNOWN);
    }

    @Test
    void aMisspeltEndpointIsAnsweredWithTheNearest() {
        assertThat(catchThrowableOfType(AudioException.class, () -> audio.endpoint("virtual:speekers")))
                .hasMessageContaining("did you mean virtual:speakers?");
    }

    @Test
    void differentParametersAreDifferentEndpointsOnOneDevice() throws Exception {
        Endpoint plain = audio.endpoint("virtual:speakers");
        Endpoint narrow = audio.endpoint("virtual:speakers?rate=44100");
        assertThat(narrow).isNotEqualTo(plain);
        try (Stream _ = plain.open(StreamSpec.of(48_000, ChannelLayout.STEREO).exclusive())) {
            assertThat(catchThrowableOfType(
                                    AudioException.class,
                                    () -> narrow.open(StreamSpec.of(44_100, ChannelLayout.STEREO)))
                            .failure())
                    .isEqualTo(Failure.ENDPOINT_BUSY);
        }
    }

    @Test
    void theSmallestLatencyIsOneThatAThreadKeepsUp() throws Exception {
        try (Stream stream = audio.endpoint("virtual:speakers")
                .open(StreamSpec.of(48_000, ChannelLayout.STEREO).latency(LatencyWish.smallest()))) {
            assertThat(stream.latency().periodFrames()).isEqualTo(256);
            assertThat(stream.latency().bufferFrames()).isEqualTo(512);
        }
    }
}
