package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamWriter;
import dev.nightjar.driver.virtual.VirtualDriver;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What playing needs of a stream.
class StackTest {
    @TempDir
    Path folder;

    @Test
    void anUnpacedStreamWhoseWriterHasNothingIsHeldAndClosedWithoutALeak() throws Exception {
        long leaked = Stream.leaked();
        Path file = folder.resolve("out.wav");
        try (Audio audio = Audio.of(new VirtualDriver());
                Stream stream = audio.endpoint(Address.parse("virtual:file:" + file + "?paced=false"))
                        .open(StreamSpec.of(48_000, ChannelLayout.STEREO).sample(SampleFormat.S16))) {
            StreamWriter writer = stream.writer(48_000);
            writer.start();
            writer.write(Arena.global().allocate(4 * 100), 0, 100);
            stream.pause();
            stream.resume();
            writer.write(Arena.global().allocate(4 * 900), 0, 900);
            while (writer.pending() > 0) {
                Thread.sleep(1);
            }
        }
        assertThat(Stream.leaked()).isEqualTo(leaked);
        assertThat(Wav.of(file).frames()).isEqualTo(1000);
    }

    @Test
    void theContainerThatHoldsTheValidBitsIsPreferredToABetterLikedOne() throws Exception {
        StreamSpec spec = StreamSpec.of(48_000, ChannelLayout.STEREO);
        try (Audio audio = Audio.of(new VirtualDriver());
                Stream single = audio.defaultRender().open(spec);
                Stream wide = audio.defaultRender().open(spec.validBits(32))) {
            assertThat(single.outputFormat().orElseThrow().sample()).isEqualTo(SampleFormat.F32);
            assertThat(wide.outputFormat().orElseThrow().validBits()).isGreaterThanOrEqualTo(32);
        }
    }
}
