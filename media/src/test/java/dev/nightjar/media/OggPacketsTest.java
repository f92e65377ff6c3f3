package dev.nightjar.media;

import static dev.nightjar.media.OggWriter.CONTINUED;
import static dev.nightjar.media.OggWriter.FIRST;
import static dev.nightjar.media.OggWriter.LAST;
import static dev.nightjar.media.OggWriter.join;
import static dev.nightjar.media.OggWriter.page;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OggPacketsTest {
    private static final String LONG = "x".repeat(700);

    @Test
    void givesThePacketsOfAStreamWithTheGranulePositionOnTheLastOfAPage() throws IOException {
        byte[] two = page(0, 20, 7, 1, new byte[] {3, 4}, "oneagai".getBytes(StandardCharsets.US_ASCII));
        byte[] stream = join(page(FIRST, 0, 7, 0, "mine"), two, page(LAST, 30, 7, 2, LONG));

        List<OggPacket> packets = packetsOf(stream);

        assertThat(packets).extracting(OggPacketsTest::text).containsExactly("mine", "one", "agai", LONG);
        assertThat(packets).extracting(OggPacket::granulePosition).containsExactly(0L, -1L, 20L, 30L);
        assertThat(packets).extracting(OggPacket::first).containsExactly(true, false, false, false);
        assertThat(packets).extracting(OggPacket::last).containsExactly(false, false, false, true);
        assertThat(packets).noneMatch(OggPacket::afterGap);
    }

    @Test
    void putsAPacketTogetherThatGoesOverSeveralPages() throws IOException {
        byte[] part = "y".repeat(255).getBytes(StandardCharsets.US_ASCII);
        byte[] full = {(byte) 255};
        byte[] stream = join(
                page(FIRST, 0, 7, 0, "mine"),
                page(0, -1, 7, 1, full, part),
                page(CONTINUED, -1, 7, 2, full, part),
                page(CONTINUED, 9, 7, 3, new byte[] {0}, new byte[0]),
                page(0, 10, 7, 4, "next"));

        assertThat(packetsOf(stream)).extracting(OggPacketsTest::text).containsExactly("mine", "y".repeat(510), "next");
    }

    @Test
    void leavesOutAPacketWithALostPartAndSaysSo() throws IOException {
        byte[] part = "y".repeat(255).getBytes(StandardCharsets.US_ASCII);
        byte[] stream = join(
                page(FIRST, 0, 7, 0, "mine"),
                page(0, -1, 7, 1, new byte[] {(byte) 255}, part),
                page(CONTINUED, 9, 7, 3, "end of it"),
                page(0, 10, 7, 4, "next"));

        List<OggPacket> packets = packetsOf(stream);

        assertThat(packets).extracting(OggPacketsTest::text).containsExactly("mine", "next");
        assertThat(packets.get(1).afterGap()).isTrue();
    }

    @Test
    void readsPastDamagedPagesAndCountsTheBytes() throws IOException {
        byte[] damaged = page(0, 5, 7, 1, "lost");
        damaged[damaged.length - 1] ^= 1;
        byte[] stream = join(
                "noise OggS".getBytes(StandardCharsets.US_ASCII),
                page(FIRST, 0, 7, 0, "mine"),
                damaged,
                page(LAST, 10, 7, 2, "next"),
                new byte[99]);
        OggPages pages = new OggPages(new StreamMediaInput(new ByteArrayInputStream(stream)));
        OggPackets packets = new OggPackets(pages, OggPacketsTest::isMine);

        assertThat(text(packets.next())).isEqualTo("mine");
        OggPacket next = packets.next();
        assertThat(text(next)).isEqualTo("next");
        assertThat(next.afterGap()).isTrue();
        assertThat(packets.next()).isNull();
        assertThat(pages.skippedBytes()).isEqualTo(10 + damaged.length + 99);
    }

    @Test
    void followsItsOwnStreamAmongOthersAndThroughAChain() throws IOException {
        byte[] stream = join(
                page(FIRST, 0, 1, 0, "theirs"),
                page(FIRST, 0, 2, 0, "mine 1"),
                page(0, 5, 1, 1, "not this"),
                page(0, 5, 2, 1, "this"),
                page(FIRST, 0, 3, 0, "mine 2"),
                page(0, 5, 2, 2, "of the stream that ended without saying so"),
                page(LAST, 5, 3, 1, "and this"),
                page(FIRST | LAST, 0, 4, 0, "mine 3"));

        List<OggPacket> packets = packetsOf(stream);

        assertThat(packets)
                .extracting(OggPacketsTest::text)
                .containsExactly("mine 1", "this", "mine 2", "and this", "mine 3");
        assertThat(packets).extracting(OggPacket::first).containsExactly(true, false, true, false, true);
        assertThat(packets).extracting(OggPacket::serial).containsExactly(2, 2, 3, 3, 4);
    }

    @Test
    void findsTheLastPageAndThePageBehindAnyGranulePosition() throws IOException {
        byte[] body = new byte[200];
        byte[][] parts = new byte[3000][];
        for (int i = 0; i < parts.length; i++) {
            int flags = i == 0 ? FIRST : i == parts.length - 1 ? LAST : 0;
            parts[i] = page(flags, i * 10L, 7, i, new byte[] {(byte) 200}, body);
        }
        byte[] stream = join(parts);
        OggPages pages = new OggPages(new ArrayInput(stream));

        assertThat(pages.last())
                .isNotNull()
                .extracting(OggPage::granulePosition)
                .isEqualTo(29_990L);
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            long granule = random.nextInt(30_100);
            long expected = Math.min(granule / 10 * 10, 29_990);
            assertThat(pages.seekBehind(granule, 7, 0, stream.length)).isEqualTo(expected);
            OggPage behind = pages.next();
            if (expected == 29_990) {
                assertThat(behind).isNull();
            } else {
                assertThat(behind)
                        .isNotNull()
                        .extracting(OggPage::granulePosition)
                        .isEqualTo(expected + 10);
            }
        }
    }

    @Test
    void survivesEveryTruncationAndEveryFlippedBit() throws IOException {
        byte[] stream = join(page(FIRST, 0, 7, 0, "mine"), page(0, 5, 7, 1, LONG), page(LAST, 9, 7, 2, "end"));
        List<String> whole =
                packetsOf(stream).stream().map(OggPacketsTest::text).toList();
        for (int length = 0; length < stream.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(stream, length);
            assertThat(whole)
                    .containsAll(
                            packetsOf(cut).stream().map(OggPacketsTest::text).toList());
        }
        for (int bit = 0; bit < stream.length * 8; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<String> packets =
                    packetsOf(flipped).stream().map(OggPacketsTest::text).toList();
            assertThat(packets).hasSizeLessThan(whole.size());
            assertThat(whole).containsAll(packets);
        }
    }

    private static List<OggPacket> packetsOf(byte[] stream) throws IOException {
        OggPackets packets = new OggPackets(
                new OggPages(new StreamMediaInput(new ByteArrayInputStream(stream))), OggPacketsTest::isMine);
        List<OggPacket> all = new ArrayList<>();
        for (OggPacket packet = packets.next(); packet != null; packet = packets.next()) {
            all.add(packet);
        }
        return all;
    }

    private static boolean isMine(byte[] packet) {
        return new String(packet, StandardCharsets.US_ASCII).startsWith("mine");
    }

    private static String text(OggPacket packet) {
        return new String(packet.data(), StandardCharsets.US_ASCII);
    }
}
