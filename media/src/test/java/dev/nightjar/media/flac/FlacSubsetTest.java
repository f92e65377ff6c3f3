package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The group `subset` of the IETF testbench. Every file holds the MD5 of its samples, which the reader checks.
class FlacSubsetTest {
    static Stream<Path> files() throws IOException {
        return FlacFiles.subset();
    }

    @ParameterizedTest
    @MethodSource("files")
    void decodesToTheSamplesWithTheMd5OfTheFile(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        FlacFiles.Decoded decoded = FlacFiles.decode(bytes);

        assertThat(decoded.failures()).isEmpty();
        try (MediaReader reader = FlacFiles.open(bytes)) {
            long frames = decoded.samples().length / reader.info().format().frameBytes();
            assertThat(frames).isPositive();
            assertThat(reader.info().frames()).isIn(frames, -1L);
        }
        assertThat(FlacFiles.decodeStream(bytes).samples()).isEqualTo(decoded.samples());
    }

    @Test
    void theGroupIsThere() throws IOException {
        assertThat(files()).hasSize(47);
    }

    @Test
    void noticesSamplesThatDoNotHaveTheMd5() throws IOException {
        byte[] bytes = Files.readAllBytes(files().findFirst().orElseThrow());
        byte[] other = bytes.clone();
        other[8 + 18] ^= 1;

        FlacFiles.Decoded decoded = FlacFiles.decode(other);

        assertThat(decoded.samples()).isEqualTo(FlacFiles.decode(bytes).samples());
        assertThat(decoded.failures()).singleElement().asString().contains("MD5");
    }

    @Test
    void tellsTheChannelLayout() throws IOException {
        Path file = files().filter(path -> path.toString().contains("5.1"))
                .findFirst()
                .orElseThrow();
        try (MediaReader reader = FlacFiles.open(Files.readAllBytes(file))) {
            assertThat(reader.info().format().layout()).isEqualTo(ChannelLayout.SURROUND_5_1);
        }
    }
}
