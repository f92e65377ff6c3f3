package dev.nightjar.dsp;

import static dev.nightjar.dsp.Channel.BACK_CENTER;
import static dev.nightjar.dsp.Channel.BACK_LEFT;
import static dev.nightjar.dsp.Channel.BACK_RIGHT;
import static dev.nightjar.dsp.Channel.FRONT_CENTER;
import static dev.nightjar.dsp.Channel.FRONT_LEFT;
import static dev.nightjar.dsp.Channel.FRONT_RIGHT;
import static dev.nightjar.dsp.Channel.SIDE_LEFT;
import static dev.nightjar.dsp.Channel.SIDE_RIGHT;

import java.util.Arrays;
import java.util.List;

/// How the channels of one layout are made from those of another: a matrix of gains over planes of `float`.
///
/// A channel goes to its own place where the target has it. Where it has not, the coefficients are those of ITU-R
/// BS.775-3 annex 4: centre and surround go to left and right with 1/√2; to mono, left and right go with 1/√2, centre
/// with 1 and surround with 1/2; low frequencies are dropped. Mono is given unchanged to left and right. The matrix
/// is scaled down as a whole where full-scale channels could add up to more than full scale. If a layout has channels
/// without a place, channels keep their index. Places that nothing feeds are silent.
///
/// Immutable; allocates only when built. `[any-thread]`
public final class ChannelMap {
    private static final float MINUS_3_DB = (float) Math.sqrt(0.5);
    private static final float MINUS_6_DB = 0.5f;

    private final ChannelLayout from;
    private final ChannelLayout to;
    /// Gains by output, then by input.
    private final float[][] gains;

    private ChannelMap(ChannelLayout from, ChannelLayout to) {
        this.from = from;
        this.to = to;
        gains = new float[to.channels()][from.channels()];
        boolean byIndex = hasNoPlaces(from) || hasNoPlaces(to);
        for (int c = 0; c < from.channels(); c++) {
            if (!byIndex) {
                route(c, from.positions().get(c));
            } else if (c < to.channels()) {
                gains[c][c] = 1;
            }
        }
        keepWithinFullScale();
    }

    /// The map from one layout to another.
    public static ChannelMap of(ChannelLayout from, ChannelLayout to) {
        return new ChannelMap(from, to);
    }

    private static boolean hasNoPlaces(ChannelLayout layout) {
        return layout.positions().contains(Channel.DISCRETE);
    }

    private void route(int input, Channel place) {
        if (feed(input, 1, place)) {
            return;
        }
        switch (place) {
            case FRONT_LEFT, FRONT_RIGHT -> feed(input, MINUS_3_DB, FRONT_CENTER);
            case FRONT_CENTER, TOP_FRONT_CENTER ->
                feed(input, from.channels() == 1 ? 1 : MINUS_3_DB, FRONT_LEFT, FRONT_RIGHT);
            case FRONT_LEFT_OF_CENTER, TOP_FRONT_LEFT -> onward(input, List.of(FRONT_LEFT));
            case FRONT_RIGHT_OF_CENTER, TOP_FRONT_RIGHT -> onward(input, List.of(FRONT_RIGHT));
            case BACK_LEFT, SIDE_LEFT, TOP_BACK_LEFT -> onward(input, List.of(SIDE_LEFT, BACK_LEFT, FRONT_LEFT));
            case BACK_RIGHT, SIDE_RIGHT, TOP_BACK_RIGHT -> onward(input, List.of(SIDE_RIGHT, BACK_RIGHT, FRONT_RIGHT));
            case BACK_CENTER, TOP_BACK_CENTER, TOP_CENTER -> middle(input);
            case LOW_FREQUENCY, DISCRETE -> {}
        }
    }

    /// To the first of these places that there is, else to mono.
    private void onward(int input, List<Channel> places) {
        for (Channel place : places) {
            boolean moved = place != FRONT_LEFT
                    && place != FRONT_RIGHT
                    && !from.positions().contains(place);
            if (feed(input, moved ? 1 : MINUS_3_DB, place)) {
                return;
            }
        }
        feed(input, MINUS_6_DB, FRONT_CENTER);
    }

    private void middle(int input) {
        boolean fed = feed(input, MINUS_3_DB, BACK_LEFT, BACK_RIGHT)
                || feed(input, MINUS_3_DB, SIDE_LEFT, SIDE_RIGHT)
                || feed(input, MINUS_6_DB, FRONT_LEFT, FRONT_RIGHT)
                || feed(input, MINUS_6_DB, FRONT_CENTER);
        assert fed || !to.positions().contains(FRONT_CENTER);
    }

    /// Whether the target has all of these places; then they are fed.
    private boolean feed(int input, float gain, Channel... places) {
        if (!to.positions().containsAll(List.of(places))) {
            return false;
        }
        for (Channel place : places) {
            gains[to.positions().indexOf(place)][input] = gain;
        }
        return true;
    }

    private void keepWithinFullScale() {
        float most = 1;
        for (float[] row : gains) {
            float sum = 0;
            for (float gain : row) {
                sum += gain;
            }
            most = Math.max(most, sum);
        }
        for (float[] row : gains) {
            for (int c = 0; c < row.length; c++) {
                row[c] /= most;
            }
        }
    }

    public ChannelLayout from() {
        return from;
    }

    public ChannelLayout to() {
        return to;
    }

    /// What an input contributes to an output, 0 to 1.
    public float gain(int output, int input) {
        return gains[output][input];
    }

    /// Whether channels are only reordered, repeated or given silent company: each input arrives somewhere, and no
    /// output is a sum or scaled.
    public boolean isExact() {
        boolean[] arrived = new boolean[from.channels()];
        for (float[] row : gains) {
            int sources = 0;
            for (int c = 0; c < row.length; c++) {
                sources += row[c] == 0 ? 0 : 1;
                arrived[c] |= row[c] == 1;
                if (row[c] != 0 && row[c] != 1) {
                    return false;
                }
            }
            if (sources > 1) {
                return false;
            }
        }
        for (boolean one : arrived) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /// Makes the output planes; they are not those of the input. `[audio-thread]`
    ///
    /// @param first the index of the first frame in all planes
    public void apply(float[][] in, float[][] out, int first, int frames) {
        for (int o = 0; o < gains.length; o++) {
            float[] row = gains[o];
            Arrays.fill(out[o], first, first + frames, 0);
            for (int i = 0; i < row.length; i++) {
                if (row[i] == 1) {
                    Mixing.add(in[i], out[o], first, frames);
                } else if (row[i] != 0) {
                    Mixing.add(in[i], out[o], first, frames, row[i]);
                }
            }
        }
    }

    /// For example `5.1 → stereo`.
    @Override
    public String toString() {
        return from + " → " + to;
    }
}
