package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.StreamWriter;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaReader;
import dev.nightjar.media.WavWriter;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `virtual:file:PATH` writes the frames it got, untouched, as WAV.
class FileEndpointTest {
    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final Audio audio = Audio.of(new VirtualDriver(clock));

    @AfterEach
    void close() {
        audio.close();
    }

    private static Address address(Path file, Map<String, String> parameters) {
        return new Address.Host("virtual", "file:" + file, parameters);
    }

    private static byte[] frames(Path file, StreamFormat format) throws Exception {
        try (MediaReader reader = Media.open(file)) {
            assertThat(reader.info().format()).isEqualTo(format);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] block = new byte[1_000 * format.frameBytes()];
            for (int read = reader.read(block, 0, 1_000); read >= 0; read = reader.read(block, 0, 1_000)) {
                all.write(block, 0, read * format.frameBytes());
            }
            return all.toByteArray();
        }
    }

    /// All that WAV has; S8 is written as U8, since WAV knows no signed bytes.
    static java.util.stream.Stream<SampleFormat> containers() {
        java.util.stream.Stream.Builder<SampleFormat> held = java.util.stream.Stream.builder();
        for (SampleFormat sample : SampleFormat.values()) {
            if (sample.isPcm()
                    && sample != SampleFormat.S8
                    && WavWriter.refusal(StreamFormat.of(48_000, ChannelLayout.STEREO, sample))
                            .isEmpty()) {
                held.add(sample);
            }
        }
        return held.build();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void everyFrameIsInTheFileAsItWasRendered(SampleFormat sample) throws Exception {
        Path file = folder.resolve("x.wav");
        StreamSpec spec = StreamSpec.of(44_100, ChannelLayout.STEREO)
                .sample(sample)
                .validBits(sample.maxValidBits())
                .exclusive();
        Stream stream = audio.endpoint(address(file, Map.of())).open(spec);
        Samples rendered = new Samples(stream.outputFormat().orElseThrow());
        long[] total = new long[1];
        stream.startRaw(turn -> {
            Samples.scribble(turn.output(), turn.frames());
            int counted = (int) Math.min(turn.frames(), 30_000 - total[0]);
            rendered.add(turn.output(), counted);
            total[0] += counted;
            if (total[0] == 30_000) {
                turn.end(counted);
            }
        });
        assertThat(stream.await(Duration.ofSeconds(5))).isTrue();
        stream.close();
        assertThat(frames(file, stream.outputFormat().orElseThrow())).isEqualTo(rendered.interleaved());
    }

    @Test
    void withoutAPaceAMinuteIsWrittenInNoTime() throws Exception {
        Path file = folder.resolve("fast.wav");
        Address address = address(file, Map.of("paced", "false", "rate", "48000", "channels", "2", "format", "S16"));
        Stream stream = audio.endpoint(address).open(StreamSpec.of(48_000, ChannelLayout.STEREO));
        assertThat(stream.shape().paced()).isFalse();
        StreamFormat format = stream.outputFormat().orElseThrow();
        StreamWriter writer = stream.writer(8_192);
        int frames = 60 * 48_000;
        MemorySegment block = Arena.ofAuto().allocate(4_096L * format.frameBytes(), 8);
        for (int done = 0; done < frames; done += 4_096) {
            block.fill((byte) (done >> 12));
            writer.write(block, 0, Math.min(4_096, frames - done));
        }
        assertThat(writer.drain()).isTrue();
        stream.close();
        byte[] written = frames(file, format);
        assertThat(written).hasSize(frames * 4);
        for (int done = 0; done < frames; done += 4_096) {
            assertThat(written[done * 4]).isEqualTo((byte) (done >> 12));
        }
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES)).isZero();
        assertThat(stream.counters().xruns()).isZero();
    }

    @Test
    void parametersSayWhatTheFileIsToBe() throws Exception {
        Path file = folder.resolve("p.wav");
        Address address = Address.parse("virtual:file:" + file + "?rate=96000&channels=1&format=S24&period=100");
        try (Stream stream = audio.endpoint(address).open(StreamSpec.of(96_000, ChannelLayout.STEREO))) {
            assertThat(stream.outputFormat()).contains(StreamFormat.of(96_000, ChannelLayout.MONO, SampleFormat.S24));
            assertThat(stream.latency().periodFrames()).isEqualTo(100);
            stream.start(turn -> Arrays.fill(turn.output().channel(0), 0.5f));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(frames(file, StreamFormat.of(96_000, ChannelLayout.MONO, SampleFormat.S24)))
                .hasSize(96_100 * 3);
    }

    @Test
    void whatWavDoesNotHoldIsRefused() throws Exception {
        for (SampleFormat sample :
                new SampleFormat[] {SampleFormat.S16_BE, SampleFormat.DSD_U8, SampleFormat.S32_LOW}) {
            AudioException refusal = catchThrowableOfType(
                    AudioException.class,
                    () -> audio.endpoint(address(folder.resolve("no.wav"), Map.of()))
                            .open(StreamSpec.of(48_000, ChannelLayout.STEREO)
                                    .sample(sample)
                                    .validBits(sample.maxValidBits())
                                    .exclusive()));
            assertThat(refusal.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
        }
        assertThat(folder.resolve("no.wav")).doesNotExist();
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsRefusedInWords() {
        AudioException refusal = catchThrowableOfType(
                AudioException.class,
                () -> audio.endpoint(address(folder.resolve("nowhere/x.wav"), Map.of()))
                        .open(StreamSpec.of(48_000, ChannelLayout.STEREO)));
        assertThat(refusal.failure()).isEqualTo(Failure.ACCESS_DENIED);
        assertThat(refusal).hasMessageContaining("nowhere").hasMessageContaining("there is no such folder");
        AudioException directory = catchThrowableOfType(
                AudioException.class,
                () -> audio.endpoint(address(folder, Map.of())).open(StreamSpec.of(48_000, ChannelLayout.STEREO)));
        assertThat(directory.failure()).isEqualTo(Failure.ACCESS_DENIED);
        assertThat(directory).hasMessageContaining(folder.toString());
    }

    @Test
    void aDiskThatFillsUpFailsTheStreamInWords() throws Exception {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            Assumptions.abort("needs /dev/full, which Linux has");
        }
        Address address = address(full, Map.of("paced", "false"));
        AudioException said = catchThrowableOfType(AudioException.class, () -> {
            try (Stream stream = audio.endpoint(address).open(StreamSpec.of(48_000, ChannelLayout.STEREO))) {
                stream.start(_ -> {});
                assertThat(stream.await(Duration.ofSeconds(20))).isTrue();
                throw stream.failure().orElseThrow();
            }
        });
        assertThat(said.failure()).isEqualTo(Failure.ACCESS_DENIED);
        assertThat(said).hasMessageContaining("/dev/full");
    }

    @Test
    void aSecondStreamIsRefusedAndLeavesTheFileOfTheFirstAlone() throws Exception {
        Path file = folder.resolve("one.wav");
        StreamSpec spec = StreamSpec.of(48_000, ChannelLayout.STEREO).sample(SampleFormat.S16);
        Stream first = audio.endpoint(address(file, Map.of())).open(spec);
        first.start(turn -> Arrays.fill(turn.output().channel(0), 0.25f));
        clock.advance(Duration.ofMillis(500));
        AudioException busy = catchThrowableOfType(
                AudioException.class,
                () -> audio.endpoint(address(file, Map.of())).open(spec));
        assertThat(busy.failure()).isEqualTo(Failure.ENDPOINT_BUSY);
        clock.advance(Duration.ofMillis(500));
        assertThat(first.state()).isEqualTo(StreamState.RUNNING);
        first.stop();
        long position = first.position();
        first.close();
        assertThat(frames(file, StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16)))
                .hasSize((int) position * 4);
    }
}
