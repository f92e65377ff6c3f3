package dev.nightjar.codec.vorbis;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/*
 * Reads the setup header (Vorbis I specification, section 4.2.4) before jorbis does, which trusts it: it takes memory for what a few bytes
 * announce, does not end for some of them, and decodes three lawful things wrongly. These are refused: modes whose number is not that of
 * their block size (it takes the one for the other), floors that end below the block, and residues that end above it.
 */
final class SetupParser {
    /// The most numbers that tables may take, 16 MiB. libvorbis makes do with 200,000 of them.
    private static final long MAX_TABLES = 4 << 20;

    /// Numbers that jorbis keeps for an entry beside its values.
    private static final int PER_ENTRY = 8;

    private static final int MAX_POSTS = 65;

    private final VorbisInfo info;
    private final BitReader in;
    private final List<Codebook> books = new ArrayList<>();
    private final List<Integer> floorRanges = new ArrayList<>();
    private final List<Residue> residues = new ArrayList<>();
    private final List<List<Submap>> mappings = new ArrayList<>();
    private final List<Integer> channelLists = new ArrayList<>();
    private long tables;

    private record Residue(int type, long begin, long end, long partition, int classes, Codebook classBook) {
        /// The vectors of classes that a codeword stands for.
        long words() {
            return Math.round(Math.pow(classes, classBook.dimensions()));
        }

        /// Whether all partitions are within so many samples.
        boolean fits(long samples) {
            return (Math.min(end, samples) - begin) / partition == (end - begin) / partition;
        }
    }

    private record Submap(int channels, int floorRange, Residue residue) {}

    /// @param in behind the name of the packet
    SetupParser(VorbisInfo info, BitReader in) {
        this.info = info;
        this.in = in;
    }

    /// Reads all of it.
    ///
    /// @throws MediaException
    ///     - `CORRUPT` when it breaks the rules
    ///     - `UNSUPPORTED` when jorbis would not decode it, or decode it wrongly
    VorbisSetup parse() throws MediaException {
        for (int left = in.bits(8) + 1; left > 0; left--) {
            Codebook book = Codebook.parse(in, MAX_TABLES);
            take((long) book.entries() * (PER_ENTRY + (book.hasValues() ? book.dimensions() : 0)));
            books.add(book);
        }
        for (int left = in.bits(6) + 1; left > 0; left--) {
            check(in.bits(16) == 0, "time domain transform");
        }
        for (int left = in.bits(6) + 1; left > 0; left--) {
            floor();
        }
        for (int left = in.bits(6) + 1; left > 0; left--) {
            residue();
        }
        for (int left = in.bits(6) + 1; left > 0; left--) {
            mapping();
        }
        boolean[] isLong = new boolean[in.bits(6) + 1];
        for (int i = 0; i < isLong.length; i++) {
            isLong[i] = in.flag();
            check(in.read(32) == 0, "window or transform");
            mode(i, isLong[i], mappings.get(index(8, mappings.size())));
        }
        check(in.flag(), "end");
        return new VorbisSetup(new VorbisModes(info, isLong), channelLists);
    }

    private void floor() throws MediaException {
        int type = in.bits(16);
        if (type == 0) {
            throw unsupported("floor 0, which encoders gave up before version 1.0");
        }
        check(type == 1, "floor type");
        int[] classes = new int[in.bits(5)];
        int highest = -1;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = in.bits(4);
            highest = Math.max(highest, classes[i]);
        }
        int[] dimensions = new int[highest + 1];
        for (int i = 0; i <= highest; i++) {
            dimensions[i] = in.bits(3) + 1;
            int subclasses = in.bits(2);
            if (subclasses > 0) {
                index(8, books.size());
            }
            for (int k = 0; k < 1 << subclasses; k++) {
                check(in.bits(8) - 1 < books.size(), "floor");
            }
        }
        in.skip(2);
        int rangeBits = in.bits(4);
        BitSet posts = new BitSet();
        posts.set(0);
        posts.set(1 << rangeBits);
        for (int each : classes) {
            for (int i = 0; i < dimensions[each]; i++) {
                int post = in.bits(rangeBits);
                check(!posts.get(post), "floor");
                posts.set(post);
            }
        }
        check(posts.cardinality() <= MAX_POSTS, "floor");
        floorRanges.add(1 << rangeBits);
    }

    private void residue() throws MediaException {
        int type = in.bits(16);
        check(type <= 2, "residue type");
        long begin = in.read(24);
        long end = in.read(24);
        long partition = in.read(24) + 1;
        int[] cascades = new int[in.bits(6) + 1];
        Codebook classBook = books.get(index(8, books.size()));
        for (int i = 0; i < cascades.length; i++) {
            cascades[i] = in.bits(3);
            cascades[i] |= in.flag() ? in.bits(5) << 3 : 0;
        }
        for (int cascade : cascades) {
            for (int stages = Integer.bitCount(cascade); stages > 0; stages--) {
                check(books.get(index(8, books.size())).hasValues(), "residue");
            }
        }
        Residue residue = new Residue(type, begin, end, partition, cascades.length, classBook);
        check(begin <= end && residue.words() <= classBook.entries(), "residue");
        residues.add(residue);
    }

    private void mapping() throws MediaException {
        check(in.bits(16) == 0, "mapping type");
        int[] channels = new int[in.flag() ? in.bits(4) + 1 : 1];
        if (in.flag()) {
            int bits = Integer.SIZE - Integer.numberOfLeadingZeros(info.channels() - 1);
            for (int left = in.bits(8) + 1; left > 0; left--) {
                int magnitude = index(bits, info.channels());
                int angle = index(bits, info.channels());
                check(magnitude != angle, "coupling");
            }
        }
        check(in.bits(2) == 0, "mapping");
        for (int i = 0; i < info.channels(); i++) {
            channels[channels.length == 1 ? 0 : index(4, channels.length)]++;
        }
        if (channels.length > 1) {
            channelLists.add(in.position());
        }
        List<Submap> submaps = new ArrayList<>();
        for (int count : channels) {
            in.skip(8);
            int range = floorRanges.get(index(8, floorRanges.size()));
            submaps.add(new Submap(count, range, residues.get(index(8, residues.size()))));
        }
        mappings.add(submaps);
    }

    private void mode(int number, boolean isLong, List<Submap> submaps) throws MediaException {
        if (number > 1 || info.block(number == 1) != info.block(isLong)) {
            throw unsupported("modes in an unusual order");
        }
        int half = info.block(isLong) / 2;
        for (Submap submap : submaps) {
            Residue residue = submap.residue;
            int interleaved = residue.type == 2 ? submap.channels : 1;
            if (submap.channels > 0 && !residue.fits((long) half * interleaved)) {
                throw unsupported("a residue that is longer than its block");
            }
            if (residue.end > (long) submap.floorRange * interleaved && submap.floorRange < half) {
                throw unsupported("a floor that is shorter than its block");
            }
            take(residue.words() * (residue.classBook.dimensions() + PER_ENTRY));
        }
    }

    private int index(int bits, int size) throws MediaException {
        int index = in.bits(bits);
        check(index < size, "reference");
        return index;
    }

    private void take(long numbers) throws MediaException {
        tables += numbers;
        if (tables > MAX_TABLES) {
            throw unsupported("codebooks of more than " + MAX_TABLES + " numbers");
        }
    }

    private static void check(boolean right, String what) throws MediaException {
        if (!right) {
            throw new MediaException(Kind.CORRUPT, "the setup header of the Vorbis stream has a wrong " + what);
        }
    }

    private static MediaException unsupported(String what) {
        return new MediaException(Kind.UNSUPPORTED, "Vorbis with " + what + " is not decoded");
    }
}
