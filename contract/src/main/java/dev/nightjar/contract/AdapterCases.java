package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Failure;
import dev.nightjar.Processor;
import dev.nightjar.RawTurn;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamReader;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.StreamWriter;
import dev.nightjar.Turn;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.TestSequence;
import dev.nightjar.spi.StreamShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Float turns, the blocking writer and the blocking reader over this driver.
abstract class AdapterCases extends Cases {
    private static final int FRAMES = 9_000;

    @Test
    void floatTurnsHaveTheProgramsChannelsAndBeginSilent() throws Exception {
        for (Place place : places()) {
            StreamSpec mono =
                    StreamSpec.of(table.formats().rate(), ChannelLayout.MONO).latencyFrames(LATENCY_FRAMES);
            Stream stream = open(place, mono);
            int[] turns = new int[1];
            boolean[] wrong = new boolean[1];
            stream.start(turn -> {
                turns[0]++;
                wrong[0] |= turn.raw().hasOutput() && !isSilent(turn);
                wrong[0] |= turn.raw().hasInput() && turn.input().channels() != 1;
            });
            await("turns", () -> turns[0] > 10);
            stream.close();
            assertThat(wrong[0]).isFalse();
        }
    }

    private static boolean isSilent(Turn turn) {
        float[] samples = turn.output().channel(0);
        boolean silent = turn.output().channels() == 1 && turn.output().frames() == turn.frames();
        for (int i = 0; i < turn.frames(); i++) {
            silent &= samples[i] == 0;
            samples[i] = 0.5f;
        }
        return silent;
    }

    @Test
    void aFloatProcessorIsPreparedToo() throws Exception {
        Stream stream = open(Place.RENDER, usual());
        List<StreamShape> shapes = new ArrayList<>();
        boolean[] late = new boolean[1];
        stream.start(new Processor() {
            @Override
            public void prepare(StreamShape shape) {
                shapes.add(shape);
            }

            @Override
            public void process(Turn turn) {
                late[0] |= shapes.isEmpty();
            }
        });
        await("turns", () -> stream.position() > 0);
        assertThat(shapes).containsExactly(stream.shape());
        assertThat(late[0]).isFalse();
        assertThat(stream.path().stages())
                .hasSizeGreaterThan(stream.shape().path().stages().size());
    }

    @Test
    void whatHasNoFloatFramesRefusesFloatTurns() throws Exception {
        for (SampleFormat sample : table.formats().samples()) {
            if (!sample.isPcm()) {
                assertThat(sample.isDsd() || sample.coding() == SampleFormat.Coding.ENCODED)
                        .isTrue();
                Stream stream = open(Place.RENDER, usual().sample(sample).validBits(sample.maxValidBits()));
                refusal(Failure.FORMAT_UNSUPPORTED, () -> {
                    stream.start(_ -> {});
                    return stream;
                });
                assertThat(stream.state()).isEqualTo(StreamState.OPEN);
                stream.close();
            }
        }
    }

    /// Hears frames of the sequence in their order, with silence between them at will.
    private static final class Ear {
        volatile long next;
        volatile long wrong;

        void hear(Signal signal, RawTurn turn) {
            long number = next;
            long others = wrong;
            for (int i = 0; i < turn.frames(); i++) {
                if (signal.recognised(turn.input(), i, 1, number) == 1) {
                    number++;
                } else if (!signal.isSilent(turn.input(), i, 1)) {
                    others++;
                }
            }
            next = number;
            wrong = others;
        }
    }

    private Run hearing(Ear ear) throws Exception {
        Run run = opened(Place.CABLE, usual().direction(Direction.CAPTURE));
        run.witness().doing((turn, _) -> ear.hear(run.witness().input(), turn));
        return started(run);
    }

    private static void write(StreamWriter writer, int from, int count) throws Exception {
        MemorySegment block =
                Arena.ofAuto().allocate((long) count * writer.format().frameBytes(), 8);
        new TestSequence(writer.format()).fill(new MemorySegment[] {block}, 0, from, count);
        writer.write(block, 0, count);
    }

    @Test
    void aWritersFramesAreHeardWholeAndInOrder() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Ear ear = new Ear();
        Run capture = hearing(ear);
        Stream render = open(Place.CABLE, usual().direction(Direction.RENDER));
        StreamWriter writer = render.writer(2 * render.maxFrames());
        boolean[] drained = new boolean[1];
        elsewhere(() -> {
            for (int done = 0; done < FRAMES; done += 500) {
                write(writer, done, 500);
            }
            drained[0] = writer.drain();
        });
        assertThat(drained[0]).isTrue();
        awaitTurns(capture, capture.witness().count() + 6);
        if (isWhole(capture.stream()) && isWhole(render)) {
            assertThat(ear.wrong).isZero();
            assertThat(ear.next).isBetween(FRAMES - 2L, (long) FRAMES);
        }
        assertThat(render.state()).isEqualTo(StreamState.STOPPED);
    }

    @Test
    void aWriterThatIsEmptyRendersSilenceAndCountsIt() throws Exception {
        Stream stream = open(Place.RENDER, usual());
        StreamWriter writer = stream.writer(4 * stream.maxFrames());
        write(writer, 0, 100);
        writer.start();
        await("turns", () -> stream.position() > 4L * stream.maxFrames());
        stream.stop();
        assertThat(stream.counters().get(StreamCounter.STARVED_FRAMES))
                .isEqualTo(stream.counters().get(StreamCounter.FRAMES) - 100);
    }

    @Test
    void aReaderGetsTheFramesInTheirOrder() throws Exception {
        if (!offers(Place.CABLE)) {
            return;
        }
        Run render = started(opened(Place.CABLE, usual().direction(Direction.RENDER)));
        Stream capture = open(Place.CABLE, usual().direction(Direction.CAPTURE));
        StreamReader reader = capture.reader(table.formats().rate());
        MemorySegment all =
                Arena.ofAuto().allocate((long) FRAMES * reader.format().frameBytes(), 8);
        elsewhere(() -> {
            for (int done = 0; done < FRAMES; ) {
                done += reader.read(all, (long) done * reader.format().frameBytes(), FRAMES - done);
            }
        });
        capture.stop();
        render.stream().stop();
        if (isWhole(capture) && isWhole(render.stream())) {
            assertThat(isOneRun(reader, all, render.stream().position())).isTrue();
        }
        assertThat(capture.counters().get(StreamCounter.OVERFLOWED_FRAMES)).isZero();
    }

    /// Whether the second half of the frames is one run of the sequence.
    private static boolean isOneRun(StreamReader reader, MemorySegment all, long rendered) {
        TestSequence sequence = new TestSequence(reader.format());
        MemorySegment[] block = {all};
        long middle = (FRAMES / 2L) * reader.format().frameBytes();
        for (long number = 0; number < rendered; number++) {
            if (sequence.verify(block, middle, number, 1) == TestSequence.SAME) {
                return sequence.verify(block, middle, number, FRAMES - FRAMES / 2) == TestSequence.SAME;
            }
        }
        return false;
    }

    @Test
    void aReaderThatDoesNotReadCountsWhatItLoses() throws Exception {
        if (!offers(Place.CAPTURE)) {
            return;
        }
        Stream stream = open(Place.CAPTURE, usual());
        StreamReader reader = stream.reader(2 * stream.maxFrames());
        reader.start();
        await("turns", () -> stream.position() > 8L * stream.maxFrames());
        stream.stop();
        assertThat(stream.counters().get(StreamCounter.OVERFLOWED_FRAMES))
                .isEqualTo(stream.counters().get(StreamCounter.FRAMES) - reader.available());
    }

    @Test
    void aWriterAndAReaderEndWithTheirStream() throws Exception {
        Stream stream = open(Place.RENDER, usual());
        StreamWriter writer = stream.writer(2 * stream.maxFrames());
        writer.start();
        pass(Duration.ofMillis(30));
        stream.close();
        elsewhere(() -> refusal(Failure.CLOSED, () -> {
            try {
                write(writer, 0, 4 * stream.maxFrames() + 20_000);
            } catch (AudioException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return stream;
        }));
    }
}
