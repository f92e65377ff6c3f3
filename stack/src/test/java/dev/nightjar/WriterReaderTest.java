package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.spi.TurnBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The blocking ways, over turns that the test runs: in time where the stream is paced, on a thread where it is not.
@Timeout(60)
class WriterReaderTest {
    private static final StreamFormat S32 =
            new StreamFormat(48_000, ChannelLayout.STEREO, SampleFormat.S32, 32, Packing.INTERLEAVED);
    private static final StreamSpec SPEC = Rig.SPEC.sample(SampleFormat.S32).validBits(32);

    private final Rig rig = new Rig();
    private final MemorySegment frames = Arena.ofAuto().allocate(10_000 * 8, 8);

    WriterReaderTest() {
        rig.endpoint.offers(S32);
    }

    /// Both samples of frame n are n and -n.
    private MemorySegment numbered(int first, int count) {
        for (int i = 0; i < count; i++) {
            frames.setAtIndex(ValueLayout.JAVA_INT, 2L * i, first + i);
            frames.setAtIndex(ValueLayout.JAVA_INT, 2L * i + 1, -first - i);
        }
        return frames;
    }

    private static int sample(TurnBuffer.SideBuffer side, int channel, int frame) {
        long offset = side.offset(channel) + (long) frame * side.format().strideBytes();
        return side.segment(channel).get(ValueLayout.JAVA_INT_UNALIGNED, offset);
    }

    private static void requireNumbered(TurnBuffer.SideBuffer side, int first, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(sample(side, 0, i)).isEqualTo(first + i);
            assertThat(sample(side, 1, i)).isEqualTo(-first - i);
        }
    }

    private static void number(TurnBuffer.SideBuffer side, int first, int count) {
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < 2; c++) {
                long offset = side.offset(c) + (long) i * side.format().strideBytes();
                side.segment(c).set(ValueLayout.JAVA_INT_UNALIGNED, offset, c == 0 ? first + i : -first - i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writtenFramesAreRenderedAsTheyAreInEitherPacking(Packing packing) throws AudioException {
        rig.endpoint.offers(S32.withPacking(packing));
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        assertThat(writer.available()).isEqualTo(960);
        assertThat(writer.format()).isEqualTo(S32);
        writer.write(numbered(1, 500), 0, 500);
        assertThat(stream.state()).isEqualTo(StreamState.OPEN);
        writer.start();
        assertThat(rig.raw().run(480)).isEqualTo(480);
        requireNumbered(rig.raw().turn.output(), 1, 480);
        rig.raw().run(480);
        requireNumbered(rig.raw().turn.output(), 481, 20);
        assertThat(sample(rig.raw().turn.output(), 0, 20)).isZero();
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES)).isEqualTo(460);
        assertThat(writer.pending()).isZero();
    }

    @Test
    void theStreamStartsWhenTheBufferIsFullAlsoForAProgramThatNeverBlocks() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        writer.write(numbered(1, 1_000), 0, writer.available());
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
    }

    @Test
    void aWriterWaitsByTheStreamsClock() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        List<Integer> heard = new ArrayList<>();
        rig.driver.hand.after(10_000_000, new Runnable() {
            @Override
            public void run() {
                rig.raw().run(480);
                heard.add(sample(rig.raw().turn.output(), 0, 0));
                rig.driver.hand.after(10_000_000, this);
            }
        });
        writer.write(numbered(1, 4_000), 0, 4_000);
        assertThat(heard).containsExactly(1, 481, 961, 1_441, 1_921, 2_401, 2_881);
        assertThat(writer.drain()).isTrue();
        assertThat(stream.position()).isEqualTo(4_000);
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES)).isZero();
        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        assertThatThrownBy(() -> writer.write(frames, 0, 1))
                .isInstanceOfSatisfying(
                        AudioException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CLOSED));
    }

    @Test
    void aWriterThatCouldNotStartSaysSoEachTimeAndStartsLater() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        rig.endpoint.script.atStart = Rig.gone();
        assertThatThrownBy(() -> writer.write(numbered(1, 2_000), 0, 2_000)).isSameAs(rig.endpoint.script.atStart);
        assertThatThrownBy(() -> writer.write(frames, 0, 1)).isSameAs(rig.endpoint.script.atStart);
        rig.endpoint.script = new ScriptedStream.Script();
        writer.start();
        rig.raw().run(480);
        requireNumbered(rig.raw().turn.output(), 1, 480);
    }

    @Test
    void aWriterOfAFailedOrClosedStreamIsToldSo() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        writer.start();
        rig.raw().client().lost(AudioException.of(Failure.ACCESS_DENIED, "run script:one", "revoked"));
        assertThatThrownBy(() -> writer.write(numbered(1, 5_000), 0, 5_000)).hasMessageContaining("revoked");
        StreamWriter another = rig.open(SPEC).writer(1_000);
        Stream closed = rig.endpoint.open(SPEC);
        StreamWriter ofClosed = closed.writer(1_000);
        closed.close();
        assertThatThrownBy(() -> ofClosed.write(frames, 0, 1)).hasMessageContaining("the stream is CLOSED");
        another.write(frames, 0, 1);
    }

    @Test
    void flushDiscardsHereAndInTheHost() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        writer.start();
        writer.write(numbered(1, 600), 0, 600);
        assertThat(writer.flush()).isEqualTo(600 + 77);
        writer.write(numbered(9_000, 100), 0, 100);
        rig.raw().run(480);
        requireNumbered(rig.raw().turn.output(), 9_000, 100);
    }

    @Test
    void aPausedWriterDrainsAllTheSame() throws AudioException {
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(1_000);
        writer.start();
        writer.write(numbered(1, 100), 0, 100);
        stream.pause();
        rig.driver.hand.after(10_000_000, () -> rig.raw().run(480));
        assertThat(writer.drain()).isTrue();
        assertThat(stream.position()).isEqualTo(100);
    }

    @Test
    void framesOfAnotherFormatAreRefusedAndNotRenderedAsNoise() throws AudioException {
        Stream stream = rig.open(Rig.SPEC);
        StreamWriter writer = stream.writer(1_000);
        writer.start();
        writer.write(numbered(1, 500), 0, 500);
        rig.endpoint.offers(StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16));
        rig.raw().client().lost(Rig.gone());
        rig.later(100);
        assertThat(rig.raw().run(480)).isZero();
        rig.later(20);
        AudioException failure = stream.failure().orElseThrow();
        assertThat(failure).hasMessageContaining("the endpoint now has 48000 Hz stereo S16");
        assertThat(failure.failure()).isEqualTo(Failure.PROCESSOR_FAILED);
    }

    @Test
    void floatsAreConvertedAndDitheredOnlyWhereBitsAreLost() throws AudioException {
        StreamFormat s16 = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        rig.endpoint.offers(s16);
        float[][] steady = {new float[2_000], new float[2_000]};
        java.util.Arrays.fill(steady[0], 1_000 / 32_768f);
        java.util.Arrays.fill(steady[1], -7 / 32_768f);
        for (int bits : List.of(16, 24)) {
            Stream stream = rig.open(Rig.SPEC.validBits(bits));
            StreamWriter writer = stream.writer(3_000);
            writer.write(steady, 0, 2_000);
            writer.start();
            rig.raw().run(480);
            MemorySegment out = rig.raw().turn.output().segment(0);
            int different = 0;
            for (int i = 0; i < 480; i++) {
                different += out.getAtIndex(ValueLayout.JAVA_SHORT, 2L * i) == 1_000 ? 0 : 1;
                different += out.getAtIndex(ValueLayout.JAVA_SHORT, 2L * i + 1) == -7 ? 0 : 1;
            }
            assertThat(different > 0).isEqualTo(bits == 24);
        }
    }

    @ParameterizedTest
    @EnumSource
    void capturedFramesAreReadAsTheyAreInEitherPacking(Packing packing) throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        rig.endpoint.offers(S32.withPacking(packing));
        Stream stream = rig.open(SPEC);
        StreamReader reader = stream.reader(0);
        rig.driver.hand.after(10_000_000, () -> {
            number(rig.raw().turn.input(), 1, 480);
            rig.raw().run(480);
        });
        assertThat(reader.read(frames, 0, 300)).isEqualTo(300);
        assertThat(frames.getAtIndex(ValueLayout.JAVA_INT, 599)).isEqualTo(-300);
        assertThat(reader.available()).isEqualTo(180);
        float[][] floats = new float[2][200];
        assertThat(reader.read(floats, 10, 190)).isEqualTo(180);
        assertThat(floats[0][10]).isEqualTo(301 / 0x1p31f);
        assertThat(floats[1][189]).isEqualTo(-480 / 0x1p31f);
        assertThat(reader.format()).isEqualTo(S32);
    }

    @Test
    void aReaderThatDoesNotComeLosesTheNewestFramesAndCountsThem() throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        Stream stream = rig.open(SPEC);
        StreamReader reader = stream.reader(1_000);
        reader.start();
        for (int turn = 0; turn < 3; turn++) {
            number(rig.raw().turn.input(), 1 + 480 * turn, 480);
            rig.raw().run(480);
        }
        assertThat(stream.counters().get(StreamCounter.OVERFLOWED_FRAMES)).isEqualTo(440);
        assertThat(reader.read(frames, 0, 5_000)).isEqualTo(1_000);
        assertThat(frames.getAtIndex(ValueLayout.JAVA_INT, 1_998)).isEqualTo(1_000);
    }

    @Test
    void aReaderGetsWhatIsThereAndThenTheEndOrTheReason() throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        Stream stream = rig.open(SPEC);
        StreamReader reader = stream.reader(1_000);
        assertThat(readerOfNothing(reader)).isZero();
        number(rig.raw().turn.input(), 1, 480);
        rig.raw().run(480);
        stream.stop();
        assertThat(reader.read(frames, 0, 1_000)).isEqualTo(480);
        assertThat(reader.read(frames, 0, 1_000)).isEqualTo(-1);
        assertThat(reader.read(new float[2][10], 0, 10)).isEqualTo(-1);
        Stream failing = rig.open(SPEC);
        StreamReader ofFailing = failing.reader(1_000);
        ofFailing.start();
        rig.raw().client().lost(AudioException.of(Failure.ACCESS_DENIED, "run script:one", "revoked"));
        assertThatThrownBy(() -> ofFailing.read(frames, 0, 10)).hasMessageContaining("revoked");
    }

    private int readerOfNothing(StreamReader reader) throws AudioException {
        rig.driver.hand.after(0, () -> rig.raw().run(1));
        return reader.read(frames, 0, 1) - 1;
    }

    @Test
    void aReaderThatCouldNotStartSaysSoEachTime() throws AudioException {
        rig.endpoint.direction = Direction.CAPTURE;
        StreamReader reader = rig.open(SPEC).reader(1_000);
        rig.endpoint.script.atStart = Rig.gone();
        assertThatThrownBy(() -> reader.read(frames, 0, 10)).isSameAs(rig.endpoint.script.atStart);
        assertThatThrownBy(() -> reader.read(frames, 0, 10)).isSameAs(rig.endpoint.script.atStart);
    }

    @Test
    void onlyAStreamWithTheSideThatDoesNotRunHasAWriterOrReader() throws AudioException {
        Stream stream = rig.running(SPEC, Rig.SILENT);
        assertThatIllegalStateException().isThrownBy(() -> stream.reader(1)).withMessageContaining("only renders");
        assertThatIllegalStateException().isThrownBy(() -> stream.writer(1)).withMessageContaining("state=RUNNING");
        rig.endpoint.direction = Direction.CAPTURE;
        Stream capturing = rig.open(SPEC);
        assertThatIllegalStateException().isThrownBy(() -> capturing.writer(1));
        capturing.startRaw(Rig.SILENT);
        assertThatIllegalStateException().isThrownBy(() -> capturing.reader(1));
    }

    /// A host without a pace: its thread runs turns as fast as they are taken, until a turn ends.
    private Thread unpaced(List<Integer> heads) {
        return Thread.ofPlatform().daemon().start(() -> {
            while (rig.raw().run(480) == 480) {
                synchronized (heads) {
                    heads.add(sample(
                            rig.raw().turn.hasOutput()
                                    ? rig.raw().turn.output()
                                    : rig.raw().turn.input(),
                            0,
                            0));
                }
            }
        });
    }

    @Test
    void withoutAPaceTurnsWaitForTheWriterAndNothingIsMadeUp() throws Exception {
        rig.endpoint.paced = false;
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        writer.start();
        List<Integer> heads = new ArrayList<>();
        Thread host = unpaced(heads);
        for (int first = 1; first < 48_000; first += 100) {
            writer.write(numbered(first, 100), 0, 100);
        }
        assertThat(writer.drain()).isTrue();
        host.join();
        assertThat(stream.position()).isEqualTo(48_000);
        assertThat(heads).hasSize(100).startsWith(1, 481, 961).endsWith(47_521);
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES)).isZero();
    }

    @Test
    void withoutAPaceAPauseWithinATurnCutsItAndMakesNothingUp() throws Exception {
        rig.endpoint.paced = false;
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        writer.start();
        List<Integer> heads = new ArrayList<>();
        Thread host = unpaced(heads);
        writer.write(numbered(1, 700), 0, 700);
        stream.waitUntil(() -> writer.pending() == 0);
        stream.pause();
        host.join();
        assertThat(stream.state()).isEqualTo(StreamState.PAUSED);
        assertThat(stream.position()).isEqualTo(700);
        stream.resume();
        host = unpaced(heads);
        writer.write(numbered(701, 500), 0, 500);
        assertThat(writer.drain()).isTrue();
        host.join();
        assertThat(heads).containsExactly(1, 701);
        assertThat(stream.position()).isEqualTo(1_200);
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES)).isZero();
    }

    @Test
    void withoutAPaceAFlushEndsATurnThatWaitsAndTheStreamGoesOn() throws Exception {
        rig.endpoint.paced = false;
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        writer.start();
        Thread host = unpaced(new ArrayList<>());
        writer.write(numbered(1, 700), 0, 700);
        stream.waitUntil(() -> writer.pending() == 0);
        assertThat(stream.flush()).isEqualTo(77);
        host.join();
        assertThat(stream.state()).isEqualTo(StreamState.RUNNING);
        List<Integer> heads = new ArrayList<>();
        host = unpaced(heads);
        writer.write(numbered(701, 480), 0, 480);
        assertThat(writer.drain()).isTrue();
        host.join();
        assertThat(heads).containsExactly(701);
    }

    @Test
    void withoutAPaceADrainEndsATurnThatWaits() throws Exception {
        rig.endpoint.paced = false;
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        writer.start();
        Thread host = unpaced(new ArrayList<>());
        writer.write(numbered(1, 700), 0, 700);
        stream.waitUntil(() -> writer.pending() == 0);
        assertThat(stream.drain()).isTrue();
        host.join();
        assertThat(stream.position()).isEqualTo(700);
    }

    @Test
    void withoutAPaceCloseDoesNotWaitForAWriterThatHasLeft() throws Exception {
        rig.endpoint.paced = false;
        long leaked = Stream.leaked();
        Stream stream = rig.open(SPEC);
        stream.writer(0).start();
        Thread host = unpaced(new ArrayList<>());
        stream.close();
        host.join();
        assertThat(Stream.leaked()).isEqualTo(leaked);
        assertThat(stream.failure()).isEmpty();
    }

    @Test
    void withoutAPaceFlushedFramesMakeRoom() throws Exception {
        rig.endpoint.paced = false;
        Stream stream = rig.open(SPEC);
        StreamWriter writer = stream.writer(0);
        writer.write(numbered(1, 900), 0, 900);
        assertThat(writer.flush()).isEqualTo(900);
        writer.start();
        List<Integer> heads = new ArrayList<>();
        Thread host = unpaced(heads);
        writer.write(numbered(5_000, 2_000), 0, 2_000);
        assertThat(writer.drain()).isTrue();
        host.join();
        assertThat(heads).startsWith(5_000, 5_480);
        assertThat(stream.position()).isEqualTo(2_000);
    }

    @Test
    void withoutAPaceTurnsWaitForTheReaderAndCloseDoesNot() throws Exception {
        rig.endpoint.direction = Direction.CAPTURE;
        rig.endpoint.paced = false;
        long leaked = Stream.leaked();
        Stream stream = rig.open(SPEC);
        StreamReader reader = stream.reader(0);
        reader.start();
        Thread host = unpaced(new ArrayList<>());
        int read = 0;
        while (read < 20_000) {
            read += reader.read(frames, 0, 700);
        }
        stream.waitUntil(() -> reader.available() > 480);
        assertThat(stream.counters().get(StreamCounter.OVERFLOWED_FRAMES)).isZero();
        stream.close();
        host.join();
        assertThat(Stream.leaked()).isEqualTo(leaked);
    }
}
