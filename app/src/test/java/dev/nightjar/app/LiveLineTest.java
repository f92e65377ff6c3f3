package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Audio;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamCounters;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.player.PlayerStatus;
import dev.nightjar.player.PlayerStatus.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final LiveLine LINE = new LiveLine(Style.PLAIN, true);

    private static PlayerStatus status(long xruns, List<Level> levels) throws Exception {
        StreamFormat format = StreamFormat.of(1000, ChannelLayout.STEREO, SampleFormat.S16);
        MediaInfo info = new MediaInfo("FLAC", "FLAC", format, 205_000, true, Map.of(), List.of());
        try (Audio audio = Audio.open()) {
            return new PlayerStatus(
                    PlayerStatus.State.PLAYING,
                    0,
                    Optional.of(info),
                    62_300,
                    205_000,
                    Duration.ofSeconds(62),
                    0.98,
                    new StreamCounters(Map.of(StreamCounter.XRUNS, xruns)),
                    levels,
                    audio.endpoint("virtual:null"));
        }
    }

    @Test
    void fillsEightyColumnsWithAllThereIs() throws Exception {
        String line = LINE.text(status(0, List.of(new Level(0.5, 0.1), new Level(0, 0))), 80);
        assertThat(line)
                .isEqualTo("playing  1:02.3 / 3:25.0  " + "█".repeat(13) + "░".repeat(2) + " " + "░".repeat(15)
                        + "  buffer  98%  xruns 0");
        assertThat(Text.width(line)).isLessThanOrEqualTo(79);
    }

    @Test
    void neverReachesTheLastColumnAndKeepsThePositionLongest() throws Exception {
        for (int channels : new int[] {0, 1, 2, 6, 64}) {
            PlayerStatus status = status(12, Collections.nCopies(channels, new Level(0.9, 0.5)));
            for (int columns = 7; columns <= 220; columns++) {
                String line = LINE.text(status, columns);
                assertThat(Text.width(line)).as("%d columns: %s", columns, line).isLessThan(columns);
                assertThat(line).contains("1:02.3".substring(0, Math.min(6, columns - 2)));
            }
        }
    }

    @Test
    void drawsWithoutBlocksWhereTheCharsetHasNone() throws Exception {
        String line =
                new LiveLine(Style.PLAIN, false).text(status(0, List.of(new Level(1, 1), new Level(0.01, 0))), 80);
        assertThat(line).matches("\\p{ASCII}*").contains("###").contains("---");
    }

    @Test
    void warnsOfFullScaleAndXrunsInRed() throws Exception {
        LiveLine coloured = new LiveLine(new Style(true), true);
        assertThat(coloured.text(status(3, List.of(new Level(1, 1))), 80))
                .contains("\u001b[31m████")
                .contains("\u001b[31mxruns 3\u001b[0m");
        assertThat(coloured.text(status(0, List.of(new Level(0.1, 0.1))), 80)).doesNotContain("\u001b[31m");
    }
}
