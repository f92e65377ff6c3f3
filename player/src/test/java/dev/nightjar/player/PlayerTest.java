package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.LatencyWish;
import dev.nightjar.SignalPath;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.driver.virtual.VirtualDriver;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.player.PlayerStatus.State;
import dev.nightjar.spi.StreamShape;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Playing in real time, on threads of its own.
class PlayerTest {
    private static final PlayerSettings EXACT = PlayerSettings.DEFAULT.exclusive();
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final News news = new News();
    private Audio audio;

    @BeforeEach
    void openAudio() {
        audio = Audio.of(new VirtualDriver());
    }

    @AfterEach
    void closeAudio() {
        audio.close();
    }

    private Player play(String address, PlayerSettings settings, Track... tracks) throws Exception {
        return Player.play(audio.endpoint(Address.parse(address)), settings, List.of(tracks), news);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(2);
        }
    }

    @Test
    void anUnpacedEndpointGetsEveryFrameOfASlowDecoderAndNoSilence() throws Exception {
        Path out = folder.resolve("out.wav");
        Track slow = Numbers.from(1, 30_000)
                .beforeRead(_ -> LockSupport.parkNanos(3_000_000))
                .track("slow");
        try (Player player = play("virtual:file:" + out + "?paced=false", EXACT, slow)) {
            assertThat(player.await(LONG)).isTrue();
            assertThat(player.status().counters().get(StreamCounter.STARVED_FRAMES))
                    .isZero();
        }
        int[] heard = Numbers.of(Wav.of(out));
        assertThat(heard).hasSize(30_000);
        assertThat(heard[29_999]).isEqualTo(30_000);
    }

    @Test
    void anUnpacedPlayerIsHeldAndStoppedWhileItsDecoderHasNothing() throws Exception {
        long leaked = Stream.leaked();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Track stuck = Numbers.from(1, 30_000)
                .beforeRead(at -> {
                    if (at >= 4_096) {
                        reached.countDown();
                        awaitQuietly(never);
                    }
                })
                .track("stuck");
        try (Player player = play("virtual:file:" + folder.resolve("out.wav") + "?paced=false", EXACT, stuck)) {
            reached.await();
            until(() -> player.status().bufferFill() == 0);
            player.pause();
            assertThat(player.status().state()).isEqualTo(State.PAUSED);
            player.resume();
            player.stop();
            assertThat(player.await(LONG)).isTrue();
            assertThat(player.status().state()).isEqualTo(State.ENDED);
        } finally {
            never.countDown();
        }
        assertThat(Stream.leaked()).isEqualTo(leaked);
        assertThat(news.lines).endsWith("ended");
    }

    @Test
    void aPacedPlayerEndsWhenItIsStoppedWhileAReadBlocks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Track stuck = Numbers.from(1, 300_000)
                .beforeRead(at -> {
                    if (at >= 24_576) {
                        awaitQuietly(never);
                    }
                })
                .track("stuck");
        try (Player player = play("virtual:speakers", EXACT, stuck)) {
            until(() -> player.status().counters().get(StreamCounter.STARVED_FRAMES) > 0);
            player.stop();
            assertThat(player.await(LONG)).isTrue();
        } finally {
            never.countDown();
        }
    }

    @Test
    void aPlayerThatIsClosedLeavesNoThreadNoReaderAndNoStream() throws Exception {
        Numbers.Builder track = Numbers.from(1, 4_800_000);
        Player player = play("virtual:file:" + folder.resolve("out.wav"), EXACT, track.track("one"));
        until(() -> player.status().positionFrames() > 0);
        player.close();
        player.close();
        assertThat(track.readers).hasSize(1).allMatch(reader -> reader.closed);
        until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("nightjar-(player|virtual|file)")));
        assertThat(news.lines).containsExactly("began one", "ended");
    }

    @Test
    void aListenerMayCloseThePlayer() throws Exception {
        Player[] self = new Player[1];
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        self[0] = Player.play(
                audio.defaultRender(), EXACT, List.of(Numbers.from(1, 480_000).track("one")), new PlayerListener() {
                    @Override
                    public void trackBegan(Track track, MediaInfo info, SignalPath path, StreamShape shape) {
                        awaitQuietly(made);
                        self[0].close();
                    }

                    @Override
                    public void ended(Optional<Exception> cause) {
                        ended.countDown();
                    }
                });
        made.countDown();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(self[0].await(LONG)).isTrue();
    }

    @Test
    void theAudioThreadAllocatesNothing() throws Exception {
        assertAllocatesNothing("virtual:null", Numbers.from(1, 48_000L * 600));
        assertAllocatesNothing("virtual:null?planar=true&format=F64", Numbers.from(1, 48_000L * 600));
    }

    @Test
    void theAudioThreadAllocatesNothingWhileItStarves() throws Exception {
        Numbers.Builder slow =
                Numbers.from(1, 48_000L * 600).beforeRead(at -> LockSupport.parkNanos(at > 24_000 ? 60_000_000 : 0));
        assertAllocatesNothing("virtual:null", slow);
        assertThat(news.lines).contains("began one");
    }

    private void assertAllocatesNothing(String address, Numbers.Builder track) throws Exception {
        try (Player player = play(address, EXACT.latency(new LatencyWish.Frames(64)), track.track("one"))) {
            until(() -> player.status().positionFrames() > 24_000);
            long least = Long.MAX_VALUE;
            for (int window = 0; window < 20 && least > 0; window++) {
                long before = audioThreadBytes();
                Thread.sleep(200);
                least = Math.min(least, audioThreadBytes() - before);
            }
            assertThat(least).as("bytes in the best window").isZero();
        }
    }

    private static long audioThreadBytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("nightjar-virtual"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
