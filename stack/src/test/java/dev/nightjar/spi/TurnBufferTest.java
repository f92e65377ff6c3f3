package dev.nightjar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nightjar.Latency;
import dev.nightjar.RawTurn;
import dev.nightjar.SignalPath;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnBufferTest {
    private static final StreamFormat S24 = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S24);

    private static StreamShape shape(Optional<StreamFormat> output, Optional<StreamFormat> input) {
        return new StreamShape(output, input, 64, 64, 64, Latency.Reported.UNKNOWN, true, SignalPath.EMPTY);
    }

    @Test
    void aTurnBeginsWithoutTheMarksOfTheLast() {
        TurnBuffer turn = new TurnBuffer(shape(Optional.of(S24), Optional.of(S24)));
        turn.begin(64);
        turn.output().position(100);
        turn.output().time(5, 6);
        turn.output().markXrun();
        turn.input().markFilled();
        turn.markGap(7);
        turn.end(10);
        turn.end(20);
        assertThat(turn.counted()).isEqualTo(10);
        assertThat(turn.input().gapFrames()).isEqualTo(7);
        assertThat(turn.output().timeNanos()).isEqualTo(5);
        assertThat(turn.output().uncertaintyNanos()).isEqualTo(6);
        turn.begin(32);
        assertThat(turn.counted()).isEqualTo(32);
        assertThat(turn.output().xrun()).isFalse();
        assertThat(turn.input().filled()).isFalse();
        assertThat(turn.input().gapFrames()).isZero();
        assertThat(turn.output().timeNanos()).isEqualTo(RawTurn.NO_TIME);
        assertThat(turn.output().position()).isEqualTo(100);
        turn.end(-5);
        assertThat(turn.counted()).isZero();
    }

    @Test
    void channelsOfInterleavedFramesLieSideBySide() {
        TurnBuffer turn = new TurnBuffer(shape(Optional.of(S24), Optional.empty()));
        MemorySegment memory = Arena.ofAuto().allocate(1_000);
        turn.output().at(memory, 30);
        assertThat(turn.output().offset(0)).isEqualTo(30);
        assertThat(turn.output().offset(1)).isEqualTo(33);
        assertThat(turn.output().segment(1)).isSameAs(memory);
        assertThat(turn.output().format()).isEqualTo(S24);
        assertThat(turn.hasInput()).isFalse();
        assertThatIllegalStateException().isThrownBy(turn::input);
        assertThatIllegalStateException()
                .isThrownBy(() -> new TurnBuffer(shape(Optional.empty(), Optional.of(S24))).output());
    }

    @Test
    void scratchMemoryHoldsAWholeTurnInBothPackings() {
        for (Packing packing : Packing.values()) {
            StreamFormat format = S24.withPacking(packing);
            TurnBuffer turn = TurnBuffer.scratch(shape(Optional.of(format), Optional.of(format)));
            assertThat(turn.frames()).isEqualTo(64);
            for (int c = 0; c < 2; c++) {
                long end = turn.input().offset(c) + 63L * format.strideBytes() + 3;
                assertThat(end).isLessThanOrEqualTo(turn.input().segment(c).byteSize());
            }
        }
    }

    /// Silence is a property of the format: every byte of every sample, and no byte beside them.
    @ParameterizedTest
    @EnumSource
    void silenceFillsExactlyTheFramesAskedFor(SampleFormat sample) {
        for (Packing packing : Packing.values()) {
            StreamFormat format =
                    StreamFormat.of(48_000, ChannelLayout.STEREO, sample).withPacking(packing);
            TurnBuffer turn = TurnBuffer.scratch(shape(Optional.of(format), Optional.empty()));
            MemorySegment[] planes = {turn.output().segment(0), turn.output().segment(1)};
            planes[0].fill((byte) 0x33);
            planes[1].fill((byte) 0x33);
            // Three frames a step, so that forty take several and a rest.
            new Silence(format, 3).fill(turn.output(), 20, 40);
            int stride = format.strideBytes();
            for (int plane = 0; plane < (format.isPlanar() ? 2 : 1); plane++) {
                byte[] bytes = planes[plane].toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
                for (int i = 0; i < bytes.length; i++) {
                    boolean within = i >= 20 * stride && i < 60 * stride;
                    assertThat(bytes[i]).as("byte %d", i).isEqualTo(within ? sample.silence() : 0x33);
                }
            }
        }
    }
}
