package dev.nightjar;

import dev.nightjar.spi.RawClient;
import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import dev.nightjar.spi.StreamShape;
import dev.nightjar.spi.TurnBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A raw stream that does what its script says, notes what it was told, and runs a turn when the test runs one.
final class ScriptedStream implements RawStream {
    /// What a stream does beyond taking notes.
    static final class Script {
        @Nullable
        Throwable atStart;

        @Nullable
        Throwable atPause;

        @Nullable
        Throwable atResume;

        @Nullable
        Throwable atPlayed;

        long keptBack;
        boolean turnWithinStart;
        /// How far the converter is; -1 for all that was moved.
        long played = -1;
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    final Script script;
    final StreamShape shape;
    TurnBuffer turn;
    volatile @Nullable RawClient client;
    long position;

    ScriptedStream(RawRequest request, int maxFrames, boolean paced, Script script) {
        this.script = script;
        this.position = request.firstPosition();
        this.shape = new StreamShape(
                request.output(),
                request.input(),
                maxFrames,
                maxFrames,
                2 * maxFrames,
                new Latency.Reported(OptionalLong.empty(), OptionalLong.of(maxFrames)),
                paced,
                SignalPath.EMPTY.then(new SignalPath.Stage("device", "script", SignalPath.Fidelity.EXACT)));
        this.turn = TurnBuffer.scratch(shape);
    }

    /// Runs one turn.
    int run(int frames) {
        turn.begin(frames);
        return runMarked(frames);
    }

    /// Runs a turn whose marks were set after [TurnBuffer#begin].
    int runMarked(int frames) {
        if (turn.hasOutput()) {
            turn.output().position(position);
        }
        if (turn.hasInput()) {
            turn.input().position(position);
        }
        int counted = client().turn(turn);
        position += counted;
        return counted;
    }

    RawClient client() {
        RawClient to = client;
        if (to == null) {
            throw new AssertionError("the stream was never started");
        }
        return to;
    }

    private static void maybe(@Nullable Throwable thrown) throws AudioException {
        switch (thrown) {
            case null -> {}
            case AudioException audio -> throw audio;
            case RuntimeException other -> throw other;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    public StreamShape shape() {
        return shape;
    }

    @Override
    public void start(RawClient newClient) throws AudioException {
        calls.add("start");
        client = newClient;
        newClient.prepare(shape);
        if (script.turnWithinStart) {
            run(shape.maxFrames());
        }
        maybe(script.atStart);
    }

    @Override
    public long pause() throws AudioException {
        calls.add("pause");
        maybe(script.atPause);
        return script.keptBack;
    }

    @Override
    public void resume() throws AudioException {
        calls.add("resume");
        maybe(script.atResume);
    }

    @Override
    public long flush() {
        calls.add("flush");
        return 77;
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public PlayedPosition played() {
        if (script.atPlayed instanceof RuntimeException thrown) {
            throw thrown;
        }
        return new PlayedPosition(script.played < 0 ? position : script.played, 0);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public void abandon() {
        calls.add("abandon");
    }
}
