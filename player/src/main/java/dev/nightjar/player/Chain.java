package dev.nightjar.player;

import dev.nightjar.SignalPath;
import dev.nightjar.SignalPath.Fidelity;
import dev.nightjar.SignalPath.Stage;
import dev.nightjar.dsp.ChannelMap;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.DoubleCodec;
import dev.nightjar.dsp.SampleConverter;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaInfo;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What happens to the frames of one file on their way to a line: nothing but another container where that will do;
/// through planes of `double` where channels are mapped or a gain is applied. Allocates only in the constructor.
final class Chain {
    private final SignalPath path;
    private final @Nullable SampleConverter converter;
    private final @Nullable Planes planes;

    /// @param to the native format of the stream, of the file's rate
    Chain(MediaInfo info, StreamFormat to, double gainDb) {
        StreamFormat from = info.format();
        ChannelMap map = from.channels() == to.channels() ? null : ChannelMap.of(from.layout(), to.layout());
        boolean scaled = gainDb != 0 && from.sample().isPcm();
        StreamFormat mapped = map == null ? from : from.withLayout(to.layout());
        StreamFormat target = to.withPacking(StreamFormat.Packing.INTERLEAVED);
        boolean kept = !scaled && (map == null || map.isExact());
        boolean exact = kept && isExact(mapped, target);
        if (map == null && !scaled) {
            converter = new SampleConverter(from, target.withLayout(from.layout()), Dither.TPDF);
            planes = null;
        } else {
            converter = null;
            planes = new Planes(from, target, map, scaled ? Math.pow(10, gainDb / 20) : 1, exact);
        }
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("decode", info.codec(), info.exact() ? Fidelity.EXACT : Fidelity.ALTERED));
        if (map != null) {
            stages.add(new Stage("channels", map.toString(), map.isExact() ? Fidelity.EXACT : Fidelity.ALTERED));
        }
        if (scaled) {
            stages.add(new Stage("gain", decibels(gainDb), Fidelity.ALTERED));
        } else if (gainDb != 0) {
            stages.add(new Stage(
                    "gain", decibels(gainDb) + " not applied: " + from.sample() + " is never scaled", Fidelity.EXACT));
        }
        if (!from.sample().equals(to.sample()) || from.validBits() != to.validBits() || to.isPlanar() || !exact) {
            stages.add(convert(mapped, to, exact));
        }
        path = new SignalPath(stages);
    }

    private static Stage convert(StreamFormat from, StreamFormat to, boolean exact) {
        String detail = name(from) + " → " + name(to);
        if (exact) {
            return new Stage("convert", detail, Fidelity.EXACT);
        }
        return new Stage("convert", detail + (to.sample().isInteger() ? ", " + Dither.TPDF : ""), Fidelity.ALTERED);
    }

    private static String name(StreamFormat format) {
        boolean whole = format.validBits() == format.sample().maxValidBits();
        return format.sample()
                + (whole ? "" : " (" + format.validBits() + " valid bits)")
                + (format.isPlanar() ? " planar" : "");
    }

    private static String decibels(double gainDb) {
        return String.format(Locale.ROOT, "%+.1f dB", gainDb);
    }

    /// Whether frames of one format arrive with every valid bit in another of as many channels.
    static boolean isExact(StreamFormat from, StreamFormat to) {
        if (from.rate() != to.rate()
                || from.channels() != to.channels()
                || from.sample().isPcm() != to.sample().isPcm()) {
            return false;
        }
        return !from.sample().isPcm() || new SampleConverter(from, to, Dither.NONE).isExact();
    }

    /// What it does, stage by stage.
    SignalPath path() {
        return path;
    }

    /// @param in frames of the file, interleaved
    /// @param out gets as many frames of the line, interleaved
    void convert(MemorySegment in, MemorySegment out, int frames) {
        if (converter != null) {
            converter.convert(in, 0, out, 0, frames);
        } else if (planes != null) {
            planes.convert(in, out, frames);
        }
    }

    /// Channels and gain.
    private static final class Planes {
        private static final int BLOCK_FRAMES = 1024;

        private final StreamFormat from;
        private final StreamFormat to;
        private final DoubleCodec decoder;
        private final DoubleCodec encoder;
        /// By output, then by input.
        private final double[][] gains;
        private final double[][] in;
        private final double[][] out;

        Planes(StreamFormat from, StreamFormat to, @Nullable ChannelMap map, double gain, boolean exact) {
            this.from = from;
            this.to = to;
            decoder = new DoubleCodec(from, Dither.NONE);
            encoder = new DoubleCodec(to, exact ? Dither.NONE : Dither.TPDF);
            gains = new double[to.channels()][from.channels()];
            for (int o = 0; o < gains.length; o++) {
                for (int i = 0; i < gains[o].length; i++) {
                    gains[o][i] = gain * (map != null ? map.gain(o, i) : o == i ? 1 : 0);
                }
            }
            in = new double[from.channels()][BLOCK_FRAMES];
            out = new double[to.channels()][BLOCK_FRAMES];
        }

        void convert(MemorySegment source, MemorySegment target, int frames) {
            for (int done = 0; done < frames; done += BLOCK_FRAMES) {
                int count = Math.min(BLOCK_FRAMES, frames - done);
                decoder.decode(source, (long) done * from.frameBytes(), in, 0, count);
                for (int o = 0; o < out.length; o++) {
                    mix(gains[o], out[o], count);
                }
                encoder.encode(out, 0, target, (long) done * to.frameBytes(), count);
            }
        }

        private void mix(double[] row, double[] sum, int count) {
            Arrays.fill(sum, 0, count, 0);
            for (int i = 0; i < row.length; i++) {
                double gain = row[i];
                double[] plane = in[i];
                for (int f = 0; gain != 0 && f < count; f++) {
                    sum[f] += gain * plane[f];
                }
            }
        }
    }
}
