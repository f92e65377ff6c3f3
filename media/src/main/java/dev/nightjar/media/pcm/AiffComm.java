package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The `COMM` chunk of AIFF 1.3 and of AIFF-C (Apple, draft of 26 August 1991).
///
/// ```
/// 0 channels[2]  2 frames[4]  6 bits[2]  8 rate[10]  18 compression[4]  22 its name, a Pascal string
/// ```
///
/// @param frames how many there are as the chunk says it
record AiffComm(Coding coding, int rate, int channels, long frames) {
    /// The fields; the name of the compression is not needed.
    static final int MAX_BYTES = 22;

    private static final int AIFF_BYTES = 18;

    /// Understands the body of the chunk; what is odd is noted.
    ///
    /// @param compressed whether this is AIFF-C
    /// @throws MediaException
    ///     - `CORRUPT` when a field is missing or impossible
    ///     - `UNSUPPORTED` when the samples are compressed other than by G.711; the message says how
    static AiffComm parse(byte[] body, boolean compressed, List<String> notes) throws MediaException {
        int needed = compressed ? MAX_BYTES : AIFF_BYTES;
        if (body.length < needed) {
            throw new MediaException(
                    Kind.CORRUPT, "the COMM chunk has " + body.length + " bytes, at least " + needed + " are needed");
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        int channels = fields.getShort(0) & 0xFFFF;
        if (channels == 0 || channels > ChannelLayout.MAX_CHANNELS) {
            throw new MediaException(
                    channels == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the COMM chunk says " + channels + " channels");
        }
        int rate = Rates.of(ExtendedFloat.parse(body, 8), "the COMM chunk", notes);
        int bits = fields.getShort(6) & 0xFFFF;
        String compression = compressed ? Bytes.latin(body, 18, 4) : "NONE";
        return new AiffComm(coding(compression, bits, notes), rate, channels, Integer.toUnsignedLong(fields.getInt(2)));
    }

    private static Coding coding(String compression, int bits, List<String> notes) throws MediaException {
        return switch (compression) {
            case "NONE", "twos" -> integer(bits, ByteOrder.BIG_ENDIAN);
            case "sowt" -> integer(bits, ByteOrder.LITTLE_ENDIAN);
            case "in24" -> fixed(3, bits, ByteOrder.BIG_ENDIAN);
            case "42ni" -> fixed(3, bits, ByteOrder.LITTLE_ENDIAN);
            case "in32" -> fixed(4, bits, ByteOrder.BIG_ENDIAN);
            case "23ni" -> fixed(4, bits, ByteOrder.LITTLE_ENDIAN);
            case "fl32", "FL32" -> floating(32, bits, notes);
            case "fl64", "FL64" -> floating(64, bits, notes);
            case "alaw", "ALAW" -> Coding.A_LAW;
            case "ulaw", "ULAW" -> Coding.MU_LAW;
            case "raw " -> {
                if (bits > 8) {
                    throw new MediaException(
                            Kind.UNSUPPORTED, "offset binary samples ('raw ') of " + bits + " bits are not decoded");
                }
                yield Coding.unsigned(bits == 0 ? 8 : bits);
            }
            default ->
                throw new MediaException(
                        Kind.UNSUPPORTED, "the samples are " + name(compression) + ", which is not decoded in AIFF");
        };
    }

    /// Left-justified in the whole bytes that hold them.
    private static Coding integer(int bits, ByteOrder order) throws MediaException {
        if (bits == 0 || bits > 32) {
            throw new MediaException(
                    bits == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the COMM chunk says " + bits + " bits a sample");
        }
        return Coding.integer((bits + 7) / 8, bits, order);
    }

    /// QuickTime's sound descriptions say 16 bits beside a type of 24 or 32, so only bits that need the container
    /// are believed.
    private static Coding fixed(int container, int bits, ByteOrder order) {
        return Coding.integer(container, (bits + 7) / 8 == container ? bits : 8 * container, order);
    }

    private static Coding floating(int width, int bits, List<String> notes) throws MediaException {
        if (bits != width) {
            notes.add("the COMM chunk says " + bits + " bits a sample of floats that have " + width);
        }
        return Coding.floating(width, ByteOrder.BIG_ENDIAN);
    }

    private static String name(String compression) {
        return switch (compression) {
            case "ima4" -> "IMA ADPCM";
            case "MAC3" -> "MACE 3:1";
            case "MAC6" -> "MACE 6:1";
            case "GSM ", "agsm" -> "GSM 6.10";
            case "G722" -> "G.722";
            case "G726" -> "G.726 ADPCM";
            case "G728" -> "G.728";
            case "QDMC", "QDM2" -> "QDesign Music";
            case "Qclp" -> "Qualcomm PureVoice";
            case "ADP4" -> "ADPCM 4:1";
            case "SDX2" -> "SDX2 ADPCM";
            case "DWVW" -> "DWVW";
            default -> "of the compression type " + Bytes.printable(compression);
        };
    }
}
