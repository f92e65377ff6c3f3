package dev.nightjar.player;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The containers that hold the frames of a file without loss. Pure.
final class ContainerLadder {
    private ContainerLadder() {}

    /// The formats to try, the file's own first, then those nearest to it: smaller before larger, integers before
    /// floats, native byte order before the other. DSD in larger words has fewer frames a second.
    static List<StreamFormat> of(StreamFormat file) {
        SampleFormat own = file.sample();
        Comparator<SampleFormat> nearest = Comparator.comparing((SampleFormat f) -> f != own)
                .thenComparing(SampleFormat::isFloat)
                .thenComparingInt(SampleFormat::bytes)
                .thenComparing(f -> f.order() == ByteOrder.BIG_ENDIAN)
                .thenComparing(f -> f.alignment() == SampleFormat.Alignment.LOW);
        return Stream.of(SampleFormat.values())
                .filter(container -> holds(container, file))
                .sorted(nearest)
                .map(container -> in(container, file))
                .toList();
    }

    private static boolean holds(SampleFormat container, StreamFormat file) {
        SampleFormat own = file.sample();
        if (own.isDsd()) {
            return container.isDsd() && (long) file.rate() * own.bytes() % container.bytes() == 0;
        } else if (!own.isPcm()) {
            return !container.isPcm() && !container.isDsd();
        } else if (own.isFloat()) {
            return container.isFloat() && container.bytes() >= own.bytes();
        }
        return container.isPcm() && file.validBits() <= container.maxValidBits();
    }

    private static StreamFormat in(SampleFormat container, StreamFormat file) {
        StreamFormat whole = file.withSample(container);
        if (container.isDsd()) {
            return whole.withRate((int) ((long) file.rate() * file.sample().bytes() / container.bytes()));
        }
        return container.isInteger() ? whole.withValidBits(file.validBits()) : whole;
    }
}
