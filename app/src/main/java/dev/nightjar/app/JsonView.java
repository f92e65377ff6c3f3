package dev.nightjar.app;

import dev.nightjar.SignalPath;
import dev.nightjar.StreamEvent;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.player.Player;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// JSON lines on standard output: one object for each thing that happens.
final class JsonView implements View {
    private static final Duration WHILE = Duration.ofMillis(500);

    private final Console console;

    JsonView(Console console) {
        this.console = console;
    }

    private void print(Json json) {
        console.out().text(json + "\n");
    }

    private static Json event(String name) {
        return new Json().with("event", name);
    }

    @Override
    public void notice(String text) {
        print(event("notice").with("message", text));
    }

    @Override
    public void begun(Begun track) {
        Json json = event("begin")
                .with("track", track.number())
                .with("of", track.count())
                .with("name", track.name())
                .with("container", track.info().container())
                .with("codec", track.info().codec())
                .with("format", format(track.info().format()));
        if (track.info().frames() >= 0) {
            json.with("frames", track.info().frames())
                    .with(
                            "seconds",
                            (double) track.info().frames()
                                    / track.info().format().rate());
        }
        json.with("exact", track.info().exact())
                .with("tags", track.info().tags())
                .with("notes", track.info().notes())
                .with("endpoint", track.address().toString())
                .with("mode", EndpointJson.word(track.mode()));
        print(route(json, track));
    }

    @Override
    public void rerouted(Begun track) {
        print(route(event("path").with("track", track.number()).with("name", track.name()), track));
    }

    private static Json route(Json json, Begun track) {
        track.shape().output().ifPresent(format -> json.with("endpointFormat", format(format)));
        json.with("periodFrames", track.shape().periodFrames())
                .with("bufferFrames", track.shape().bufferFrames());
        track.shape().reported().outputFrames().ifPresent(frames -> json.with("reportedLatencyFrames", frames));
        List<Map<String, Object>> path = new ArrayList<>();
        for (SignalPath.Stage stage : track.path()) {
            path.add(new Json()
                    .with("stage", stage.name())
                    .with("detail", stage.detail())
                    .with("fidelity", stage.fidelity().name())
                    .members());
        }
        return json.with("path", path).with("fidelity", track.path().fidelity().name());
    }

    private static Json format(StreamFormat format) {
        return new Json()
                .with("rate", format.rate())
                .with("channels", format.channels())
                .with("layout", format.layout().toString())
                .with("sample", format.sample().label())
                .with("validBits", format.validBits())
                .with("packing", EndpointJson.word(format.packing()));
    }

    @Override
    public void failed(Problem problem) {
        Json json = event("failed").with("name", problem.name()).with("message", problem.text());
        problem.failure().ifPresent(failure -> json.with("failure", failure.name()));
        if (!problem.nearest().isEmpty()) {
            json.with(
                    "nearest",
                    problem.nearest().stream()
                            .map(JsonView::format)
                            .map(Json::members)
                            .toList());
        }
        print(json);
    }

    @Override
    public void happened(StreamEvent event, Duration at) {
        Json json = event("stream")
                .with("kind", event.kind().name())
                .with("seconds", seconds(at))
                .with("position", event.position())
                .with("value", event.value());
        event.cause()
                .ifPresent(cause -> json.with("failure", cause.failure().name()).with("message", Text.of(cause)));
        print(json);
    }

    @Override
    public void ended(Summary summary, Exit exit) {
        print(event("end")
                .with("begun", summary.begun())
                .with("incomplete", summary.incomplete())
                .with("failed", summary.failed())
                .with("seconds", seconds(summary.status().played()))
                .with("position", seconds(View.time(summary.status())))
                .with("xruns", summary.status().counters().xruns())
                .with("starvedFrames", summary.starvedFrames())
                .with("silentFrames", summary.silentFrames())
                .with("exit", exit.code()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    @Override
    public boolean attend(Player player) {
        boolean _ = player.await(WHILE);
        return true;
    }

    @Override
    public void close() {}
}
