package dev.nightjar.media.pcm;

import dev.nightjar.dsp.Channel;
import dev.nightjar.dsp.ChannelLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `CHAN` chunk of AIFF and the `chan` chunk of CAF: an `AudioChannelLayout` (CoreAudioBaseTypes.h), big-endian.
///
/// ```
/// 0 tag[4]  4 bitmap[4]  8 count[4]  12 (label[4] flags[4] coordinates[12])...
/// ```
final class CoreAudioLayout {
    /// More channels than a layout may have are not looked at.
    static final int MAX_BYTES = 12 + 20 * ChannelLayout.MAX_CHANNELS;

    private static final int USE_DESCRIPTIONS = 0;
    private static final int USE_BITMAP = 1;
    private static final int DISCRETE_IN_ORDER = 147;

    private static final int LEFT_SURROUND = 5;
    private static final int RIGHT_SURROUND = 6;
    private static final int REAR_LEFT = 33;
    private static final int REAR_RIGHT = 34;
    private static final int MONO = 42;

    private static final Map<String, Integer> LABELS = Map.ofEntries(
            Map.entry("L", 1),
            Map.entry("R", 2),
            Map.entry("C", 3),
            Map.entry("LFE", 4),
            Map.entry("Ls", LEFT_SURROUND),
            Map.entry("Rs", RIGHT_SURROUND),
            Map.entry("Lc", 7),
            Map.entry("Rc", 8),
            Map.entry("Cs", 9),
            Map.entry("Rls", REAR_LEFT),
            Map.entry("Rrs", REAR_RIGHT));

    /// The layout tags, without the number of channels in their low half, whose channels have a place.
    private static final Map<Integer, String> LAYOUTS = Map.ofEntries(
            Map.entry(100, "C"),
            Map.entry(101, "L R"),
            Map.entry(102, "L R"),
            Map.entry(103, "L R"),
            Map.entry(106, "L R"),
            Map.entry(108, "L R Ls Rs"),
            Map.entry(109, "L R Ls Rs C"),
            Map.entry(110, "L R Ls Rs C Cs"),
            Map.entry(113, "L R C"),
            Map.entry(114, "C L R"),
            Map.entry(115, "L R C Cs"),
            Map.entry(116, "C L R Cs"),
            Map.entry(117, "L R C Ls Rs"),
            Map.entry(118, "L R Ls Rs C"),
            Map.entry(119, "L C R Ls Rs"),
            Map.entry(120, "C L R Ls Rs"),
            Map.entry(121, "L R C LFE Ls Rs"),
            Map.entry(122, "L R Ls Rs C LFE"),
            Map.entry(123, "L C R Ls Rs LFE"),
            Map.entry(124, "C L R Ls Rs LFE"),
            Map.entry(125, "L R C LFE Ls Rs Cs"),
            Map.entry(126, "L R C LFE Ls Rs Lc Rc"),
            Map.entry(127, "C Lc Rc L R Ls Rs LFE"),
            Map.entry(128, "L R C LFE Ls Rs Rls Rrs"),
            Map.entry(129, "L R Ls Rs C LFE Lc Rc"),
            Map.entry(131, "L R Cs"),
            Map.entry(132, "L R Ls Rs"),
            Map.entry(133, "L R LFE"),
            Map.entry(134, "L R LFE Cs"),
            Map.entry(135, "L R LFE Ls Rs"),
            Map.entry(136, "L R C LFE"),
            Map.entry(137, "L R C LFE Cs"),
            Map.entry(138, "L R Ls Rs LFE"),
            Map.entry(139, "L R Ls Rs C Cs"),
            Map.entry(140, "L R Ls Rs C Rls Rrs"),
            Map.entry(141, "C L R Ls Rs Cs"),
            Map.entry(142, "C L R Ls Rs Cs LFE"),
            Map.entry(143, "C L R Ls Rs Rls Rrs"),
            Map.entry(144, "C L R Ls Rs Rls Rrs Cs"));

    private CoreAudioLayout() {}

    /// The layout that the body of the chunk gives to so many channels; what does not fit them is noted.
    static ChannelLayout parse(byte[] body, int channels, List<String> notes) {
        if (body.length < 12) {
            notes.add("the channel layout has " + body.length + " bytes, at least 12 are needed");
            return ChannelLayout.ofCount(channels);
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        int tag = fields.getInt(0) >>> 16;
        if (tag == DISCRETE_IN_ORDER) {
            return ChannelLayout.discrete(channels);
        } else if (tag == USE_BITMAP) {
            return ChannelLayout.ofMask(fields.getInt(4), channels);
        } else if (tag == USE_DESCRIPTIONS) {
            return placed(described(fields, channels), channels, notes);
        }
        String layout = LAYOUTS.get(tag);
        if (layout == null) {
            notes.add("the channel layout with tag %d is not known; the channels have no places".formatted(tag));
            return ChannelLayout.discrete(channels);
        }
        List<Integer> labels = new ArrayList<>();
        for (String label : layout.split(" ", -1)) {
            labels.add(LABELS.getOrDefault(label, 0));
        }
        return placed(labels, channels, notes);
    }

    private static List<Integer> described(ByteBuffer fields, int channels) {
        long count = Math.min(channels, Integer.toUnsignedLong(fields.getInt(8)));
        List<Integer> labels = new ArrayList<>();
        for (int at = 12; labels.size() < count && at + 20 <= fields.capacity(); at += 20) {
            labels.add(fields.getInt(at));
        }
        return labels;
    }

    private static ChannelLayout placed(List<Integer> labels, int channels, List<String> notes) {
        if (labels.size() != channels) {
            notes.add("the channel layout has " + labels.size() + " places for " + channels + " channels");
        }
        boolean rears = labels.contains(REAR_LEFT) || labels.contains(REAR_RIGHT);
        Set<Channel> seen = EnumSet.noneOf(Channel.class);
        List<Channel> positions = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            Channel channel = i < labels.size() ? place(labels.get(i), rears) : Channel.DISCRETE;
            positions.add(seen.add(channel) ? channel : Channel.DISCRETE);
        }
        return new ChannelLayout(positions);
    }

    /// The labels 1 to 18 are the bits of WAVE's mask in their order. The surrounds, which WAVE calls back, are at
    /// the sides where others are in the rear.
    private static Channel place(int label, boolean rears) {
        return switch (label) {
            case LEFT_SURROUND -> rears ? Channel.SIDE_LEFT : Channel.BACK_LEFT;
            case RIGHT_SURROUND -> rears ? Channel.SIDE_RIGHT : Channel.BACK_RIGHT;
            case REAR_LEFT -> Channel.BACK_LEFT;
            case REAR_RIGHT -> Channel.BACK_RIGHT;
            case MONO -> Channel.FRONT_CENTER;
            default -> label < 1 || label > 18 ? Channel.DISCRETE : ofBit(label - 1);
        };
    }

    private static Channel ofBit(int bit) {
        return ChannelLayout.ofMask(1 << bit, 1).positions().getFirst();
    }
}
