package dev.nightjar.media;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.nio.ByteBuffer;
import java.util.List;

/// The header that [WavWriter] writes, of the same length whatever the sizes are.
///
/// ```
/// RIFF size WAVE | JUNK 28, or ds64 | fmt 16, 18 or 40 | fact 4, not for integers | data size
/// ```
///
/// @param frames how many frames follow, or -1 while that is open
record WavHeader(StreamFormat format, long frames) {
    private static final int SIZE_UNKNOWN = -1;
    private static final int DS64_BYTES = 28;
    private static final int TAG_PCM = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_EXTENSIBLE = 0xFFFE;

    static WavHeader open(StreamFormat format) {
        return new WavHeader(format, -1);
    }

    static WavHeader closed(StreamFormat format, long frames) {
        return new WavHeader(format, frames);
    }

    /// Puts the header into a little-endian buffer.
    void put(ByteBuffer into) {
        long riffSize = riffSize();
        boolean rf64 = frames >= 0 && riffSize > 0xFFFF_FFFEL;
        boolean open = frames < 0 || rf64;
        id(into, rf64 ? "RF64" : "RIFF").putInt(open ? SIZE_UNKNOWN : (int) riffSize);
        id(into, "WAVE");
        id(into, rf64 ? "ds64" : "JUNK").putInt(DS64_BYTES);
        into.putLong(rf64 ? riffSize : 0)
                .putLong(rf64 ? dataBytes() : 0)
                .putLong(rf64 ? frames : 0)
                .putInt(0);
        putFmt(into);
        if (format.sample().isFloat()) {
            id(into, "fact").putInt(4).putInt(frames < 0 || frames > 0xFFFF_FFFEL ? SIZE_UNKNOWN : (int) frames);
        }
        id(into, "data").putInt(open ? SIZE_UNKNOWN : (int) dataBytes());
    }

    private void putFmt(ByteBuffer into) {
        SampleFormat sample = format.sample();
        boolean extensible = isExtensible();
        int tag = sample.isFloat() ? TAG_FLOAT : TAG_PCM;
        id(into, "fmt ").putInt(fmtBytes());
        into.putShort((short) (extensible ? TAG_EXTENSIBLE : tag)).putShort((short) format.channels());
        into.putInt(format.rate()).putInt((int) ((long) format.rate() * format.frameBytes()));
        into.putShort((short) format.frameBytes()).putShort((short) sample.bits());
        if (extensible) {
            into.putShort((short) 22).putShort((short) declaredBits()).putInt(mask());
            into.putShort((short) tag).putShort((short) 0).putShort((short) 0).putShort((short) 0x10);
            into.putInt(0xAA000080).putInt(0x719B3800);
        } else if (sample.isFloat()) {
            into.putShort((short) 0);
        }
    }

    /// ffmpeg (5.1, libavformat/riffdec.c) takes the valid bits for the size of the container, and 24 of 32 for
    /// floats: it would play full-scale noise. Bits that would do with fewer bytes are declared as the whole
    /// container instead.
    private int declaredBits() {
        SampleFormat sample = format.sample();
        return (format.validBits() + 7) / 8 == sample.bytes() && !sample.isFloat() ? format.validBits() : sample.bits();
    }

    private int fmtBytes() {
        if (isExtensible()) {
            return 40;
        }
        return format.sample().isFloat() ? 18 : 16;
    }

    /// Microsoft's rule: more than two channels, more than 16 bits, bits that are not valid, or places that the
    /// plain header does not mean.
    private boolean isExtensible() {
        SampleFormat sample = format.sample();
        boolean plainLayout =
                format.layout().equals(ChannelLayout.MONO) || format.layout().equals(ChannelLayout.STEREO);
        boolean plainSample = sample.isFloat() || (sample.bits() <= 16 && declaredBits() == sample.bits());
        return !plainLayout || !plainSample;
    }

    /// The places of the channels if a mask can say them: in WAVE's order, those without a place last. Else 0,
    /// "no places".
    private int mask() {
        ChannelLayout layout = format.layout();
        List<?> said = ChannelLayout.ofMask(layout.mask(), layout.channels()).positions();
        return said.equals(layout.positions()) ? layout.mask() : 0;
    }

    private long dataBytes() {
        return frames * format.frameBytes();
    }

    private long riffSize() {
        int fact = format.sample().isFloat() ? 12 : 0;
        return 4 + 8 + DS64_BYTES + 8 + fmtBytes() + fact + 8 + dataBytes() + (dataBytes() & 1);
    }

    private static ByteBuffer id(ByteBuffer into, String id) {
        for (int i = 0; i < 4; i++) {
            into.put((byte) id.charAt(i));
        }
        return into;
    }
}
