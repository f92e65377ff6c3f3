package dev.nightjar.codec.vorbis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Setup headers of a few bytes that would keep jorbis busy for ever, or fill the memory.
class SetupParserTest {
    private static final int SYNC = 0x564342;
    private static final VorbisInfo INFO = new VorbisInfo(2, 44_100, 0, 256, 2048);

    /// Puts numbers one behind the other, the lowest bit first.
    private static final class Bits {
        private final BitSet bits = new BitSet();
        private int length;

        Bits put(long value, int count) {
            for (int i = 0; i < count; i++) {
                bits.set(length++, (value >> i & 1) != 0);
            }
            return this;
        }

        /// One codebook, ordered by length: all entries have one length.
        Bits ordered(int dimensions, int entries, int codewordLength) {
            put(SYNC, 24).put(dimensions, 16).put(entries, 24).put(1, 1).put(codewordLength - 1, 5);
            return put(entries, Integer.SIZE - Integer.numberOfLeadingZeros(entries));
        }

        BitReader read() {
            byte[] bytes = new byte[(length + 7) / 8 + 64];
            byte[] set = bits.toByteArray();
            System.arraycopy(set, 0, bytes, 0, set.length);
            return new BitReader(bytes, 0);
        }
    }

    private static void assertRefused(Bits header, Kind kind, String words) {
        ThrowingCallable parse = () -> new SetupParser(INFO, header.read()).parse();
        assertThatThrownBy(parse)
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }

    @Test
    void refusesACodebookWithoutDimensions() {
        assertRefused(new Bits().put(0, 8).ordered(0, 4, 2), Kind.CORRUPT, "0 dimensions");
    }

    @Test
    void refusesMillionsOfEntriesInAFewBytes() {
        assertRefused(new Bits().put(0, 8).ordered(1, 1 << 23, 23), Kind.UNSUPPORTED, "too large");
        Bits many = new Bits().put(255, 8);
        for (int i = 0; i < 16; i++) {
            many.ordered(1, 1 << 18, 18).put(0, 4);
        }
        assertRefused(many, Kind.UNSUPPORTED, "codebooks of more than");
    }

    @Test
    void refusesALatticeWhosePowersOverflow() {
        Bits lattice = new Bits()
                .put(0, 8)
                .ordered(40, 16, 4)
                .put(1, 4)
                .put(0, 32)
                .put(0, 32)
                .put(3, 4)
                .put(0, 1);
        assertRefused(lattice, Kind.UNSUPPORTED, "40 dimensions");
    }

    @Test
    void refusesCodewordsThatMakeNoTree() {
        assertRefused(new Bits().put(0, 8).ordered(1, 8, 2), Kind.CORRUPT, "no tree");
        assertRefused(new Bits().put(0, 8).ordered(1, 8, 4), Kind.CORRUPT, "no tree");
    }

    @Test
    void refusesToGoOnBehindTheEnd() {
        assertRefused(new Bits().put(0, 8).ordered(1, 4, 2).put(0, 4).put(63, 6), Kind.CORRUPT, "cut off");
    }

    @Test
    void refusesFloorZeroByItsName() {
        Bits header = new Bits()
                .put(0, 8)
                .ordered(1, 4, 2)
                .put(0, 4)
                .put(0, 6)
                .put(0, 16)
                .put(0, 6)
                .put(0, 16);
        assertRefused(header, Kind.UNSUPPORTED, "floor 0");
    }

    @Test
    void refusesClassesThatGoBeyondTheirCodebook() {
        Bits header = new Bits().put(0, 8).ordered(8, 4, 2).put(0, 4).put(0, 6).put(0, 16);
        header.put(0, 6).put(1, 16).put(0, 5).put(0, 2).put(10, 4);
        header.put(0, 6)
                .put(2, 16)
                .put(0, 24)
                .put(64, 24)
                .put(31, 24)
                .put(63, 6)
                .put(0, 8)
                .put(0, 64 * 4);
        assertRefused(header, Kind.CORRUPT, "residue");
    }

    @Test
    void widensTheListsOfChannelsAndNothingElse() {
        VorbisSetup setup = new VorbisSetup(new VorbisModes(INFO, new boolean[1]), List.of(12));
        assertThat(setup.widened(new byte[] {(byte) 0xFF, (byte) 0xFF}, 1))
                .startsWith((byte) 0xFF, (byte) 0x0F, (byte) 0x0F);
    }
}
