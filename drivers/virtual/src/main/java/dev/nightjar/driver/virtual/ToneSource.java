package dev.nightjar.driver.virtual;

import dev.nightjar.RawTurn;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.Tone;
import dev.nightjar.spi.AudioThread;

/// A microphone in front of a sine at -12 dBFS, the same on all channels.
final class ToneSource implements FrameSource {
    private static final double AMPLITUDE = 0.25;

    private final Tone tone;
    private final float[][] planes;
    private final FloatCodec[] codecs;
    private final float[][][] codecPlanes;

    /// @param format PCM
    ToneSource(StreamFormat format, double frequency, int maxFrames) {
        tone = new Tone(format.rate(), frequency, AMPLITUDE);
        planes = new float[format.channels()][maxFrames];
        int count = format.isPlanar() ? format.channels() : 1;
        codecs = new FloatCodec[count];
        codecPlanes = new float[count][][];
        for (int i = 0; i < count; i++) {
            codecs[i] = new FloatCodec(format.isPlanar() ? format.withLayout(ChannelLayout.MONO) : format, Dither.NONE);
            codecPlanes[i] = format.isPlanar() ? new float[][] {planes[i]} : planes;
        }
    }

    @Override
    @AudioThread
    public void give(RawTurn.Side side, int frames) {
        tone.fill(planes, 0, frames);
        for (int i = 0; i < codecs.length; i++) {
            codecs[i].encode(codecPlanes[i], 0, side.segment(i), side.offset(i), frames);
        }
    }
}
