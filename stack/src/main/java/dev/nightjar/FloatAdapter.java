package dev.nightjar;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.ChannelMap;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.StreamShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The float turn over the raw turn: planes in the program's layout, converted from and to the native frames,
/// dithered where bits are lost. Allocates only in [#prepare].
final class FloatAdapter implements RawProcessor {
    private static final Processor NOTHING = _ -> {};

    private final Processor processor;
    private final ChannelLayout outputLayout;
    private final ChannelLayout inputLayout;
    private volatile SignalPath path = SignalPath.EMPTY;
    private @Nullable Side output;
    private @Nullable Side input;
    private Turn turn = new Turn(null, null);

    /// @throws AudioException if there are no float frames: FORMAT_UNSUPPORTED for DSD and encoded formats
    FloatAdapter(Processor processor, StreamSpec spec, StreamShape shape) throws AudioException {
        this.processor = processor;
        this.outputLayout = spec.layout();
        this.inputLayout = shape.output().isPresent() ? spec.inputLayout() : spec.layout();
        requirePcm(shape.output());
        requirePcm(shape.input());
    }

    private static void requirePcm(Optional<StreamFormat> format) throws AudioException {
        if (format.isPresent() && !format.get().sample().isPcm()) {
            throw AudioException.unsupported(
                    "start float turns", format.get() + " has no float frames; use startRaw", List.of());
        }
    }

    @Override
    public void prepare(StreamShape shape) {
        Side out = shape.output()
                .map(format -> new Side(format, outputLayout, shape.maxFrames(), true))
                .orElse(null);
        Side in = shape.input()
                .map(format -> new Side(format, inputLayout, shape.maxFrames(), false))
                .orElse(null);
        output = out;
        input = in;
        turn = new Turn(out == null ? null : out.block, in == null ? null : in.block);
        List<SignalPath.Stage> stages = new ArrayList<>();
        if (in != null) {
            stages.addAll(in.stages());
        }
        if (out != null) {
            stages.addAll(out.stages());
        }
        path = new SignalPath(stages);
        processor.prepare(shape);
    }

    @Override
    public void rehearse(RawTurn raw) throws Exception {
        run(raw, NOTHING);
    }

    @Override
    @AudioThread
    public void process(RawTurn raw) throws Exception {
        run(raw, processor);
    }

    @AudioThread
    private void run(RawTurn raw, Processor program) throws Exception {
        int frames = raw.frames();
        if (input != null) {
            input.decode(raw.input(), frames);
        }
        if (output != null) {
            output.block.begin(frames);
        }
        turn.begin(raw);
        program.process(turn);
        if (output != null) {
            output.encode(raw.output(), raw.counted());
        }
    }

    /// What the conversions do to samples.
    SignalPath path() {
        return path;
    }

    /// One direction: the program's planes, and between them and the native frames a channel map if the layouts
    /// differ and codecs.
    private static final class Side {
        final FloatBlock block;
        private final StreamFormat format;
        private final ChannelLayout layout;
        private final boolean renders;
        private final @Nullable ChannelMap map;
        private final float[][] planes;
        /// One for interleaved frames; for planar ones one per channel, as each channel has an offset of its own.
        private final FloatCodec[] codecs;

        private final float[][][] codecPlanes;

        Side(StreamFormat format, ChannelLayout layout, int maxFrames, boolean renders) {
            this.format = format;
            this.layout = layout;
            this.renders = renders;
            block = new FloatBlock(layout.channels(), maxFrames);
            boolean same = format.layout().equals(layout) || format.channels() == layout.channels();
            map = same
                    ? null
                    : renders ? ChannelMap.of(layout, format.layout()) : ChannelMap.of(format.layout(), layout);
            planes = same ? block.planes() : new float[format.channels()][maxFrames];
            int count = format.isPlanar() ? format.channels() : 1;
            codecs = new FloatCodec[count];
            codecPlanes = new float[count][][];
            for (int i = 0; i < count; i++) {
                StreamFormat of = format.isPlanar() ? format.withLayout(ChannelLayout.MONO) : format;
                codecs[i] = new FloatCodec(of, Dither.TPDF);
                codecPlanes[i] = format.isPlanar() ? new float[][] {planes[i]} : planes;
            }
        }

        @AudioThread
        void decode(RawTurn.Side side, int frames) {
            block.begin(frames);
            for (int i = 0; i < codecs.length; i++) {
                codecs[i].decode(side.segment(i), side.offset(i), codecPlanes[i], 0, frames);
            }
            if (map != null) {
                map.apply(planes, block.planes(), 0, frames);
            }
        }

        @AudioThread
        void encode(RawTurn.Side side, int frames) {
            if (map != null) {
                map.apply(block.planes(), planes, 0, frames);
            }
            for (int i = 0; i < codecs.length; i++) {
                codecs[i].encode(codecPlanes[i], 0, side.segment(i), side.offset(i), frames);
            }
        }

        List<SignalPath.Stage> stages() {
            List<SignalPath.Stage> stages = new ArrayList<>();
            if (map != null) {
                String maps = renders ? layout + " → " + format.layout() : format.layout() + " → " + layout;
                stages.add(new SignalPath.Stage(
                        "channels", maps, map.isExact() ? SignalPath.Fidelity.EXACT : SignalPath.Fidelity.ALTERED));
            }
            if (renders) {
                boolean loses = format.sample().isInteger() && format.validBits() < StreamSpec.FLOAT_BITS;
                stages.add(new SignalPath.Stage(
                        "convert",
                        "float → " + format.sample() + (loses ? ", " + Dither.TPDF : ""),
                        loses ? SignalPath.Fidelity.ALTERED : SignalPath.Fidelity.EXACT));
            } else {
                boolean loses = format.validBits() > StreamSpec.FLOAT_BITS;
                stages.add(new SignalPath.Stage(
                        "convert",
                        format.sample() + " → float",
                        loses ? SignalPath.Fidelity.ALTERED : SignalPath.Fidelity.EXACT));
            }
            if (!renders) {
                return stages.reversed();
            }
            return stages;
        }
    }
}
