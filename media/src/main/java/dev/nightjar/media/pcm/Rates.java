package dev.nightjar.media.pcm;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.util.List;

/// The rate of a file as a stream can have it.
final class Rates {
    private Rates() {}

    /// @param where what says so, for the message
    /// @throws MediaException `CORRUPT` below 1, `UNSUPPORTED` beyond [StreamFormat#MAX_RATE]
    static int of(long rate, String where) throws MediaException {
        if (rate < 1 || rate > StreamFormat.MAX_RATE) {
            throw new MediaException(
                    rate < 1 ? Kind.CORRUPT : Kind.UNSUPPORTED, where + " says " + rate + " frames a second");
        }
        return (int) rate;
    }

    /// The nearest whole rate; that it is not the rate itself is noted.
    static int of(double rate, String where, List<String> notes) throws MediaException {
        if (!(rate > -0x1p53 && rate < 0x1p53)) {
            throw new MediaException(Kind.CORRUPT, where + " says " + rate + " frames a second");
        }
        long whole = Math.round(rate);
        if (whole != rate && whole > 0) {
            notes.add("the rate of " + rate + " frames a second is taken as " + whole);
        }
        return of(whole, where);
    }
}
