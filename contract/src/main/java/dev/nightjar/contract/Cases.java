package dev.nightjar.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.Audio;
import dev.nightjar.AudioException;
import dev.nightjar.Driver;
import dev.nightjar.Failure;
import dev.nightjar.Stream;
import dev.nightjar.StreamCounter;
import dev.nightjar.StreamEvent;
import dev.nightjar.StreamSpec;
import dev.nightjar.StreamState;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.spi.AudioClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/// What all cases share: a fresh host, ways to open streams on it and to let time pass, and an audit of everything that
/// was opened when a case is over.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // before each case
abstract class Cases {
    /// How long a case waits for what has to happen: long on a busy machine, nothing in virtual time.
    static final Duration SOON = Duration.ofSeconds(20);

    static final int LATENCY_FRAMES = 960;

    ContractHost host;
    HostTable table;
    Driver driver;
    AudioClock clock;
    Audio audio;
    private String name;
    private final List<Run> runs = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();

    /// A stream, who looks at its turns, and what it told.
    record Run(Stream stream, Witness witness, List<StreamEvent> events) {
        boolean told(StreamEvent.Kind kind) {
            return events.stream().anyMatch(event -> event.kind() == kind);
        }

        StreamEvent event(StreamEvent.Kind kind) {
            return events.stream()
                    .filter(event -> event.kind() == kind)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + kind + " was told, only " + events));
        }

        long count(StreamCounter counter) {
            return stream.counters().get(counter);
        }
    }

    abstract ContractHost newHost();

    @BeforeEach
    final void makeHost(TestInfo test) {
        name = test.getDisplayName();
        host = newHost();
        table = host.table();
        driver = host.driver();
        clock = driver.clock();
        audio = Audio.of(driver);
    }

    @AfterEach
    final void auditAndClose() {
        try {
            streams.forEach(Stream::close);
            runs.forEach(Cases::audit);
        } finally {
            audio.close();
            host.close();
        }
    }

    /// What holds at the end of every case for every stream: no turn came after it was told to stop, positions go on
    /// without a hole that is not marked, and the counters say what the turns saw.
    private static void audit(Run run) {
        assertThat(run.stream.state()).isEqualTo(StreamState.CLOSED);
        assertThat(run.count(StreamCounter.STRAY_TURNS)).as("stray turns").isZero();
        assertThat(run.witness.wrongs).isEmpty();
        List<Witness.Seen> turns = run.witness.turns();
        for (int i = 1; i < turns.size(); i++) {
            Witness.Seen now = turns.get(i);
            Witness.Seen before = turns.get(i - 1);
            assertThat(now.position())
                    .as("the position of %s after %s", now, before)
                    .isEqualTo(before.next() + now.gap());
        }
        if (!turns.isEmpty() && turns.getFirst().index() == 0) {
            long gaps = turns.stream().mapToLong(Witness.Seen::gap).sum();
            long xruns = turns.stream().filter(Witness.Seen::xrun).count();
            assertThat(run.count(StreamCounter.GAP_FRAMES)).as("gap frames").isGreaterThanOrEqualTo(gaps);
            assertThat(run.count(StreamCounter.XRUNS)).as("xruns").isGreaterThanOrEqualTo(xruns);
        }
    }

    /// What a stream of most cases is.
    final StreamSpec usual() {
        return StreamSpec.of(
                        table.formats().rate(),
                        ChannelLayout.ofCount(table.formats().channels()))
                .latencyFrames(LATENCY_FRAMES)
                .name("contract");
    }

    final Stream open(Place place, StreamSpec spec) throws AudioException {
        Stream stream = host.open(audio, place, spec);
        streams.add(stream);
        return stream;
    }

    final Run opened(Place place, StreamSpec spec) throws AudioException {
        Stream stream = open(place, spec);
        Run run = new Run(stream, new Witness(clock), new CopyOnWriteArrayList<>());
        stream.onEvent(run.events::add);
        runs.add(run);
        return run;
    }

    final Run started(Run run) throws AudioException {
        run.stream.startRaw(run.witness);
        return run;
    }

    /// Opens a stream and starts it.
    final Run run(Place place) throws AudioException {
        return started(opened(place, usual()));
    }

    /// Opens a stream, starts it and waits until so many turns ran.
    final Run run(Place place, int turns) throws AudioException {
        Run run = run(place);
        awaitTurns(run, turns);
        return run;
    }

    /// Waits until so many turns have run, from the beginning of the stream.
    final void awaitTurns(Run run, int turns) {
        await(turns + " turns", () -> run.witness.count() >= turns);
    }

    final void awaitState(Run run, StreamState state) {
        await(state.toString(), () -> run.stream.state() == state);
    }

    final void awaitEvent(Run run, StreamEvent.Kind kind) {
        await("the event " + kind, () -> run.told(kind));
    }

    /// Whether a stream lost no frame, as it never does where time stands still while a turn runs.
    static boolean isWhole(Stream stream) {
        return stream.counters().xruns() == 0 && stream.counters().get(StreamCounter.GAP_FRAMES) == 0;
    }

    /// Demands that a turn goes on at a position: exactly there, but for what a busy machine made it miss.
    final void assertGoesOn(Run run, int turn, long position) {
        awaitTurns(run, turn + 1);
        Witness.Seen seen = run.witness().turn(turn);
        if (table.isDeterministic()) {
            assertThat(seen.gap()).isZero();
            assertThat(seen.xrun()).isFalse();
        }
        assertThat(seen.position()).isBetween(position, position + seen.gap());
    }

    /// Waits until something holds, and fails if it does not.
    final void await(String what, BooleanSupplier condition) {
        assertThat(clock.await(condition, clock.nanoTime() + SOON.toNanos()))
                .as("%s within %d s", what, SOON.toSeconds())
                .isTrue();
    }

    final void pass(Duration time) {
        long until = clock.nanoTime() + time.toNanos();
        clock.await(() -> clock.nanoTime() >= until, until);
    }

    /// So many frames as time.
    final Duration frames(long count) {
        return Duration.ofNanos(Math.round(count * 1e9 / table.formats().rate()));
    }

    final long slackNanos() {
        return table.slack().toNanos();
    }

    /// Runs something on a thread of its own while time goes on here.
    final void elsewhere(Action action) throws Exception {
        elsewhere(List.of(action));
    }

    final void elsewhere(List<Action> actions) throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        List<Thread> threads = actions.stream()
                .map(action -> Thread.ofPlatform()
                        .daemon()
                        .name("contract-elsewhere")
                        .start(() -> {
                            try {
                                action.run();
                            } catch (Throwable t) {
                                thrown.add(t);
                            }
                        }))
                .toList();
        long giveUp = System.nanoTime() + SOON.toNanos();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            assertThat(System.nanoTime()).as("a thread does not end").isLessThan(giveUp);
            pass(Duration.ofMillis(1));
            LockSupport.parkNanos(50_000);
        }
        assertThat(thrown).isEmpty();
    }

    /// Something that a case does.
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /// Makes something happen. Where the table says that it cannot be made, the host has to say why.
    ///
    /// @return whether it happened
    final boolean cause(Trouble trouble, Place place, Duration time) throws Exception {
        if (table.troubles().contains(trouble)) {
            host.cause(trouble, place, time);
            return true;
        }
        UnsupportedOperationException refusal = Assertions.assertThrows(
                UnsupportedOperationException.class,
                () -> host.cause(trouble, place, time),
                "the table does not name " + trouble + ", and yet the host did it");
        doesNotApply(trouble + ": " + refusal.getMessage());
        return false;
    }

    final boolean cause(Trouble trouble, Place place) throws Exception {
        return cause(trouble, place, Duration.ZERO);
    }

    /// Whether the host has an ability. Where the table says that it has not, what the ability would be for is tried,
    /// and has to be refused.
    final boolean offers(Ability ability, Attempt attempt) throws Exception {
        if (table.abilities().contains(ability)) {
            return true;
        }
        try (AutoCloseable got = attempt.run()) {
            throw new AssertionError("the table does not name " + ability + ", and yet the host gave " + got);
        } catch (AudioException refusal) {
            doesNotApply(ability + ": " + refusal.getMessage());
            return false;
        }
    }

    final boolean offers(Place place) throws Exception {
        return switch (place) {
            case RENDER -> true;
            case OTHER_RENDER -> offers(Ability.SECOND_RENDER, () -> open(place, usual()));
            case CAPTURE -> offers(Ability.CAPTURE, () -> open(place, usual()));
            case CABLE -> offers(Ability.CABLE, () -> open(place, usual()));
        };
    }

    /// The places that the host has.
    final List<Place> places() throws Exception {
        List<Place> there = new ArrayList<>();
        for (Place place : List.of(Place.RENDER, Place.CAPTURE, Place.CABLE)) {
            if (offers(place)) {
                there.add(place);
            }
        }
        return there;
    }

    /// What would show that an ability is there.
    @FunctionalInterface
    interface Attempt {
        AutoCloseable run() throws AudioException;
    }

    final void doesNotApply(String evidence) {
        System.out.println("does not apply: " + name + ": " + evidence);
    }

    /// Demands a refusal of this kind.
    static AudioException refusal(Failure failure, Attempt attempt) {
        AudioException refusal = Assertions.assertThrows(AudioException.class, () -> {
            try (AutoCloseable got = attempt.run()) {
                assertThat(got).as("something that had to be refused").isNull();
            }
        });
        assertThat(refusal.failure()).as(refusal.getMessage()).isEqualTo(failure);
        return refusal;
    }

    static void illegal(Action action) {
        assertThatThrownBy(action::run).isInstanceOf(IllegalStateException.class);
    }

    /// Whether each value is at least the one before.
    static <T> void ascending(List<T> list, Function<T, Long> value) {
        for (int i = 1; i < list.size(); i++) {
            assertThat(value.apply(list.get(i)))
                    .as("%s after %s", list.get(i), list.get(i - 1))
                    .isGreaterThanOrEqualTo(value.apply(list.get(i - 1)));
        }
    }
}
