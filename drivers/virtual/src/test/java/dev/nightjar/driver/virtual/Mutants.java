package dev.nightjar.driver.virtual;

import java.util.ArrayList;
import java.util.List;

/// Defects that a driver may have, each of which the contract suite has to catch.
final class Mutants {
    private final List<Mutant> all = new ArrayList<>();

    private Mutants() {}

    /// All of them.
    static List<Mutant> all() {
        Mutants mutants = new Mutants();
        mutants.ofTheDriver();
        mutants.ofTheEndpoint();
        mutants.ofTheDevice();
        mutants.ofTheStream();
        mutants.ofTheLoopsMarks();
        mutants.ofTheLoopsTime();
        mutants.ofTheWire();
        mutants.ofTheFile();
        return mutants.all;
    }

    private void add(String file, String group, String name, String from, String to) {
        all.add(new Mutant(name, group, file, from, to));
    }

    private void ofTheDriver() {
        String file = "VirtualDriver";
        add(file, "Watches", "going is not told", "tell(new EndpointEvent.Removed(listed(device)));", "");
        add(
                file,
                "Watches",
                "an event comes late, after the next one",
                "clock.after(0, () -> told",
                "clock.after(event instanceof EndpointEvent.Removed ? 1_000_000 : 0, () -> told");
        add(file, "Watches", "an event comes after close", "ended = true;", "");
        add(file, "Watches", "a listener that throws is heard of", "if (!ended) {\n                try {", """
                if (!ended) {
                    listener.accept(event);
                    try {""");
        add(file, "Policies", "a moved default stays", "defaults.put(key(direction, role), device.id);", "");
        add(file, "Endpoints", "an endpoint is another object each time", "endpoints.put(address, made);", "");
        add(
                file,
                "Endpoints",
                "what is gone is listed",
                "device.isPresent() && !device.id.starts",
                "!device.id.starts");
        add(
                file,
                "Endpoints",
                "an unknown endpoint is called gone",
                "Failure.ENDPOINT_UNKNOWN",
                "Failure.ENDPOINT_GONE");
        add(
                file,
                "Endpoints",
                "streams of a closed driver run on",
                "all.forEach(device -> lose(device, AudioException.of(Failure.CLOSED",
                "List.<VirtualDevice>of().forEach(device -> lose(device, AudioException.of(Failure.CLOSED");
        add(
                file,
                "Losses",
                "streams of an unplugged device run on",
                "lose(device, AudioException.of(Failure.ENDPOINT_GONE, \"run virtual:\" + device.id, \"it was unplugged\"));",
                "");
        add(
                file,
                "Losses",
                "streams run on while the machine sleeps",
                "all.forEach(device -> lose(device, cause));",
                "");
    }

    private void ofTheEndpoint() {
        String file = "VirtualEndpoint";
        add(
                file,
                "Endpoints",
                "a side is offered that there is not",
                "device.direction.captures() ? formats : Formats.NONE",
                "formats");
        add(file, "Endpoints", "it is always there", "device.isPresent() && !virtual.isAsleep() ?", "true ?");
        add(
                file,
                "Times",
                "one frame too much latency is reported",
                "OptionalLong.of(Math.max(0, lead))",
                "OptionalLong.of(Math.max(0, lead) + 1)");
        add(file, "Sharing", "nobody is refused", "requireRoom(request, capture, operation);\n", "\n");
        add(
                file,
                "Cables",
                "the cable is one frame longer",
                "request, shape, period + lead)",
                "request, shape, period + lead + 1)");
        add(
                file,
                "Formats",
                "a larger wish gets a smaller buffer",
                "options.periodFor(request.latencyFrames(), share)",
                "VirtualOptions.MAX_PERIOD / options.periodFor(request.latencyFrames(), share)");
    }

    private void ofTheDevice() {
        String file = "VirtualDevice";
        add(file, "Sharing", "an exclusive stream is not alone", "if (alone || oneWriter) {", "if (oneWriter) {");
        add(
                file,
                "Sharing",
                "shared streams stay beside an exclusive one",
                "if (stream.shareMode() == ShareMode.EXCLUSIVE) {",
                "if (false) {");
        add(file, "Sharing", "who is sent away is told something else", "Failure.PREEMPTED", "Failure.DRIVER_FAILED");
        add(
                file,
                "Sharing",
                "busy is called denied",
                "Failure.ENDPOINT_BUSY, operation, \"another",
                "Failure.ACCESS_DENIED, operation, \"another");
        add(file, "Sharing", "a closed stream stays on the device", "streams.remove(stream);", "");
        add(
                file,
                "Turns",
                "turns keep their size",
                "now < shortUntil ? Math.clamp(shortFrames, 1, usual) : usual",
                "usual");
    }

    private void ofTheStream() {
        String file = "VirtualStream";
        add(file, "Turns", "a generation is not prepared", "newClient.prepare(shape);", "");
        add(
                file,
                "Transport",
                "turns come after pause",
                "public long pause() {\n        halt();",
                "public long pause() {");
        add(
                file,
                "Transport",
                "turns come after stop",
                "public void stop() {\n        halt();",
                "public void stop() {");
        add(file, "Transport", "stop keeps what is buffered", "discard();\n        client = null;", "client = null;");
        add(file, "Transport", "flush says nothing was lost", "return discarded;", "return 0;");
        add(
                file,
                "Transport",
                "resume runs two loops",
                "public void resume() {\n        run();",
                "public void resume() {\n        run();\n        run();");
        add(
                file,
                "Transport",
                "a pause drops what is buffered",
                "public long pause() {\n        halt();",
                "public long pause() {\n        halt();\n        discard();");
        add(
                file,
                "Times",
                "what was played is what was rendered",
                "moves ? loop.converter(now)",
                "moves ? loop.position()");
        add(file, "Losses", "a loss is not told", "to.lost(cause);", "");
        add(file, "Losses", "a stream that is lost can be started", "if (before != null) {", "if (false) {");
        add(file, "Losses", "the position begins anew after a loss", "loop.moveTo(request.firstPosition());", "");
    }

    private void ofTheLoopsMarks() {
        String file = "VirtualLoop";
        add(file, "Turns", "the position is one too far", "side.position(frame);", "side.position(frame + 1);");
        add(
                file,
                "Turns",
                "a frame is lost now and then",
                "moveTo(frame + counted);",
                "moveTo(frame + counted + (frame % 4_800 == 0 ? 1 : 0));");
        add(
                file,
                "Turns",
                "each turn comes twice",
                "int counted = to.turn(turn);",
                "to.turn(turn);\n            int counted = to.turn(turn);");
        add(
                file,
                "Turns",
                "what is behind the end is played on",
                "moveTo(frame + counted);",
                "moveTo(frame + frames);");
        add(
                file,
                "Turns",
                "a turn is one frame too long for its memory",
                "turn.begin(frames);",
                "turn.begin(frames + 1);");
        add(file, "Xruns", "an xrun is not marked", "side.markXrun();", "");
        add(file, "Xruns", "a gap is not marked", "side.markGap(gap);", "");
        add(file, "Xruns", "the position stands still in a gap", "moveTo(frame + gap);", "");
        add(
                file,
                "Xruns",
                "the missing frames are rounded down",
                "(late + period - 1) / period * period",
                "late / period * period");
        add(
                file,
                "Xruns",
                "every turn is an xrun",
                "if (gap > 0) {\n            side",
                "if (gap >= 0) {\n            side");
        add(file, "Cables", "the input is not silent where nothing came", "inputSilence.fill(input, 0, frames);", "");
        add(file, "Footprints", "a turn allocates", "    @AudioThread\n    private void prepareTurn(", """
                    static volatile Object made = "";

                    @AudioThread
                    private void prepareTurn(int frames, long gap) {
                        made = new byte[16];
                        prepare(frames, gap);
                    }

                    private void prepare(""");
    }

    private void ofTheLoopsTime() {
        String file = "VirtualLoop";
        add(
                file,
                "Times",
                "instants are one frame late",
                "side.time(instant(atConverter), 0);",
                "side.time(instant(atConverter + 1), 0);");
        add(
                file,
                "Times",
                "instants run fast",
                "t0 + Math.round((frame - base) * nanosPerFrame)",
                "t0 + Math.round((frame - base) * nanosPerFrame * 1.0001)");
        add(
                file,
                "Times",
                "frames are captured before they were there",
                "shape.paced() && instant(frame - lead) > now",
                "false");
        add(
                file,
                "Times",
                "turns come too late for what is reported",
                "long due = instant(frame - lead);",
                "long due = instant(frame);");
        add(
                file,
                "Times",
                "turns come at another rate",
                "nanosPerFrame = 1e9 / (shape.rate() * (1 + ppm * 1e-6));",
                "nanosPerFrame = 1e9 / (shape.rate() * 1.1);");
        add(
                file,
                "Transport",
                "a drain ends before the last frame was played",
                "return Math.min(position, clock(now));",
                "return position;");
        add(
                file,
                "Times",
                "more was played than was rendered",
                "return Math.min(position, clock(now));",
                "return clock(now);");
        add(
                file,
                "Losses",
                "turns come after a loss",
                "if (lost || ended || to == null) {",
                "if (ended || to == null) {");
        add(file, "Losses", "a stalled device calls back", "if (device.isStalled(now)) {", "if (false) {");
    }

    private void ofTheWire() {
        add(
                "Wire",
                "Cables",
                "the last frame of a turn gets lost",
                "Math.min(index + frames, to);",
                "Math.min(index + frames, to - 1);");
        add(
                "Wire",
                "Cables",
                "frames wait one longer",
                "to = index + frames;\n    }\n\n    /// Silence",
                "to = index + frames - 1;\n    }\n\n    /// Silence");
        add(
                "Wire",
                "Cables",
                "the second half of what is rendered is lost",
                "copy(side, index, frames, true);",
                "copy(side, index, frames / 2, true);");
        add(
                "Wire",
                "Cables",
                "a pause loses what is on the wire",
                "MemorySegment.copy(bytes, (base + source) * stride, bytes, (base + target) * stride, stride);",
                "");
        add(
                "WireEnd",
                "Cables",
                "the wire forgets its frames when it stops",
                "first = Math.min(written, Math.max(first, position - behind));",
                "first = written;");
        add(
                "WireEnd",
                "Cables",
                "the cable is one frame shorter",
                "side.position() + shift - behind, frames",
                "side.position() + shift - behind + 1, frames");
    }

    private void ofTheFile() {
        add(
                "FileSink",
                "Footprints",
                "the thread of a file is left behind",
                "finished = true;\n        LockSupport.unpark(thread);",
                "if (!finished) {\n            return;\n        }");
        add("FileSink", "Footprints", "a file stays open", "writer.close();", "writer.flush();");
        add(
                "FileSink",
                "Xruns",
                "the disk is always too slow",
                "overrun = true;\n        }",
                "overrun = true;\n        }\n        overrun = side.position() > 3_000;");
    }
}
