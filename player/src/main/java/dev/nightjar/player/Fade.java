package dev.nightjar.player;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.GainRamp;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.spi.AudioThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The last frames of a stream that is stopped: PCM goes to silence on a ramp; DSD and encoded frames, which nobody
/// may scale, are silent at once. Allocates only in the constructor.
final class Fade {
    private final StreamFormat format;
    private final int channelsPerCodec;
    private final FloatCodec[] codecs;
    private final float[][][] codecPlanes;
    private final float[][] planes;
    private final GainRamp ramp = new GainRamp(1);
    private int left;

    Fade(StreamFormat format, int maxFrames, int fadeFrames) {
        this.format = format;
        this.left = Math.max(1, fadeFrames);
        int count = !format.sample().isPcm() ? 0 : format.isPlanar() ? format.channels() : 1;
        channelsPerCodec = format.isPlanar() ? 1 : format.channels();
        planes = new float[count == 0 ? 0 : format.channels()][maxFrames];
        codecs = new FloatCodec[count];
        codecPlanes = new float[count][][];
        for (int i = 0; i < count; i++) {
            StreamFormat of = format.isPlanar() ? format.withLayout(ChannelLayout.MONO) : format;
            codecs[i] = new FloatCodec(of, Dither.TPDF);
            codecPlanes[i] = format.isPlanar() ? new float[][] {planes[i]} : planes;
        }
        rehearse();
        ramp.rampTo(0, left);
    }

    /// Runs the code once, so that the audio thread does not load it.
    private void rehearse() {
        MemorySegment frame = Arena.ofAuto()
                .allocate((long) channelsPerCodec * format.sample().bytes(), 8);
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].decode(frame, 0, codecPlanes[i], 0, 1);
            codecs[i].encode(codecPlanes[i], 0, frame, 0, 1);
        }
        ramp.apply(planes, 0, 1);
    }

    boolean isScaling() {
        return codecs.length > 0;
    }

    /// Fades the first frames of a side.
    ///
    /// @param frames how many of its frames are there
    /// @return how many of them are still part of the stream
    @AudioThread
    int apply(RawTurn.Side side, int frames) {
        int count = Math.min(frames, left);
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].decode(side.segment(i), side.offset(i), codecPlanes[i], 0, count);
        }
        ramp.apply(planes, 0, count);
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].encode(codecPlanes[i], 0, side.segment(i), side.offset(i), count);
        }
        left -= count;
        return count;
    }

    /// Whether nothing more is heard.
    @AudioThread
    boolean isOver() {
        return left == 0;
    }
}
