package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.LatencyWish;
import dev.nightjar.SignalPath;
import dev.nightjar.SignalPath.Fidelity;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamPolicy;
import dev.nightjar.driver.virtual.FaultScript;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.player.PlayerStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Playing in virtual time, where each frame can be counted.
class PlaybackTest {
    private static final PlayerSettings EXACT = PlayerSettings.DEFAULT.exclusive();

    @TempDir
    Path folder;

    private String file() {
        return "virtual:file:" + folder.resolve("out.wav");
    }

    private int[] written() throws Exception {
        return Numbers.of(Wav.of(folder.resolve("out.wav")));
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static int[] joined(int[]... parts) {
        return List.of(parts).stream().flatMapToInt(IntStream::of).toArray();
    }

    @Test
    void eachFrameIsPlayedOnceAndTheEndIsDrained() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(file(), EXACT, Numbers.from(1, 10_001).track("one"));
            stage.toEnd();
            assertThat(stage.news.lines).containsExactly("began one", "stream DRAINED", "ended");
            assertThat(stage.news.cause).isEmpty();
        }
        assertThat(written()).isEqualTo(range(1, 10_002));
    }

    @Test
    void tracksOfOneFormatFollowWithoutAFrameBetweenThemAndBeginWhenTheyAreHeard() throws Exception {
        try (Stage stage = new Stage()) {
            Numbers.Builder second = Numbers.from(50_001, 9_000);
            stage.play(file(), EXACT, Numbers.from(1, 24_001).track("one"), second.track("two"));
            stage.advanceMillis(400);
            assertThat(second.opened).as("opened before it is needed").hasValue(1);
            assertThat(stage.news.ofTracks()).containsExactly("began one");
            stage.advanceMillis(150);
            assertThat(stage.news.ofTracks()).containsExactly("began one", "began two");
            stage.toEnd();
            assertThat(stage.news.lines).containsOnlyOnce("stream DRAINED");
        }
        assertThat(written()).isEqualTo(joined(range(1, 24_002), range(50_001, 59_001)));
    }

    @Test
    void aTrackThatTheStreamHoldsExactlyFollowsInItEvenExclusively() throws Exception {
        StreamFormat narrow = Numbers.FORMAT.withSample(SampleFormat.S16);
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT,
                    Numbers.from(1, 9_600).track("one"),
                    Numbers.from(1, 100).format(narrow).track("two"));
            stage.toEnd();
            assertThat(stage.news.lines).containsExactly("began one", "began two", "stream DRAINED", "ended");
            assertThat(stage.news.paths.getLast().stages().get(1)).hasToString("convert: S16 → S32 [EXACT]");
        }
        assertThat(written()).hasSize(9_700).endsWith(0x5555_0000);
    }

    @Test
    void anotherFormatGetsAnotherStreamBehindADrain() throws Exception {
        StreamFormat stereo = StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S16);
        try (Stage stage = new Stage()) {
            stage.play(
                    "virtual:speakers",
                    EXACT,
                    Numbers.from(1, 9_600).track("one"),
                    Numbers.from(1, 8_820).format(stereo).track("two"));
            stage.toEnd();
            assertThat(stage.news.lines)
                    .containsExactly("began one", "stream DRAINED", "began two", "stream DRAINED", "ended");
            assertThat(stage.news.shapes.getLast().output()).contains(stereo);
            assertThat(stage.clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void thePositionIsThatOfTheFrameAtTheConverter() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    "virtual:speakers", EXACT, Numbers.from(1, 480_000).track("one"));
            stage.advanceMillis(1_500);
            assertThat(playback.status().positionFrames()).isEqualTo(72_000);
            assertThat(playback.status().lengthFrames()).isEqualTo(480_000);
            assertThat(playback.status().bufferFill()).isGreaterThan(0.9);
            assertThat(playback.status().counters().get(StreamCounter.STARVED_FRAMES))
                    .isZero();
        }
    }

    @Test
    void aSeekGoesOnAtExactlyThatFrameAndTheBufferedOnesAreNotHeard() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback =
                    stage.play(file(), EXACT, Numbers.from(1, 480_000).track("one"));
            stage.advanceMillis(200);
            playback.seek(Duration.ofSeconds(5));
            stage.work();
            assertThat(playback.status().positionFrames()).isEqualTo(240_000);
            stage.advanceMillis(300);
            assertThat(playback.status().counters().get(StreamCounter.STARVED_FRAMES))
                    .isZero();
            playback.abort();
            stage.work();
        }
        int[] heard = IntStream.of(written()).filter(number -> number != 0).toArray();
        int jump = IntStream.range(1, heard.length)
                .filter(i -> heard[i] != heard[i - 1] + 1)
                .sum();
        assertThat(heard[jump]).isEqualTo(240_001);
        assertThat(heard[jump - 1]).isBetween(9_600, 14_500);
        assertThat(heard[heard.length - 1]).isEqualTo(240_001 + heard.length - jump - 1);
    }

    @Test
    void aSeekIntoTheTrackBeforeTheOneThatIsDecodedOpensItAgain() throws Exception {
        try (Stage stage = new Stage()) {
            Numbers.Builder first = Numbers.from(1, 24_000);
            Playback playback = stage.play(
                    "virtual:speakers",
                    EXACT,
                    first.track("one"),
                    Numbers.from(1, 48_000).track("two"));
            stage.advanceMillis(400);
            playback.seekBy(Duration.ofMillis(-300));
            stage.work();
            assertThat(playback.status().track()).isZero();
            assertThat(playback.status().positionFrames()).isEqualTo(4_800);
            assertThat(first.opened).hasValue(2);
            stage.toEnd();
            assertThat(stage.news.ofTracks()).containsExactly("began one", "began two", "ended");
            assertThat(first.readers).allMatch(reader -> reader.closed);
        }
    }

    @Test
    void aSeekWhileTheLastFramesPlayOutGoesOnPlaying() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    "virtual:speakers", EXACT, Numbers.from(1, 48_000).track("one"));
            stage.advanceMillis(970);
            playback.seek(Duration.ofMillis(500));
            stage.advanceMillis(100);
            assertThat(playback.isOver()).isFalse();
            assertThat(playback.status().positionFrames()).isBetween(24_000L + 4_000, 24_000L + 4_800);
            stage.toEnd();
            assertThat(stage.clock.elapsed()).isBetween(Duration.ofMillis(1_460), Duration.ofMillis(1_600));
        }
    }

    @Test
    void aPauseHoldsThePositionAndResumeGoesOnWithTheNextFrame() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback =
                    stage.play(file(), EXACT, Numbers.from(1, 48_001).track("one"));
            stage.advanceMillis(300);
            playback.pause();
            long held = playback.status().positionFrames();
            stage.advanceMillis(1_000);
            assertThat(playback.status().state()).isEqualTo(State.PAUSED);
            assertThat(playback.status().positionFrames()).isEqualTo(held);
            playback.resume();
            stage.toEnd();
        }
        assertThat(written()).isEqualTo(range(1, 48_002));
    }

    @Test
    void aSeekDuringAPauseIsHeardAfterIt() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    "virtual:speakers", EXACT, Numbers.from(1, 480_000).track("one"));
            stage.advanceMillis(300);
            playback.pause();
            playback.seek(Duration.ofSeconds(2));
            stage.advanceMillis(300);
            assertThat(playback.status().state()).isEqualTo(State.PAUSED);
            assertThat(playback.status().positionFrames()).isEqualTo(96_000);
            playback.resume();
            stage.advanceMillis(500);
            assertThat(playback.status().positionFrames()).isBetween(96_000L + 21_000, 96_000L + 24_000);
        }
    }

    @Test
    void aTrackStartsWhereItIsAskedTo() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT.start(Duration.ofMillis(125)),
                    Numbers.from(1, 9_000).track("one"),
                    Numbers.from(50_001, 100).track("two"));
            stage.toEnd();
        }
        assertThat(written()).isEqualTo(joined(range(6_001, 9_001), range(50_001, 50_101)));
    }

    @Test
    void aPipeStartsWhereItIsAskedToByDecodingWhatIsBefore() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT.start(Duration.ofMillis(125)),
                    Numbers.from(1, 9_000).asPipe().track("pipe"));
            stage.toEnd();
        }
        assertThat(written()).isEqualTo(range(6_001, 9_001));
    }

    @Test
    void aTrackShorterThanItsStartIsRefusedAndTheNextOneIsPlayedFromItsBeginning() throws Exception {
        for (boolean pipe : List.of(false, true)) {
            Numbers.Builder one = Numbers.from(1, 4_800);
            try (Stage stage = new Stage()) {
                stage.play(
                        file(),
                        EXACT.start(Duration.ofSeconds(90)),
                        (pipe ? one.asPipe() : one).track("one"),
                        Numbers.from(50_001, 100).track("two"));
                stage.toEnd();
                assertThat(stage.news.ofTracks())
                        .containsExactly(
                                "refused one: one ends before 1m30s, where it was to start", "began two", "ended");
            }
            assertThat(written()).isEqualTo(range(50_001, 50_101));
        }
    }

    @Test
    void nextAndPreviousGoToTheBeginningOfTracks() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    "virtual:speakers",
                    EXACT,
                    Numbers.from(1, 480_000).track("one"),
                    Numbers.from(1, 480_000).track("two"),
                    Numbers.from(1, 480_000).track("three"));
            stage.advanceMillis(500);
            playback.next();
            stage.advanceMillis(500);
            assertThat(playback.status().track()).isEqualTo(1);
            assertThat(playback.status().positionFrames()).isBetween(21_000L, 24_000L);
            playback.previous();
            stage.advanceMillis(4_000);
            assertThat(playback.status().track()).isZero();
            playback.previous();
            stage.work();
            assertThat(playback.status().track())
                    .as("restarted, as it was heard for more than 3 s")
                    .isZero();
            assertThat(playback.status().positionFrames()).isZero();
            playback.next();
            stage.work();
            playback.next();
            stage.work();
            playback.next();
            stage.toEnd();
            assertThat(stage.news.ofTracks())
                    .startsWith("began one", "began two", "began one")
                    .endsWith("ended");
        }
    }

    @Test
    void whatCannotBeOpenedIsRefusedAndTheNextOneIsPlayed() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT,
                    Track.of(folder.resolve("missing.flac")),
                    Numbers.from(1, 100).track("one"));
            stage.toEnd();
            assertThat(stage.news.ofTracks().getFirst()).startsWith("refused").contains("missing.flac");
            assertThat(stage.news.ofTracks()).endsWith("began one", "ended");
        }
        assertThat(written()).isEqualTo(range(1, 101));
    }

    @Test
    void aTrackThatBreaksInTheMiddleIsPlayedUpToThereAndTheNextOneFollows() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT,
                    Numbers.from(1, 9_000).damagedAt(5_000).track("one"),
                    Numbers.from(50_001, 100).track("two"));
            stage.toEnd();
            assertThat(stage.news.ofTracks())
                    .containsExactlyInAnyOrder("began one", "damaged one: a frame is broken", "began two", "ended");
        }
        assertThat(written()).isEqualTo(joined(range(1, 5_001), range(50_001, 50_101)));
    }

    @Test
    void aDecoderThatThrowsDoesNotEndThePlayer() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    file(),
                    EXACT,
                    Numbers.from(1, 9_000)
                            .beforeRead(at -> {
                                if (at > 0) {
                                    throw new IllegalStateException("a defect");
                                }
                            })
                            .track("one"),
                    Numbers.from(50_001, 100).track("two"));
            stage.toEnd();
            assertThat(stage.news.ofTracks()).anyMatch(line -> line.contains("the decoder failed"));
        }
        assertThat(written()).endsWith(range(50_001, 50_101));
    }

    @Test
    void aSlowDecoderIsHeardAsSilenceThatIsCountedAndNoFrameIsLost() throws Exception {
        try (Stage stage = new Stage()) {
            Numbers.Builder slow = Numbers.from(1, 12_000);
            Playback playback = stage.play(
                    file(),
                    EXACT.latency(new LatencyWish.Frames(480)),
                    slow.beforeRead(at -> {
                                if (at == 4_096) {
                                    stage.clock.advance(Duration.ofMillis(200));
                                }
                            })
                            .track("one"));
            stage.toEnd();
            int[] heard = written();
            long silent = IntStream.of(heard).filter(number -> number == 0).count();
            assertThat(silent).isPositive();
            assertThat(playback.status().counters().get(StreamCounter.STARVED_FRAMES))
                    .isEqualTo(silent);
            assertThat(IntStream.of(heard).filter(number -> number != 0).toArray())
                    .isEqualTo(range(1, 12_001));
        }
    }

    @Test
    void aLostEndpointIsWaitedForAndPlayingGoesOnAtItsPosition() throws Exception {
        FaultScript faults = FaultScript.parse("at 1s unplug speakers\nat 3s plug speakers");
        try (Stage stage = new Stage(faults)) {
            Playback playback = stage.play(
                    "virtual:speakers", EXACT, Numbers.from(1, 480_000).track("one"));
            stage.advanceMillis(1_500);
            assertThat(playback.status().state()).isEqualTo(State.REBUILDING);
            long lost = playback.status().positionFrames();
            assertThat(lost).isBetween(48_000L - 480, 48_000L + 4_800);
            stage.advanceMillis(2_500);
            assertThat(playback.status().state()).isEqualTo(State.PLAYING);
            assertThat(playback.status().positionFrames()).isBetween(lost, lost + 48_000);
            assertThat(stage.news.lines).containsSubsequence("stream LOST", "stream REBUILT");
            assertThat(playback.status().counters().get(StreamCounter.STARVED_FRAMES))
                    .isZero();
        }
    }

    @Test
    void anEndpointThatComesBackWithAnotherFormatGetsTheFramesInThat() throws Exception {
        FaultScript faults = FaultScript.parse("at 1s format speakers format=S16");
        try (Stage stage = new Stage(faults)) {
            Playback playback = stage.play(
                    "virtual:speakers",
                    PlayerSettings.DEFAULT,
                    Numbers.from(1, 480_000).track("one"));
            stage.advanceMillis(3_000);
            assertThat(playback.status().state()).isEqualTo(State.PLAYING);
            assertThat(playback.status().positionFrames()).isBetween(48_000L * 2, 48_000L * 3);
            assertThat(stage.news.lines).contains("path of one");
            assertThat(stage.news.paths.getLast().fidelity()).isEqualTo(Fidelity.ALTERED);
            assertThat(stage.news.shapes.getLast().output().orElseThrow().sample())
                    .isEqualTo(SampleFormat.S16);
        }
    }

    @Test
    void anEndpointThatIsGoneForGoodEndsThePlayerWithTheCause() throws Exception {
        FaultScript faults = FaultScript.parse("at 1s unplug speakers");
        try (Stage stage = new Stage(faults)) {
            stage.play(
                    "virtual:speakers",
                    EXACT.policy(StreamPolicy.PINNED.giveUpAfter(Duration.ofSeconds(2))),
                    Numbers.from(1, 480_000).track("one"));
            stage.toEnd();
            assertThat(stage.news.lines).endsWith("stream FAILED", "ended");
            assertThat(stage.news.cause).isPresent();
        }
    }

    @Test
    void aRateThatTheEndpointHasNotIsRefusedWithThoseItHas() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    "virtual:speakers?rate=44100",
                    PlayerSettings.DEFAULT,
                    Numbers.from(1, 480).track("one"));
            stage.toEnd();
            assertThat(stage.news.lines.getFirst())
                    .isEqualTo("refused one: play 48000 Hz on virtual:speakers?rate=44100: it does only 44100 Hz,"
                            + " and rates are not converted yet; would do: 44100 Hz mono S32");
        }
    }

    @Test
    void exclusiveRefusesWhatWouldLoseBits() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    "virtual:speakers?format=S24", EXACT, Numbers.from(1, 480).track("one"));
            stage.toEnd();
            assertThat(stage.news.lines.getFirst())
                    .contains("exclusively: it takes no format that holds these frames exactly")
                    .contains("would do: 48000 Hz mono S24");
        }
    }

    @Test
    void sharedConvertsAndSaysSo() throws Exception {
        try (Stage stage = new Stage()) {
            stage.play(
                    "virtual:speakers?format=S16&channels=2",
                    PlayerSettings.DEFAULT.gainDb(-6),
                    Numbers.from(1, 480).track("one"));
            stage.toEnd();
            SignalPath path = stage.news.paths.getFirst();
            assertThat(path.stages().stream().map(SignalPath.Stage::toString))
                    .containsExactly(
                            "decode: PCM [EXACT]",
                            "channels: mono → stereo [EXACT]",
                            "gain: -6.0 dB [ALTERED]",
                            "convert: S32 → S16, TPDF dither [ALTERED]",
                            "device: Virtual speakers [EXACT]");
        }
    }

    @Test
    void aStopFadesWithinFiftyMillisecondsToNothing() throws Exception {
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    file(), EXACT, Numbers.from(1_000_000_000, 480_000).track("one"));
            stage.advanceMillis(500);
            playback.stop();
            stage.toEnd();
            assertThat(stage.news.lines).containsExactly("began one", "stream DRAINED", "ended");
        }
        int[] heard = written();
        int faded = 0;
        for (int i = 0; i < heard.length; i++) {
            faded += heard[i] == 1_000_000_000 + i ? 0 : 1;
        }
        assertThat(faded).isBetween(2_390, 2_400);
        assertThat(heard[heard.length - 1]).isBetween(0, 1_000_000);
        for (int i = heard.length - 2_390; i < heard.length; i++) {
            assertThat(heard[i]).isLessThan(heard[i - 1]);
        }
    }

    @Test
    void aStoppedDsdStreamEndsWithItsSilenceAndIsNeverScaled() throws Exception {
        StreamFormat dsd = StreamFormat.of(352_800, ChannelLayout.MONO, SampleFormat.DSD_U8);
        try (Stage stage = new Stage()) {
            Playback playback = stage.play(
                    "virtual:speakers",
                    EXACT.gainDb(-20),
                    Numbers.from(1, 1 << 20).format(dsd).track("one"));
            stage.advanceMillis(500);
            assertThat(stage.news.paths.getFirst().fidelity()).isEqualTo(Fidelity.EXACT);
            assertThat(stage.news.paths.getFirst().stages().get(1).detail())
                    .isEqualTo("-20.0 dB not applied: DSD8 is never scaled");
            playback.stop();
            stage.toEnd();
            assertThat(stage.news.lines).endsWith("stream DRAINED", "ended");
        }
    }

    @Test
    void levelsAreThoseOfWhatIsHeardSinceTheLastAsking() throws Exception {
        try (Stage stage = new Stage()) {
            int half = 1 << 30;
            Playback playback = stage.play(
                    "virtual:speakers",
                    EXACT,
                    Numbers.from(half, 48_000).track("loud"),
                    Numbers.from(half / 4, 48_000).track("soft"));
            stage.advanceMillis(500);
            assertThat(playback.status().levels().getFirst().peak()).isBetween(0.499, 0.501);
            assertThat(playback.status().levels().getFirst().rms()).isBetween(0.499, 0.501);
            stage.advanceMillis(600);
            assertThat(playback.status().levels().getFirst().peak())
                    .as("still heard since")
                    .isGreaterThan(0.49);
            stage.advanceMillis(300);
            assertThat(playback.status().levels().getFirst().peak()).isBetween(0.124, 0.126);
        }
    }
}
