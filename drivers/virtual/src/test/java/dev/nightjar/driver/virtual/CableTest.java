package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Failure;
import dev.nightjar.Loopback;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is rendered to a cable is captured one period later, byte for byte.
class CableTest {
    private final VirtualClock clock = new VirtualClock();
    private final Audio audio = Audio.of(new VirtualDriver(clock));

    @AfterEach
    void close() {
        audio.close();
    }

    static java.util.stream.Stream<Arguments> formats() {
        java.util.stream.Stream.Builder<Arguments> all = java.util.stream.Stream.builder();
        for (SampleFormat sample : SampleFormat.values()) {
            for (Packing packing : Packing.values()) {
                all.add(Arguments.of(sample, packing));
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyContainerComesBackAsItWas(SampleFormat sample, Packing packing) throws Exception {
        assertExact(48_000, 2, sample, packing, 64);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 1, 16",
        "44100, 3, 17",
        "48000, 64, 16",
        "96000, 65, 100",
        "192000, 8, 4096",
        "1536000, 2, 16",
        "48000, 1024, 16"
    })
    void anyRateAnyNumberOfChannelsAndAnyPeriodComeBack(int rate, int channels, int period) throws Exception {
        assertExact(rate, channels, SampleFormat.S24, Packing.INTERLEAVED, period);
        assertExact(rate, channels, SampleFormat.F32, Packing.PLANAR, period);
    }

    private void assertExact(int rate, int channels, SampleFormat sample, Packing packing, int period)
            throws Exception {
        String address = "virtual:cable:one?rate=%d&channels=%d&format=%s&planar=%s&period=%d"
                .formatted(rate, channels, sample, packing == Packing.PLANAR, period);
        StreamSpec spec = StreamSpec.of(rate, ChannelLayout.ofCount(channels))
                .sample(sample)
                .validBits(sample.maxValidBits())
                .exclusive();
        int turns = 12;
        try (Stream stream = audio.endpoint(address).open(spec)) {
            StreamFormat format = stream.outputFormat().orElseThrow();
            assertThat(format)
                    .isEqualTo(new StreamFormat(
                            rate, ChannelLayout.ofCount(channels), sample, sample.maxValidBits(), packing));
            assertThat(stream.latency().periodFrames()).isEqualTo(period);
            Samples rendered = new Samples(format);
            Samples captured = new Samples(format);
            int[] count = new int[1];
            stream.startRaw(turn -> {
                if (count[0]++ < turns) {
                    Samples.scribble(turn.output(), turn.frames());
                    rendered.add(turn.output(), turn.frames());
                    captured.add(turn.input(), turn.frames());
                }
            });
            clock.advance(Duration.ofNanos((long) (1e9 * period * (turns + 1) / rate)));
            assertThat(count[0]).isGreaterThanOrEqualTo(turns);
            assertDelayed(rendered, captured, format, period);
        }
    }

    private static void assertDelayed(Samples rendered, Samples captured, StreamFormat format, int period) {
        int delay = period * format.sample().bytes();
        for (int channel = 0; channel < format.channels(); channel++) {
            byte[] out = rendered.channel(channel);
            byte[] in = captured.channel(channel);
            byte[] silence = new byte[delay];
            Arrays.fill(silence, format.sample().silence());
            assertThat(Arrays.copyOf(in, delay)).isEqualTo(silence);
            assertThat(Arrays.copyOfRange(in, delay, in.length))
                    .as("channel %d of %s", channel, format)
                    .isEqualTo(Arrays.copyOf(out, out.length - delay));
        }
    }

    @Test
    void cablesOfDifferentNamesAreApart() throws Exception {
        assertThat(audio.endpoint("virtual:cable:a")).isNotEqualTo(audio.endpoint("virtual:cable:b"));
        StreamSpec spec = StreamSpec.of(48_000, ChannelLayout.STEREO);
        try (Stream render = audio.endpoint("virtual:cable:a").open(spec.direction(Direction.RENDER));
                Stream capture = audio.endpoint("virtual:cable:b").open(spec.direction(Direction.CAPTURE))) {
            boolean[] heard = new boolean[1];
            render.start(turn -> Arrays.fill(turn.output().channel(0), 0.5f));
            capture.start(turn -> heard[0] |= turn.input().channel(0)[0] != 0);
            clock.advance(Duration.ofSeconds(1));
            assertThat(capture.position()).isPositive();
            assertThat(heard[0]).isFalse();
        }
    }

    @Test
    void aCableIsTheLoopbackOfItself() throws Exception {
        Loopback cable = (Loopback) audio.endpoint("virtual:cable");
        assertThat(cable.loopback()).isSameAs(cable);
        assertThat(audio.endpoint("loopback(virtual:cable)")).isSameAs(audio.endpoint("virtual:cable"));
    }

    @Test
    void aSecondFormatOnACableThatIsInUseIsRefusedWithTheFirst() throws Exception {
        StreamSpec stereo = StreamSpec.of(48_000, ChannelLayout.STEREO);
        try (Stream _ = audio.endpoint("virtual:cable").open(stereo.direction(Direction.RENDER))) {
            AudioException refusal = catchThrowableOfType(
                    AudioException.class,
                    () -> audio.endpoint("virtual:cable")
                            .open(stereo.sample(SampleFormat.S16).direction(Direction.CAPTURE)));
            assertThat(refusal.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
            assertThat(refusal.nearest()).hasSize(1);
        }
        audio.endpoint("virtual:cable").open(stereo.sample(SampleFormat.S16)).close();
    }

    @Test
    void aRefusedStreamDoesNotSettleTheFormatOfACable() throws Exception {
        VirtualDriver driver = (VirtualDriver) audio.drivers().getFirst();
        StreamSpec stereo = StreamSpec.of(48_000, ChannelLayout.STEREO);
        driver.inject(new Fault.Busy("cable", Duration.ofSeconds(1)));
        assertThat(catchThrowableOfType(
                                AudioException.class,
                                () -> audio.endpoint("virtual:cable").open(stereo))
                        .failure())
                .isEqualTo(Failure.ENDPOINT_BUSY);
        clock.advance(Duration.ofSeconds(2));
        audio.endpoint("virtual:cable").open(stereo.sample(SampleFormat.S16)).close();
    }

    @Test
    void twoWritersOnOneCableAreOneTooMany() throws Exception {
        StreamSpec render = StreamSpec.of(48_000, ChannelLayout.STEREO).direction(Direction.RENDER);
        try (Stream _ = audio.endpoint("virtual:cable").open(render)) {
            assertThat(catchThrowableOfType(
                                    AudioException.class,
                                    () -> audio.endpoint("virtual:cable").open(render))
                            .failure())
                    .isEqualTo(Failure.ENDPOINT_BUSY);
        }
    }

    @Test
    void framesStayWholeWhereTheWireWrapsAround() throws Exception {
        StreamSpec spec = StreamSpec.of(48_000, ChannelLayout.STEREO).latencyFrames(777);
        try (Stream stream = audio.endpoint("virtual:cable").open(spec)) {
            StreamFormat format = stream.outputFormat().orElseThrow();
            Samples rendered = new Samples(format);
            Samples captured = new Samples(format);
            stream.startRaw(turn -> {
                Samples.scribble(turn.output(), turn.frames());
                rendered.add(turn.output(), turn.frames());
                captured.add(turn.input(), turn.frames());
            });
            clock.advance(Duration.ofSeconds(3));
            stream.stop();
            assertThat(stream.position()).isGreaterThan(100_000);
            assertDelayed(rendered, captured, format, 777);
        }
    }
}
