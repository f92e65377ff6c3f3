package dev.nightjar.media.pcm;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Sun's AU, which NeXT called SND (`audio/basic`), with DEC's magic numbers and in either byte order.
///
/// ```
/// 0 ".snd"  4 offset of the samples[4]  8 their bytes[4], all ones if unknown  12 encoding[4]  16 rate[4]
/// 20 channels[4]  24 annotation, text up to the samples
/// ```
public final class AuFormat implements MediaFormat {
    private static final List<String> BIG_ENDIAN = List.of(".snd", ".sd\0");
    private static final List<String> LITTLE_ENDIAN = List.of("dns.", "\0ds.");
    private static final int HEAD_BYTES = 24;
    private static final long SIZE_UNKNOWN = 0xFFFF_FFFFL;

    @Override
    public String name() {
        return "AU";
    }

    @Override
    public List<String> extensions() {
        return List.of("au", "snd");
    }

    @Override
    public int matches(byte[] head) {
        return isAny(head, BIG_ENDIAN) || isAny(head, LITTLE_ENDIAN) ? 100 : 0;
    }

    private static boolean isAny(byte[] head, List<String> magics) {
        return magics.stream().anyMatch(magic -> Bytes.startsWith(head, 0, magic));
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        byte[] head = Bytes.read(input, HEAD_BYTES);
        if (matches(head) == 0) {
            throw new MediaException(Kind.UNRECOGNISED, "this does not begin like AU");
        } else if (head.length < HEAD_BYTES) {
            throw new MediaException(Kind.TRUNCATED, "the file ends within its first " + HEAD_BYTES + " bytes");
        }
        ByteOrder order = isAny(head, BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer fields = ByteBuffer.wrap(head).order(order);
        long offset = Integer.toUnsignedLong(fields.getInt(4));
        if (offset < HEAD_BYTES) {
            throw new MediaException(
                    Kind.CORRUPT, "the samples should begin at byte " + offset + ", inside the header");
        }
        long channels = Integer.toUnsignedLong(fields.getInt(20));
        if (channels == 0 || channels > ChannelLayout.MAX_CHANNELS) {
            throw new MediaException(
                    channels == 0 ? Kind.CORRUPT : Kind.UNSUPPORTED, "the header says " + channels + " channels");
        }
        int rate = Rates.of(Integer.toUnsignedLong(fields.getInt(16)), "the header");
        Coding coding = coding(fields.getInt(12), order);
        TagList tags = annotation(input, offset - HEAD_BYTES);
        List<String> notes = new ArrayList<>();
        PcmReader.Found found =
                new PcmReader.Found("AU", coding, rate, ChannelLayout.ofCount((int) channels), tags.tags(), notes);
        long size = Integer.toUnsignedLong(fields.getInt(8));
        Extent extent = Extent.of(input, input.position(), size == SIZE_UNKNOWN ? -1 : size, found.frameBytes(), notes);
        return PcmReader.open(input, found, extent, extent.frames(found.frameBytes(), notes));
    }

    private static TagList annotation(MediaInput input, long bytes) throws IOException {
        TagList tags = new TagList();
        byte[] text = Bytes.read(input, Math.min(bytes, TagList.MAX_BYTES));
        Bytes.skip(input, bytes - text.length);
        tags.addField("COMMENT", TagList.text(text, 0, text.length));
        return tags;
    }

    private static Coding coding(int encoding, ByteOrder order) throws MediaException {
        return switch (encoding) {
            case 1 -> Coding.MU_LAW;
            case 2 -> Coding.integer(1, 8, order);
            case 3 -> Coding.integer(2, 16, order);
            case 4 -> Coding.integer(3, 24, order);
            case 5 -> Coding.integer(4, 32, order);
            case 6 -> Coding.floating(32, order);
            case 7 -> Coding.floating(64, order);
            case 27 -> Coding.A_LAW;
            default ->
                throw new MediaException(
                        Kind.UNSUPPORTED, "the samples are " + name(encoding) + ", which is not decoded in AU");
        };
    }

    private static String name(int encoding) {
        return switch (encoding) {
            case 23 -> "G.721 ADPCM";
            case 24 -> "G.722";
            case 25 -> "G.723 of 3 bits";
            case 26 -> "G.723 of 5 bits";
            default -> "of the encoding " + Integer.toUnsignedString(encoding);
        };
    }
}
