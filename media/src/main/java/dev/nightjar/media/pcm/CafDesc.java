package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The `desc` chunk of CAF.
///
/// ```
/// 0 rate, a double[8]  8 format[4]  12 flags[4]  16 bytes a packet[4]  20 frames a packet[4]  24 channels[4]
/// 28 bits a channel[4]
/// ```
record CafDesc(Coding coding, int rate, int channels) {
    static final int BYTES = 32;

    private static final int FLAG_FLOAT = 1;
    private static final int FLAG_LITTLE_ENDIAN = 2;

    /// Understands the body of the chunk; what is odd is noted.
    ///
    /// @throws MediaException
    ///     - `CORRUPT` when a field is missing or impossible
    ///     - `UNSUPPORTED` when the samples are not PCM or G.711; the message says what they are
    static CafDesc parse(byte[] body, List<String> notes) throws MediaException {
        if (body.length < BYTES) {
            throw new MediaException(
                    Kind.CORRUPT, "the desc chunk has " + body.length + " bytes, " + BYTES + " are needed");
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        String format = Bytes.latin(body, 8, 4);
        long channels = Integer.toUnsignedLong(fields.getInt(24));
        if (channels == 0 || channels > ChannelLayout.MAX_CHANNELS) {
            throw new MediaException(
                    channels == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the desc chunk says " + channels + " channels");
        }
        int rate = Rates.of(fields.getDouble(0), "the desc chunk", notes);
        return new CafDesc(coding(format, fields, (int) channels), rate, (int) channels);
    }

    private static Coding coding(String format, ByteBuffer fields, int channels) throws MediaException {
        return switch (format) {
            case "lpcm" -> pcm(fields, channels);
            case "alaw" -> Coding.A_LAW;
            case "ulaw" -> Coding.MU_LAW;
            default ->
                throw new MediaException(
                        Kind.UNSUPPORTED, "the samples are " + name(format) + ", which is not decoded in CAF");
        };
    }

    private static Coding pcm(ByteBuffer fields, int channels) throws MediaException {
        int flags = fields.getInt(12);
        long packet = Integer.toUnsignedLong(fields.getInt(16));
        long bits = Integer.toUnsignedLong(fields.getInt(28));
        ByteOrder order = (flags & FLAG_LITTLE_ENDIAN) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (bits == 0 || bits > 64) {
            throw new MediaException(
                    bits == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the desc chunk says " + bits + " bits a sample");
        }
        if (fields.getInt(20) != 1 || packet != (bits + 7) / 8 * channels) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "the desc chunk says packets of " + packet + " bytes for " + channels + " channels of " + bits
                            + " bits; only those that are packed are decoded");
        }
        if ((flags & FLAG_FLOAT) != 0) {
            return Coding.floating((int) bits, order);
        }
        return Coding.integer((int) (bits + 7) / 8, (int) bits, order);
    }

    private static String name(String format) {
        return switch (format) {
            case "alac" -> "Apple Lossless (ALAC)";
            case "aac " -> "AAC";
            case "ima4" -> "IMA ADPCM";
            case "MAC3" -> "MACE 3:1";
            case "MAC6" -> "MACE 6:1";
            case ".mp1" -> "MPEG audio layer 1";
            case ".mp2" -> "MPEG audio layer 2";
            case ".mp3" -> "MP3";
            case "flac" -> "FLAC";
            case "opus" -> "Opus";
            default -> "of the format " + Bytes.printable(format);
        };
    }
}
