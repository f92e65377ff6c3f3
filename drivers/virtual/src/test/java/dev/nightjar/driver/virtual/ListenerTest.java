package dev.nightjar.driver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Audio;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListenerTest {
    /// A listener is called on a control thread; the stream may be closed on another while it asks the stream
    /// something.
    @Test
    void mayAskTheStreamWhileThatIsBeingClosed() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        VirtualDriver driver = new VirtualDriver(AudioClock.system(), FaultScript.parse("at 500ms unplug speakers"));
        try (Audio audio = Audio.of(driver)) {
            Stream stream = audio.endpoint("virtual:speakers").open(StreamSpec.of(48_000, ChannelLayout.STEREO));
            stream.onEvent(_ -> {
                told.countDown();
                try {
                    assertThat(closing.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                stream.played();
            });
            stream.start(_ -> {});
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            Thread closer = Thread.ofPlatform().daemon().start(stream::close);
            while (closer.isAlive() && closer.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
            closing.countDown();
            assertThat(closer.join(Duration.ofSeconds(10))).isTrue();
        }
    }
}
