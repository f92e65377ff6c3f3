package dev.nightjar.codec.opus;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.VorbisChannels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first packet of an Opus stream (RFC 7845 section 5.1). All numbers are little-endian.
///
/// ```
/// 0 "OpusHead"   8 version   9 channels   10 pre-skip (2)   12 rate of the original (4)   16 output gain (2)
/// 18 mapping family   not in family 0: 19 streams   20 coupled streams   21 mapping (channels)
/// ```
///
/// @param family how the channels are arranged: 0 mono or stereo, 1 the order of Vorbis, 255 without
///     places
/// @param preSkip frames to drop at the beginning
/// @param gain what to multiply the samples by, in dB times 256
/// @param streams how many Opus streams stand together in a packet
/// @param coupled how many of them, the first ones, are stereo
/// @param mapping for each channel of the file the decoded one, 255 for silence
record OpusHead(
        int family,
        int preSkip,
        int gain,
        int streams,
        int coupled,
        @SuppressWarnings("ArrayRecordComponent") byte[] mapping) {
    /// The rate that Opus is decoded at.
    static final int RATE = 48_000;

    static final int SILENT = 255;

    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 8;
    private static final int CHANNELS = 9;
    private static final int PRE_SKIP = 10;
    private static final int GAIN = 16;
    private static final int FAMILY = 18;
    private static final int STREAMS = 19;
    private static final int COUPLED = 20;
    private static final int MAPPING = 21;

    static boolean isHead(byte[] packet) {
        return startsWith(packet, MAGIC);
    }

    static boolean startsWith(byte[] packet, byte[] magic) {
        return packet.length >= magic.length && Arrays.equals(packet, 0, magic.length, magic, 0, magic.length);
    }

    /// Parses a packet that [#isHead].
    ///
    /// @throws MediaException
    ///     - `UNSUPPORTED` when it is of another version or has another mapping family, such as
    ///       ambisonics
    ///     - `CORRUPT` when it breaks the rules
    static OpusHead parse(byte[] packet) throws MediaException {
        if (packet.length < STREAMS) {
            throw new MediaException(Kind.CORRUPT, "OpusHead has only " + packet.length + " bytes");
        }
        int version = packet[VERSION] & 0xFF;
        int channels = packet[CHANNELS] & 0xFF;
        int family = packet[FAMILY] & 0xFF;
        if (version > 15) {
            throw new MediaException(Kind.UNSUPPORTED, "version " + version + " of Ogg Opus is not decoded");
        }
        if (family != 0 && family != 1 && family != 255) {
            String what = family == 2 || family == 3 ? " (ambisonics)" : "";
            throw new MediaException(
                    Kind.UNSUPPORTED, "Opus with channel mapping family " + family + what + " is not decoded");
        }
        int most = family == 0 ? 2 : family == 1 ? 8 : 255;
        if (channels < 1 || channels > most) {
            throw new MediaException(
                    Kind.CORRUPT, "OpusHead says " + channels + " channels in mapping family " + family);
        }
        int preSkip = int16(packet, PRE_SKIP) & 0xFFFF;
        int gain = int16(packet, GAIN);
        if (family == 0) {
            byte[] mapping = channels == 1 ? new byte[] {0} : new byte[] {0, 1};
            return new OpusHead(family, preSkip, gain, 1, channels - 1, mapping);
        }
        return mapped(packet, new OpusHead(family, preSkip, gain, 0, 0, new byte[channels]));
    }

    private static OpusHead mapped(byte[] packet, OpusHead head) throws MediaException {
        int channels = head.mapping.length;
        if (packet.length < MAPPING + channels) {
            throw new MediaException(Kind.CORRUPT, "OpusHead is cut off in its channel mapping");
        }
        int streams = packet[STREAMS] & 0xFF;
        int coupled = packet[COUPLED] & 0xFF;
        if (streams == 0 || coupled > streams || streams + coupled > 255) {
            throw new MediaException(
                    Kind.CORRUPT, "OpusHead says " + streams + " streams, of which " + coupled + " are coupled");
        }
        byte[] mapping = Arrays.copyOfRange(packet, MAPPING, MAPPING + channels);
        for (byte source : mapping) {
            if ((source & 0xFF) >= streams + coupled && (source & 0xFF) != SILENT) {
                throw new MediaException(Kind.CORRUPT, "OpusHead maps a channel that does not exist");
            }
        }
        return new OpusHead(head.family, head.preSkip, head.gain, streams, coupled, mapping);
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | bytes[at + 1] << 8;
    }

    int channels() {
        return mapping.length;
    }

    ChannelLayout layout() {
        return family == 255 ? ChannelLayout.discrete(channels()) : VorbisChannels.layout(channels());
    }

    /// For each channel of [#layout], which of the decoded ones it is, or [#SILENT].
    int[] sources() {
        int[] sources = family == 255 ? new int[channels()] : VorbisChannels.sources(channels());
        for (int i = 0; i < sources.length; i++) {
            sources[i] = mapping[family == 255 ? i : sources[i]] & 0xFF;
        }
        return sources;
    }
}
