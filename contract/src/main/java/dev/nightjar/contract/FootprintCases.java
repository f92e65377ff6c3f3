package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the audio thread must not do, and what must not be left behind.
abstract class FootprintCases extends Cases {
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(.*");
    private static final int CYCLES = 100;

    @TempDir
    Path folder;

    /// The test class of the driver, of which a virtual machine of its own makes one.
    abstract Class<?> contract();

    private void assertNothingAllocated(AudioThreadBytes.Use use) throws Exception {
        if (use.appliesTo(table)) {
            assertThat(AudioThreadBytes.lastWindow(host, use))
                    .as("bytes in the last of several long windows")
                    .isZero();
        } else {
            doesNotApply(use + ": not where the test moves time, or the host has no such thing");
        }
    }

    @Test
    void rawTurnsAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.RAW);
    }

    @Test
    void floatTurnsAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.FLOAT);
    }

    @Test
    void turnsThatFeedAWriterAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.WRITER);
    }

    @Test
    void turnsThatFillAReaderAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.READER);
    }

    @Test
    void xrunsAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.XRUNS);
    }

    @Test
    void turnsAfterARebuildAllocateNothing() throws Exception {
        assertNothingAllocated(AudioThreadBytes.Use.REBUILT);
    }

    @Test
    void nothingIsAllocatedWithTheFirstCompilerAlone() throws Exception {
        List<String> lines = Fork.run(contract(), List.of(), List.of("-XX:TieredStopAtLevel=1"), Probe.Kind.BYTES, 0);
        List<String> clean = new ArrayList<>();
        for (AudioThreadBytes.Use use : AudioThreadBytes.Use.values()) {
            if (use.appliesTo(table)) {
                clean.add(use + "=0");
            }
        }
        assertThat(lines).containsExactlyElementsOf(clean);
    }

    @Test
    void theAudioThreadMakesNoSystemCallsButThoseThatTheTableNames() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/strace"))) {
            Assumptions.abort("needs strace: apt-get install strace");
        }
        Path trace = folder.resolve("trace");
        List<String> strace = List.of("strace", "-f", "-qq", "-o", trace.toString());
        Fork.run(contract(), strace, List.of("-Xint"), Probe.Kind.TRACE, 200);
        List<String> marked = Files.readAllLines(trace).stream()
                .filter(line -> line.contains('"' + Probe.MARK.toString() + '"'))
                .toList();
        assertThat(marked).as("the marks of the probe in the trace").hasSizeGreaterThanOrEqualTo(2);
        String thread = marked.getFirst().split(" +")[0];
        Set<String> calls = new LinkedHashSet<>();
        int marks = 0;
        for (String line : Files.readAllLines(trace)) {
            Matcher call = CALL.matcher(line);
            boolean ours = call.matches() && call.group(1).equals(thread);
            boolean mark = ours && line.contains('"' + Probe.MARK.toString() + '"');
            marks += mark ? 1 : 0;
            if (ours && !mark && marks > 0 && marks < marked.size()) {
                calls.add(call.group(2));
            }
        }
        assertThat(table.systemCalls()).containsAll(calls);
    }

    @Test
    void anAudioThreadEndsWithItsStream() throws Exception {
        for (Place place : places()) {
            Run run = run(place, 3);
            Thread thread = run.witness().thread();
            run.stream().close();
            if (thread != Thread.currentThread()) {
                await("the end of the audio thread", () -> !thread.isAlive());
            }
        }
    }

    /// Does something again and again and demands that threads and descriptors are as before.
    private void assertNothingLeft(Action action) throws Exception {
        for (int i = 0; i < 3; i++) {
            action.run();
        }
        int threads = Probe.threads();
        int descriptors = Probe.descriptors();
        for (int i = 0; i < CYCLES; i++) {
            action.run();
        }
        await("as many threads as before", () -> Probe.threads() <= threads);
        assertThat(Probe.descriptors()).isLessThanOrEqualTo(descriptors);
    }

    private void cycle(Place place, boolean start) throws AudioException {
        try (Stream stream = host.open(audio, place, usual())) {
            if (start) {
                Witness witness = new Witness(clock);
                stream.startRaw(witness);
                await("a turn", () -> witness.count() > 0);
            }
        }
    }

    @Test
    void streamsThatRanLeaveNoThreadAndNoDescriptor() throws Exception {
        for (Place place : places()) {
            assertNothingLeft(() -> cycle(place, true));
        }
    }

    @Test
    void streamsThatNeverRanLeaveNoThreadAndNoDescriptor() throws Exception {
        for (Place place : places()) {
            assertNothingLeft(() -> cycle(place, false));
        }
    }

    @Test
    void refusalsLeaveNoThreadAndNoDescriptor() throws Exception {
        StreamSpec impossible = StreamSpec.of(table.formats().maxRate() + 1, usual().layout());
        assertNothingLeft(() -> {
            refusal(Failure.FORMAT_UNSUPPORTED, () -> host.open(audio, Place.RENDER, impossible));
            refusal(Failure.NOT_OFFERED, () -> host.open(audio, Place.RENDER, usual().direction(Direction.CAPTURE)));
        });
        if (table.abilities().contains(Ability.EXCLUSIVE)) {
            Stream alone = open(Place.RENDER, usual().exclusive());
            assertNothingLeft(() -> refusal(Failure.ENDPOINT_BUSY, () -> host.open(audio, Place.RENDER, usual())));
            alone.close();
        }
    }

    /// Opens and closes streams in a machine of its own.
    ///
    /// @return by how many KiB the resident memory grew over the last nine tenths
    private int growth(int cycles) throws Exception {
        List<String> options = List.of(
                "-Xms32m", "-Xmx32m", "-XX:MaxDirectMemorySize=1g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Xint");
        List<String> lines = Fork.run(contract(), List.of(), options, Probe.Kind.CYCLES, cycles);
        assertThat(lines).hasSize(2);
        String[] first = lines.getFirst().split(" ");
        String[] last = lines.getLast().split(" ");
        assertThat(last[0]).as("threads").isEqualTo(first[0]);
        assertThat(last[1]).as("descriptors").isEqualTo(first[1]);
        return Integer.parseInt(last[2]) - Integer.parseInt(first[2]);
    }

    @Test
    void aHundredCyclesInAMachineOfTheirOwnLeaveThreadsAndDescriptorsAsTheyWere() throws Exception {
        growth(CYCLES);
    }

    @Test
    @Tag("long")
    void aThousandCyclesLeaveResidentMemoryAsItWas() throws Exception {
        assertThat(growth(1_000))
                .as("KiB of resident memory more after the last 900 cycles")
                .isLessThan(2 << 10);
    }
}
