package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.WavWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `virtual:microphone` hears: silence, a tone, or a file.
class MicrophoneTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final Audio audio = Audio.of(new VirtualDriver(clock));

    @AfterEach
    void close() {
        audio.close();
    }

    /// A second of the first channel.
    private float[] hear(String address) throws Exception {
        float[] heard = new float[RATE];
        int[] at = new int[1];
        try (Stream stream = audio.endpoint(address).open(StreamSpec.of(RATE, ChannelLayout.STEREO))) {
            stream.start(turn -> {
                int count = Math.min(turn.frames(), RATE - at[0]);
                System.arraycopy(turn.input().channel(0), 0, heard, at[0], count);
                at[0] += count;
            });
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(at[0]).isEqualTo(RATE);
        return heard;
    }

    @Test
    void hearsSilenceByItself() throws Exception {
        assertThat(hear("virtual:microphone")).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hearsAToneOfTheFrequencyAtMinus12Decibel(boolean planar) throws Exception {
        float[] heard = hear("virtual:microphone?tone=1000&planar=" + planar);
        double real = 0;
        double imaginary = 0;
        double energy = 0;
        for (int i = 0; i < heard.length; i++) {
            real += heard[i] * Math.cos(2 * Math.PI * 1000 * i / RATE);
            imaginary += heard[i] * Math.sin(2 * Math.PI * 1000 * i / RATE);
            energy += heard[i] * heard[i];
        }
        double amplitude = 2 * Math.hypot(real, imaginary) / heard.length;
        assertThat(amplitude).isCloseTo(0.25, within(1e-4));
        assertThat(energy).isCloseTo(heard.length * amplitude * amplitude / 2, within(0.1));
    }

    @Test
    void hearsAFileFrameByFrameAndSilenceBehindIt() throws Exception {
        StreamFormat format = StreamFormat.of(RATE, ChannelLayout.STEREO, SampleFormat.S16);
        byte[] content = new byte[10_007 * 4];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ((i * 31) >> 3);
        }
        Path file = folder.resolve("heard.wav");
        try (WavWriter writer = WavWriter.create(file, format)) {
            MemorySegment frames = Arena.ofAuto().allocate(content.length, 8);
            frames.copyFrom(MemorySegment.ofArray(content));
            writer.write(frames, 0, 10_007);
        }
        for (String planar : new String[] {"false", "true"}) {
            Address address = new Address.Host(
                    "virtual", "microphone", Map.of("file", file.toString(), "format", "S16", "planar", planar));
            try (Stream stream = audio.endpoint(address).open(StreamSpec.of(RATE, ChannelLayout.STEREO))) {
                Samples heard = new Samples(stream.inputFormat().orElseThrow());
                stream.startRaw(turn -> heard.add(turn.input(), turn.frames()));
                clock.advance(Duration.ofSeconds(1));
                assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
                stream.stop();
                byte[] all = heard.interleaved();
                assertThat(all.length).isGreaterThan(content.length + 1_000);
                assertThat(Arrays.copyOf(all, content.length)).isEqualTo(content);
                assertThat(Arrays.copyOfRange(all, content.length, all.length)).containsOnly(0);
                assertThat(all.length / 4).isEqualTo((int) stream.position());
            }
        }
    }

    @Test
    void refusesAFileThatIsNotThereOrOfAnotherFormat() throws Exception {
        AudioException missing = catchThrowableOfType(
                AudioException.class, () -> hear("virtual:microphone?file=" + folder.resolve("none.wav")));
        assertThat(missing.failure()).isEqualTo(Failure.NOT_OFFERED);
        assertThat(missing).hasMessageContaining("none.wav");
        Path file = folder.resolve("mono.wav");
        WavWriter.create(file, StreamFormat.of(RATE, ChannelLayout.MONO, SampleFormat.S16))
                .close();
        AudioException other =
                catchThrowableOfType(AudioException.class, () -> hear("virtual:microphone?file=" + file));
        assertThat(other.failure()).isEqualTo(Failure.FORMAT_UNSUPPORTED);
        assertThat(other.nearest()).isNotEmpty();
    }
}
