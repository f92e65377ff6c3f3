package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.Failure;
import dev.nightjar.ShareMode;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.spi.StreamShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Format, size and latency are constant within a generation, which `prepare` announces.
abstract class GenerationCases extends Cases {
    @Test
    void aGenerationIsPreparedOnAControlThreadBeforeItsFirstTurn() throws Exception {
        for (Place place : places()) {
            Run run = opened(place, usual());
            boolean[] late = {false};
            run.witness().doing((_, _) -> late[0] |= run.witness().shapes.isEmpty());
            started(run);
            awaitTurns(run, 3);
            assertThat(late[0]).isFalse();
            assertThat(run.witness().shapes).hasSize(1);
            if (run.witness().thread() != Thread.currentThread()) {
                assertThat(run.witness().preparers).doesNotContain(run.witness().thread());
            }
            assertThat(run.count(StreamCounter.GENERATIONS)).isEqualTo(1);
            run.stream().close();
        }
    }

    @Test
    void everyStartIsAGenerationOfItsOwnAndAPauseIsNot() throws Exception {
        Run run = run(Place.RENDER, 2);
        run.stream().pause();
        run.stream().resume();
        awaitTurns(run, 4);
        assertThat(run.witness().shapes).hasSize(1);
        run.stream().stop();
        started(run);
        assertThat(run.witness().shapes).hasSize(2);
        assertThat(run.witness().shapes.getLast())
                .isEqualTo(run.witness().shapes.getFirst());
    }

    @Test
    void aChangedFormatGivesANewGenerationThatIsPreparedFirst() throws Exception {
        Run run = run(Place.RENDER, 4);
        StreamShape before = run.stream().shape();
        if (!cause(Trouble.CHANGE_FORMAT, Place.RENDER)) {
            return;
        }
        awaitEvent(run, StreamEvent.Kind.REBUILT);
        int turns = run.witness().count();
        awaitTurns(run, turns + 3);
        StreamShape after = run.stream().shape();
        assertThat(run.event(StreamEvent.Kind.LOST).cause().orElseThrow().failure())
                .isEqualTo(Failure.RESET_REQUESTED);
        assertThat(after.output()).isNotEqualTo(before.output());
        assertThat(after.rate()).isEqualTo(before.rate());
        assertThat(run.witness().shapes).containsExactly(before, after);
        assertThat(run.count(StreamCounter.GENERATIONS)).isEqualTo(2);
        List<Witness.Seen> seen = run.witness().turns();
        ascending(seen, turn -> (long) turn.generation());
        assertThat(seen.getLast().generation()).isEqualTo(2);
        assertThat(run.witness().wrongs).isEmpty();
    }

    @Test
    void theInfoOfAnEndpointOffersTheChangedFormat() throws Exception {
        if (!cause(Trouble.CHANGE_FORMAT, Place.RENDER)) {
            return;
        }
        Run run = run(Place.RENDER, 3);
        var format = run.stream().outputFormat().orElseThrow();
        assertThat(run.stream()
                        .endpoint()
                        .info()
                        .renderFormats()
                        .of(ShareMode.SHARED)
                        .toString())
                .contains(format.sample().toString());
    }

    @Test
    void aRebuiltStreamIsPreparedAgain() throws Exception {
        Run run = run(Place.RENDER, 3);
        if (cause(Trouble.ERROR, Place.RENDER)) {
            awaitEvent(run, StreamEvent.Kind.REBUILT);
            awaitTurns(run, run.witness().count() + 2);
            assertThat(run.witness().shapes).hasSize(2);
            assertThat(run.witness().turns().getLast().generation()).isEqualTo(2);
        }
    }
}
