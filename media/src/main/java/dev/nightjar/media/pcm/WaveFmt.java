package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The `fmt ` chunk of WAV and its relatives (`WAVEFORMATEX`, `WAVEFORMATEXTENSIBLE`, mmreg.h).
///
/// ```
///  0 tag[2]  2 channels[2]  4 rate[4]  8 bytes a second[4]  12 block align[2]  14 bits[2]
/// 16 size of what follows[2]  18 valid bits[2]  20 channel mask[4]  24 sub-format GUID[16]
/// ```
record WaveFmt(Coding coding, int rate, ChannelLayout layout) {
    /// More than any `fmt ` chunk of a codec that is read here has.
    static final int MAX_BYTES = 256;

    private static final int EXTENSIBLE_BYTES = 40;

    /// The last eight bytes of the GUIDs that stand for format tags, and of the two for Ambisonic B-format.
    private static final long KS_TAIL = 0x800000AA00389B71L;

    private static final long AMBISONIC_TAIL = 0x8644C8C1CA000000L;

    /// Understands the body of the chunk; what is odd is noted.
    ///
    /// @throws MediaException
    ///     - `CORRUPT` when a field is missing or impossible
    ///     - `UNSUPPORTED` when the codec is not PCM, float or G.711; the message names it
    static WaveFmt parse(byte[] body, ByteOrder order, List<String> notes) throws MediaException {
        if (body.length < 14) {
            throw new MediaException(
                    Kind.CORRUPT, "the fmt chunk has " + body.length + " bytes, at least 14 are needed");
        }
        ByteBuffer fields = ByteBuffer.wrap(body).order(order);
        int channels = fields.getShort(2) & 0xFFFF;
        if (channels == 0 || channels > ChannelLayout.MAX_CHANNELS) {
            throw new MediaException(
                    channels == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the fmt chunk says " + channels + " channels");
        }
        int rate = Rates.of(Integer.toUnsignedLong(fields.getInt(4)), "the fmt chunk");
        int tag = fields.getShort(0) & 0xFFFF;
        ChannelLayout layout = ChannelLayout.ofCount(channels);
        int validBits = -1;
        if (tag == WaveCodecs.EXTENSIBLE) {
            if (body.length < EXTENSIBLE_BYTES) {
                throw new MediaException(
                        Kind.CORRUPT,
                        "the fmt chunk has " + body.length + " bytes, an extensible one has " + EXTENSIBLE_BYTES);
            }
            validBits = fields.getShort(18) & 0xFFFF;
            tag = subFormat(fields, notes);
            layout =
                    isAmbisonic(fields) ? ChannelLayout.discrete(channels) : layout(fields.getInt(20), channels, notes);
        }
        return new WaveFmt(coding(fields, tag, validBits, notes), rate, layout);
    }

    private static long tail(ByteBuffer fields) {
        return fields.slice(32, 8).order(ByteOrder.BIG_ENDIAN).getLong(0);
    }

    private static boolean isAmbisonic(ByteBuffer fields) {
        return tail(fields) == AMBISONIC_TAIL;
    }

    private static int subFormat(ByteBuffer fields, List<String> notes) throws MediaException {
        long tail = tail(fields);
        int tag = fields.getInt(24);
        if (fields.order() == ByteOrder.BIG_ENDIAN && (tag & 0xFFFF) == 0) {
            // sox 14.4 (wav.c) writes the GUID of RIFX as words of 16 bits.
            tag >>>= 16;
        }
        if (isAmbisonic(fields)) {
            notes.add("the channels are Ambisonic B-format, not loudspeakers");
        } else if (tail != KS_TAIL || tag >>> 16 != 0) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "the sub-format %08x-%04x-%04x-%016x is not known"
                            .formatted(tag, fields.getShort(28), fields.getShort(30), tail));
        }
        return tag & 0xFFFF;
    }

    private static ChannelLayout layout(int mask, int channels, List<String> notes) {
        if (mask == 0 && channels <= 2) {
            return ChannelLayout.ofCount(channels);
        }
        if (mask != 0 && Integer.bitCount(mask) != channels) {
            notes.add("the channel mask 0x%x names %d places for %d channels"
                    .formatted(mask, Integer.bitCount(mask), channels));
        }
        return ChannelLayout.ofMask(mask, channels);
    }

    private static Coding coding(ByteBuffer fields, int tag, int extensibleBits, List<String> notes)
            throws MediaException {
        int bits = fields.capacity() < 16 ? 0 : fields.getShort(14) & 0xFFFF;
        return switch (tag) {
            case WaveCodecs.PCM -> pcm(fields, bits, extensibleBits, notes);
            case WaveCodecs.FLOAT -> aligned(Coding.floating(bits, fields.order()), fields, notes);
            case WaveCodecs.A_LAW -> aligned(Coding.A_LAW, fields, notes);
            case WaveCodecs.MU_LAW -> aligned(Coding.MU_LAW, fields, notes);
            default ->
                throw new MediaException(
                        Kind.UNSUPPORTED, "the samples are " + WaveCodecs.name(tag) + ", which is not decoded in WAV");
        };
    }

    private static Coding aligned(Coding coding, ByteBuffer fields, List<String> notes) {
        int channels = fields.getShort(2) & 0xFFFF;
        int align = fields.getShort(12) & 0xFFFF;
        if (align != channels * coding.stored()) {
            notes.add(ignoredAlign(align, channels, 8 * coding.stored()));
        }
        return coding;
    }

    private static String ignoredAlign(int align, int channels, int bits) {
        return "the block align of " + align + " bytes does not fit " + channels + " channels of " + bits
                + " bits and is ignored";
    }

    /// A container holds the bits rounded up to bytes, or more if the block align says so; the bits are
    /// left-justified in it.
    private static Coding pcm(ByteBuffer fields, int bits, int extensibleBits, List<String> notes)
            throws MediaException {
        int channels = fields.getShort(2) & 0xFFFF;
        int align = fields.getShort(12) & 0xFFFF;
        int aligned = align % channels == 0 ? align / channels : 0;
        int container = (bits + 7) / 8;
        if (bits == 0) {
            container = aligned;
            notes.add("the fmt chunk does not say how many bits a sample has; the block align says " + 8 * aligned);
        } else if (aligned > container && aligned <= 8) {
            container = aligned;
        } else if (aligned != container) {
            notes.add(ignoredAlign(align, channels, bits));
        }
        if (container < 1 || container > 8) {
            throw new MediaException(
                    bits == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the fmt chunk says " + bits + " bits a sample");
        }
        int valid = extensibleBits > 0 ? extensibleBits : bits > 0 ? bits : 8 * container;
        if (valid > 8 * container) {
            notes.add("the fmt chunk says " + valid + " valid bits in a container of " + 8 * container);
            valid = 8 * container;
        }
        return container == 1 ? Coding.unsigned(valid) : Coding.integer(container, valid, fields.order());
    }
}
