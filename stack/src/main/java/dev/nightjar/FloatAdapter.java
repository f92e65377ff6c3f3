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
/// dithered where the endpoint holds fewer bits than the program has. Allocates only in [#prepare] and when it
/// rehearses, which it does with a twin: the dither of the first turn is always the same.
final class FloatAdapter implements RawProcessor {
    private static final Processor NOTHING = _ -> {};

    private final Processor processor;
    private final StreamSpec spec;
    private volatile SignalPath path = SignalPath.EMPTY;
    private @Nullable Side output;
    private @Nullable Side input;
    private Turn turn = new Turn(null, null);
    private @Nullable StreamShape prepared;
    private @Nullable FloatAdapter twin;

    /// @throws AudioException if there are no float frames: FORMAT_UNSUPPORTED for DSD and encoded formats
    FloatAdapter(Processor processor, StreamSpec spec, StreamShape shape) throws AudioException {
        this(processor, spec);
        requirePcm(shape.output());
        requirePcm(shape.input());
    }

    private FloatAdapter(Processor processor, StreamSpec spec) {
        this.processor = processor;
        this.spec = spec;
    }

    /// Whether an endpoint's format holds fewer bits than the program's floats have.
    static boolean loses(StreamFormat format, StreamSpec spec) {
        return format.sample().isInteger() && format.validBits() < Math.min(spec.validBits(), StreamSpec.FLOAT_BITS);
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
                .map(format -> new Side(format, spec, spec.layout(), shape.maxFrames(), true))
                .orElse(null);
        ChannelLayout inputLayout = out == null ? spec.layout() : spec.inputLayout();
        Side in = shape.input()
                .map(format -> new Side(format, spec, inputLayout, shape.maxFrames(), false))
                .orElse(null);
        prepared = shape;
        twin = null;
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
        if (twin == null && prepared != null) {
            twin = new FloatAdapter(NOTHING, spec);
            twin.prepare(prepared);
        }
        if (twin != null) {
            twin.process(raw);
        }
    }

    @Override
    @AudioThread
    public void process(RawTurn raw) throws Exception {
        int frames = raw.frames();
        if (input != null) {
            input.decode(raw.input(), frames);
        }
        if (output != null) {
            output.block.begin(frames);
        }
        turn.begin(raw);
        processor.process(turn);
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
        private final boolean loses;
        private final @Nullable ChannelMap map;
        private final float[][] planes;
        /// One for interleaved frames; for planar ones one per channel, as each channel has an offset of its own.
        private final FloatCodec[] codecs;

        private final float[][][] codecPlanes;

        Side(StreamFormat format, StreamSpec spec, ChannelLayout layout, int maxFrames, boolean renders) {
            this.format = format;
            this.layout = layout;
            this.renders = renders;
            this.loses = renders ? FloatAdapter.loses(format, spec) : format.validBits() > StreamSpec.FLOAT_BITS;
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
                Dither dither = renders && loses ? Dither.TPDF : Dither.NONE;
                codecs[i] =
                        format.isPlanar() ? FloatCodec.ofChannel(format, i, dither) : new FloatCodec(format, dither);
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
            String converts = renders
                    ? "float → " + format.sample() + (loses ? ", " + Dither.TPDF : "")
                    : format.sample() + " → float";
            stages.add(new SignalPath.Stage(
                    "convert", converts, loses ? SignalPath.Fidelity.ALTERED : SignalPath.Fidelity.EXACT));
            return renders ? stages : stages.reversed();
        }
    }
}
