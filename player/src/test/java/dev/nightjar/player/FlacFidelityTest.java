package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.SignalPath.Fidelity;
import dev.nightjar.driver.virtual.VirtualDriver;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.WavWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `flac -d` writes is what an exclusive endpoint gets, sample for sample, and the path says so.
class FlacFidelityTest {
    private static final Path FLAC =
            Path.of(System.getProperty("nightjar.root")).resolve("testdata/flac");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 - 12 bit per sample.flac",
                "23 - 8 bit per sample.flac",
                "24 - variable blocksize file created with flake revision 264.flac",
                "37 - 20 bit per sample.flac",
                "38 - 3 channels (3.0).flac",
                "39 - 4 channels (4.0).flac",
                "40 - 5 channels (5.0).flac",
                "41 - 6 channels (5.1).flac",
                "42 - 7 channels (6.1).flac",
                "43 - 8 channels (7.1).flac",
                "60 - mono audio.flac",
                "63 - predictor overflow check, 24-bit.flac"
            })
    void equalsWhatFlacDecodes(String name) throws Exception {
        assertPlaysAsFlacDecodes(FLAC.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void equalsWhatFlacDecodesOf32Bits(int channels) throws Exception {
        StreamFormat format = StreamFormat.of(96_000, ChannelLayout.ofCount(channels), SampleFormat.S32);
        Path wav = folder.resolve("made.wav");
        int frames = 20_000;
        try (Arena arena = Arena.ofConfined();
                WavWriter writer = WavWriter.create(wav, format)) {
            MemorySegment noise = arena.allocate((long) frames * format.frameBytes());
            long state = 1;
            for (long at = 0; at < noise.byteSize(); at += 4) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                noise.set(ValueLayout.JAVA_INT, at, (int) (state >>> 32));
            }
            writer.write(noise, 0, frames);
        }
        Path flac = folder.resolve("made.flac");
        run("flac", "-s", "-f", "-o", flac.toString(), wav.toString());
        assertPlaysAsFlacDecodes(flac);
    }

    private void assertPlaysAsFlacDecodes(Path flac) throws Exception {
        Path decoded = folder.resolve("decoded.wav");
        run("flac", "-s", "-d", "-f", "-o", decoded.toString(), flac.toString());
        Path played = folder.resolve("played.wav");
        News news = play(flac, played, PlayerSettings.DEFAULT.exclusive());
        Wav expected = Wav.of(decoded);
        Wav actual = Wav.of(played);
        assertThat(actual.format.sample()).isEqualTo(expected.format.sample());
        assertThat(actual.format.validBits()).isEqualTo(expected.format.validBits());
        assertThat(actual.format.rate()).isEqualTo(expected.format.rate());
        assertThat(actual.format.channels()).isEqualTo(expected.format.channels());
        assertThat(actual.bytes).isEqualTo(expected.bytes);
        assertThat(news.paths.getFirst().stages()).allMatch(stage -> stage.fidelity() == Fidelity.EXACT);
        assertThat(news.ofTracks()).containsExactly("began " + flac, "ended");
    }

    @Test
    void aGainInExclusiveModeIsAStageThatSaysItAlters() throws Exception {
        Path flac = FLAC.resolve("60 - mono audio.flac");
        News news = play(
                flac,
                folder.resolve("played.wav"),
                PlayerSettings.DEFAULT.exclusive().gainDb(-3));
        assertThat(news.paths.getFirst().stages())
                .anyMatch(stage -> stage.name().equals("gain") && stage.fidelity() == Fidelity.ALTERED);
        assertThat(news.paths.getFirst().fidelity()).isEqualTo(Fidelity.ALTERED);
    }

    @Test
    void theSecondOfTwoFilesFollowsTheFirstAsIfTheyWereOne() throws Exception {
        Path one = FLAC.resolve("23 - 8 bit per sample.flac");
        Path played = folder.resolve("played.wav");
        News news = new News();
        play(List.of(Track.of(one), Track.of(one)), played, PlayerSettings.DEFAULT.exclusive(), news);
        byte[] once = Wav.of(one).bytes;
        Wav twice = Wav.of(played);
        assertThat(twice.bytes).hasSize(2 * once.length);
        assertThat(twice.slice(0, twice.frames() / 2)).isEqualTo(twice.slice(twice.frames() / 2, twice.frames()));
        assertThat(news.lines).containsOnlyOnce("stream DRAINED");
    }

    private static News play(Path flac, Path played, PlayerSettings settings) throws Exception {
        News news = new News();
        play(List.of(Track.of(flac)), played, settings, news);
        return news;
    }

    private static void play(List<Track> tracks, Path played, PlayerSettings settings, News news) throws Exception {
        try (Audio audio = Audio.of(new VirtualDriver());
                Player player = Player.play(
                        audio.endpoint(Address.parse("virtual:file:" + played + "?paced=false")),
                        settings,
                        tracks,
                        news)) {
            assertThat(player.await(Duration.ofSeconds(60))).isTrue();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0])));
        if (!found) {
            Assumptions.abort("needs " + command[0] + ": apt-get install " + command[0]);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
