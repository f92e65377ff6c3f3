package dev.nightjar.codec.vorbis;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;

/// What can be said of a codebook without decoding it (Vorbis I specification, section 3.2.1).
///
/// @param hasValues whether its entries stand for vectors, not just for numbers
record Codebook(int dimensions, int entries, boolean hasValues) {
    private static final int SYNC = 0x564342;
    private static final int MAX_LENGTH = 32;

    /// @param mostEntries more are refused, whatever they would be
    static Codebook parse(BitReader in, long mostEntries) throws MediaException {
        if (in.bits(24) != SYNC) {
            throw corrupt("does not begin like one");
        }
        int dimensions = in.bits(16);
        int entries = in.bits(24);
        if (dimensions == 0 || entries == 0) {
            throw corrupt("has " + dimensions + " dimensions and " + entries + " entries");
        }
        if ((long) entries * dimensions > mostEntries) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "a Vorbis codebook of " + entries + " entries with " + dimensions + " dimensions is too large");
        }
        checkLengths(in, entries);
        int lookup = in.bits(4);
        if (lookup > 2) {
            throw corrupt("has lookup type " + lookup);
        }
        if (lookup > 0) {
            in.skip(64);
            int bits = in.bits(4) + 1;
            in.skip(1);
            in.skip((long) bits * (lookup == 1 ? lattice(entries, dimensions) : (long) entries * dimensions));
        }
        return new Codebook(dimensions, entries, lookup > 0);
    }

    /// Reads the lengths of the codewords, which have to fill a binary tree; a single one has 1 bit.
    private static void checkLengths(BitReader in, int entries) throws MediaException {
        long used = 0;
        long filled = 0;
        if (in.flag()) {
            int length = in.bits(5) + 1;
            while (used < entries) {
                int left = (int) (entries - used);
                int count = in.bits(Integer.SIZE - Integer.numberOfLeadingZeros(left));
                if (count > left || length > MAX_LENGTH) {
                    throw corrupt("has wrong codeword lengths");
                }
                used += count;
                filled += (long) count << (MAX_LENGTH - length);
                length++;
            }
        } else {
            boolean sparse = in.flag();
            for (int i = 0; i < entries; i++) {
                if (!sparse || in.flag()) {
                    used++;
                    filled += 1L << (MAX_LENGTH - 1 - in.bits(5));
                }
            }
        }
        long whole = 1L << MAX_LENGTH;
        if (filled != (used == 1 ? whole / 2 : whole)) {
            throw corrupt("has codewords that make no tree");
        }
    }

    /// The largest number whose power of `dimensions` is not more than `entries`. jorbis seeks it with 32
    /// bit, and does not end if the power above overflows them.
    private static long lattice(int entries, int dimensions) throws MediaException {
        long values = 0;
        while (power(values + 1, dimensions) <= entries) {
            values++;
        }
        if (power(values + 1, dimensions) > Integer.MAX_VALUE) {
            throw new MediaException(
                    Kind.UNSUPPORTED, "a Vorbis codebook on a lattice of " + dimensions + " dimensions is not decoded");
        }
        return values;
    }

    /// Beyond 32 bit, any number that is.
    private static long power(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent && power <= Integer.MAX_VALUE; i++) {
            power *= base;
        }
        return power;
    }

    private static MediaException corrupt(String what) {
        return new MediaException(Kind.CORRUPT, "a codebook of the Vorbis stream " + what);
    }
}
