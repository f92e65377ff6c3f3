package dev.nightjar.media.flac;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.VorbisComment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What comes before the first frame (RFC 9639 section 8): `fLaC` and metadata blocks, perhaps after an ID3v2
/// tag; or nothing, in a stream that was joined on the way.
///
/// @param info null if there is no STREAMINFO
/// @param tags of the Vorbis comment
/// @param seekPoints rising in samples and bytes
/// @param notes what was odd
/// @param firstFrame the offset of the first frame
record FlacMetadata(
        @Nullable StreamInfo info,
        Map<String, List<String>> tags,
        List<SeekPoint> seekPoints,
        List<String> notes,
        long firstFrame) {
    private static final String MASK_TAG = "WAVEFORMATEXTENSIBLE_CHANNEL_MASK";
    private static final int STREAMINFO = 0;
    private static final int APPLICATION = 2;
    private static final int SEEKTABLE = 3;
    private static final int VORBIS_COMMENT = 4;
    private static final long MAX_COMMENTS = 100_000;
    private static final long MAX_OFFSET = Long.MAX_VALUE / 2;
    private static final int MAGIC = 0x664c_6143;

    /// Where a sample is.
    ///
    /// @param sample the first one of a frame
    /// @param offset of the frame from the first frame, in bytes
    record SeekPoint(long sample, long offset) {}

    /// Reads up to the first frame.
    ///
    /// @throws MediaException if this is no FLAC, or ends before it begins
    static FlacMetadata read(FlacWindow window) throws IOException {
        boolean tagged = window.ensure(10) && isId3(window.bytes(), window.at());
        if (tagged && !window.skipFar(10 + id3Bytes(window.bytes(), window.at()))) {
            throw truncated();
        }
        boolean magic = window.ensure(4) && BitReader.longAt(window.bytes(), window.at()) >>> 32 == MAGIC;
        if (magic) {
            window.skip(4);
            return new Blocks(window).read();
        }
        if (tagged || !window.ensure(2) || !FrameHeader.isSync(window.bytes(), window.at())) {
            throw new MediaException(
                    Kind.UNRECOGNISED, "this is not FLAC: it begins neither with fLaC nor with a frame");
        }
        return new FlacMetadata(null, Map.of(), List.of(), List.of(), window.position());
    }

    /// Whether an ID3v2 tag begins here.
    static boolean isId3(byte[] bytes, int at) {
        return bytes[at] == 'I' && bytes[at + 1] == 'D' && bytes[at + 2] == '3';
    }

    /// How long the ID3v2 tag is that begins here, without the 10 bytes of its head.
    static int id3Bytes(byte[] bytes, int at) {
        int length = 0;
        for (int i = 6; i < 10; i++) {
            length = (length << 7) | (bytes[at + i] & 0x7f);
        }
        return length;
    }

    /// The places of the channels: those that the file names, else the usual ones of RFC 9639 section 9.1.3.
    ChannelLayout layout(int channels) {
        for (String mask : tags.getOrDefault(MASK_TAG, List.of())) {
            if (mask.matches("0[xX][0-9a-fA-F]{1,8}")) {
                int bits = Integer.parseUnsignedInt(mask.substring(2), 16);
                if (Integer.bitCount(bits) <= channels) {
                    return ChannelLayout.ofMask(bits, channels);
                }
            }
        }
        return ChannelLayout.ofCount(channels);
    }

    private static MediaException truncated() {
        return new MediaException(Kind.TRUNCATED, "the file ends before its first FLAC frame");
    }

    private static final class Blocks {
        private final FlacWindow window;
        private final Map<String, List<String>> tags = new LinkedHashMap<>();
        private final List<SeekPoint> seekPoints = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private @Nullable StreamInfo info;

        Blocks(FlacWindow window) {
            this.window = window;
        }

        FlacMetadata read() throws IOException {
            boolean last = false;
            for (int count = 0; !last; count++) {
                byte[] head = need(window.take(4));
                last = head[0] < 0;
                int type = head[0] & 0x7f;
                int length = (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
                if (type == STREAMINFO && count > 0) {
                    notes.add("STREAMINFO is not the first metadata block");
                }
                block(type, length);
            }
            if (info == null) {
                notes.add("there is no STREAMINFO; the first frame stands in for it");
            }
            return new FlacMetadata(info, tags, seekPoints, notes, window.position());
        }

        private void block(int type, int length) throws IOException {
            if (type == STREAMINFO) {
                byte[] block = need(window.take(length));
                if (length < StreamInfo.BYTES) {
                    throw new MediaException(Kind.CORRUPT, "STREAMINFO has " + length + " bytes instead of 34");
                }
                info = StreamInfo.parse(block);
            } else if (type == SEEKTABLE) {
                seekTable(need(window.take(length)));
            } else if (type == VORBIS_COMMENT) {
                byte[] block = need(window.take(length));
                checkComment(block);
                VorbisComment comment = VorbisComment.parse(block, 0, length);
                comment.tags().forEach(this::tag);
                if (!comment.whole()) {
                    notes.add("the Vorbis comment announces more than it holds");
                }
            } else if (type == APPLICATION && length < 4) {
                throw new MediaException(Kind.CORRUPT, "an APPLICATION block has no room for its name");
            } else if (!window.skipFar(length)) {
                throw truncated();
            }
        }

        /// What the reference decoder takes for a block whose length is wrong. Other damage costs tags only.
        private static void checkComment(byte[] block) throws MediaException {
            long vendor = block.length < 8 ? 0 : littleEndian(block, 0);
            long count = vendor + 8 > block.length ? 0 : littleEndian(block, 4 + (int) vendor);
            if (block.length < 8 || vendor + 8 > block.length || count > MAX_COMMENTS) {
                throw new MediaException(
                        Kind.CORRUPT,
                        "the Vorbis comment of " + block.length + " bytes cannot be one: its vendor has " + vendor
                                + " bytes, and it announces " + count + " tags");
            }
        }

        private static long littleEndian(byte[] bytes, int at) {
            return (bytes[at] & 0xffL)
                    | (bytes[at + 1] & 0xffL) << 8
                    | (bytes[at + 2] & 0xffL) << 16
                    | (bytes[at + 3] & 0xffL) << 24;
        }

        private void tag(String name, List<String> values) {
            List<String> all = new ArrayList<>(tags.getOrDefault(name, List.of()));
            all.addAll(values);
            tags.put(name, List.copyOf(all));
        }

        /// Points of 18 bytes: sample (64), offset (64), samples in the frame (16); placeholders have a sample of
        /// -1.
        private void seekTable(byte[] block) {
            SeekPoint before = new SeekPoint(-1, -1);
            for (int at = 0; at + 18 <= block.length; at += 18) {
                SeekPoint point = new SeekPoint(BitReader.longAt(block, at), BitReader.longAt(block, at + 8));
                if (point.sample > before.sample && point.offset > before.offset && point.offset <= MAX_OFFSET) {
                    seekPoints.add(point);
                    before = point;
                }
            }
        }

        private static byte[] need(byte @Nullable [] bytes) throws MediaException {
            if (bytes == null) {
                throw truncated();
            }
            return bytes;
        }
    }
}
