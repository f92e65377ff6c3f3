package dev.nightjar.media;

import static dev.nightjar.media.OggWriter.CONTINUED;
import static dev.nightjar.media.OggWriter.FIRST;
import static dev.nightjar.media.OggWriter.LAST;
import static dev.nightjar.media.OggWriter.join;
import static dev.nightjar.media.OggWriter.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// With a codec whose packets say in letters what they are: `3x` has three frames of the value `x`, `!` is broken.
class OggFormatTest {
    private static final int SERIAL = 7;

    private static final class Letters extends OggFormat {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public List<String> extensions() {
            return List.of();
        }

        @Override
        protected boolean isFirst(byte[] packet) {
            return packet.length > 0 && packet[0] == '#';
        }

        @Override
        protected int headers() {
            return 1;
        }

        @Override
        protected OggDecoder decoder(List<byte[]> headers) {
            return new Decoder();
        }
    }

    private static final class Decoder implements OggDecoder {
        @Override
        public StreamFormat format() {
            return StreamFormat.of(1000, ChannelLayout.MONO, SampleFormat.F32);
        }

        @Override
        public String codec() {
            return "letters";
        }

        @Override
        public VorbisComment comment() {
            return VorbisComment.parse(new byte[8], 0, 8);
        }

        @Override
        public int preSkip() {
            return 0;
        }

        @Override
        public int preRoll() {
            return 1;
        }

        @Override
        public int maxFrames() {
            return 9;
        }

        @Override
        public int frames(byte @Nullable [] previous, byte[] packet) {
            return packet[0] == '!' ? packet[1] - '0' : packet[0] - '0';
        }

        @Override
        public int decode(byte[] packet, float[] into) throws MediaException {
            if (packet[0] == '!') {
                throw new MediaException(MediaException.Kind.CORRUPT, "it is broken");
            }
            Arrays.fill(into, packet[1]);
            return packet[0] - '0';
        }

        @Override
        public void restart() {}
    }

    private static byte[] packets(int flags, long granule, int sequence, String... packets) {
        byte[] lacing = new byte[packets.length];
        for (int i = 0; i < packets.length; i++) {
            lacing[i] = (byte) packets[i].length();
        }
        byte[] body = String.join("", packets).getBytes(StandardCharsets.US_ASCII);
        return page(flags, granule, SERIAL, sequence, lacing, body);
    }

    private static byte[] head() {
        return packets(FIRST, 0, 0, "#");
    }

    private static MediaReader open(byte[]... pages) throws IOException {
        return new Letters().open(new ArrayInput(join(pages)));
    }

    /// The frames as letters, with `?` for each failure.
    private static String read(MediaReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] frame = new byte[4];
        while (true) {
            try {
                if (reader.read(frame, 0, 1) < 0) {
                    return text.toString();
                }
                text.append((char)
                        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getFloat());
            } catch (MediaException e) {
                text.append('?');
            }
        }
    }

    @Test
    void cutsTheEndAlsoByMoreThanThePacketThatStandsThere() throws IOException {
        MediaReader reader = open(head(), packets(0, 5, 1, "5a"), packets(LAST, 7, 2, "4b", "3c", "2d"));
        assertThat(reader.info().frames()).isEqualTo(7);
        assertThat(read(reader)).isEqualTo("aaaaabb");
    }

    @Test
    void takesAShortOnlyPageForOneThatCutsTheEnd() throws IOException {
        assertThat(read(open(head(), packets(LAST, 4, 1, "3a", "3b")))).isEqualTo("aaab");
    }

    @Test
    void cutsTheBeginningIfTheFirstPageIsShortAndOthersFollow() throws IOException {
        MediaReader reader = open(head(), packets(0, 4, 1, "3a", "3b"), packets(LAST, 6, 2, "2c"));
        assertThat(reader.info().frames()).isEqualTo(6);
        assertThat(read(reader)).isEqualTo("abbbcc");
    }

    @Test
    void countsFramesFromWhereTheStreamBegins() throws IOException {
        MediaReader reader = open(head(), packets(0, 1_000_006, 1, "3a", "3b"), packets(LAST, 1_000_008, 2, "2c"));
        assertThat(reader.info().frames()).isEqualTo(8);
        assertThat(reader.position()).isZero();
        reader.seek(5);
        assertThat(read(reader)).isEqualTo("bcc");
    }

    @Test
    void leapsByWhatALostPageHad() throws IOException {
        MediaReader reader =
                open(head(), packets(0, 3, 1, "3a"), packets(0, 12, 3, "2c", "1d"), packets(LAST, 14, 4, "2e"));
        byte[] frames = new byte[12];
        assertThat(reader.read(frames, 0, 3)).isEqualTo(3);
        assertThatThrownBy(() -> reader.read(frames, 0, 3))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("missing or damaged");
        assertThat(reader.read(frames, 0, 1)).isEqualTo(1);
        assertThat(reader.position()).isEqualTo(10);
        assertThat(read(reader)).isEqualTo("cdee");
        assertThat(reader.position()).isEqualTo(14);
    }

    @Test
    void leapsByAPacketThatTheDecoderRefuses() throws IOException {
        MediaReader reader = open(head(), packets(0, 8, 1, "3a", "!4", "1c"), packets(LAST, 10, 2, "2d"));
        assertThat(read(reader)).isEqualTo("aaa?cdd");
        assertThat(reader.position()).isEqualTo(10);
    }

    /// So many that the search bisects.
    @Test
    void seeksAmongPacketsThatAllGoOverTwoPages() throws IOException {
        int count = 900;
        List<byte[]> pages = new ArrayList<>(List.of(head()));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < count; i++) {
            char letter = (char) ('A' + i % 26);
            expected.repeat(letter, 4);
            byte[] lacing = i == 0 ? new byte[] {(byte) 255} : new byte[] {1, (byte) 255};
            byte[] body = ((i == 0 ? "" : "x") + "4" + letter + "x".repeat(253)).getBytes(StandardCharsets.US_ASCII);
            pages.add(page(i == 0 ? 0 : CONTINUED, i == 0 ? -1 : i * 4L, SERIAL, i + 1, lacing, body));
        }
        pages.add(page(CONTINUED | LAST, count * 4L, SERIAL, count + 1, new byte[] {1}, new byte[] {'x'}));
        MediaReader reader = open(pages.toArray(byte[][]::new));
        assertThat(read(reader)).isEqualTo(expected.toString());
        for (int frame = 0; frame < expected.length(); frame += 37) {
            reader.seek(frame);
            byte[] got = new byte[4];
            assertThat(reader.read(got, 0, 1)).isEqualTo(1);
            assertThat(ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN).getFloat())
                    .as("frame %d", frame)
                    .isEqualTo(expected.charAt(frame));
            assertThat(reader.position()).isEqualTo(frame + 1);
        }
    }

    @Test
    void saysOnceThatThereIsNoLastPage() throws IOException {
        MediaReader reader = open(head(), packets(0, 3, 1, "3a"), packets(0, 5, 2, "2b"));
        assertThat(reader.info().frames()).isEqualTo(5);
        assertThat(read(reader)).isEqualTo("aaabb?");
        assertThat(read(reader)).isEmpty();
    }

    @Test
    void endsAStreamWhoseLastPageIsEmpty() throws IOException {
        byte[] empty = page(LAST, 5, SERIAL, 3, new byte[0], new byte[0]);
        assertThat(read(open(head(), packets(0, 3, 1, "3a"), packets(0, 5, 2, "2b"), empty)))
                .isEqualTo("aaabb");
    }

    @Test
    void knowsItsStreamBesideOthers() throws IOException {
        byte[] video = page(FIRST, 0, 3, 0, "video");
        byte[] videoData = page(LAST, 99, 3, 1, "moving picture");
        byte[] file = join(video, head(), packets(0, 3, 1, "3a"), videoData, packets(LAST, 5, 2, "2b"));
        assertThat(new Letters().matches(file)).isEqualTo(80);
        assertThat(new Letters().matches(join(head(), video))).isEqualTo(100);
        assertThat(new Letters().matches(join(video, videoData))).isZero();
        assertThat(read(new Letters().open(new ArrayInput(file)))).isEqualTo("aaabb");
        assertThat(read(new Letters().open(new StreamMediaInput(new ByteArrayInputStream(file)))))
                .isEqualTo("aaabb");
    }

    @Test
    void findsItsWayThroughPositionsThatCannotBe() throws IOException {
        MediaReader reader = open(
                head(),
                packets(0, Long.MAX_VALUE, 1, "3a"),
                packets(0, -7, 2, "2b"),
                packets(0, 1L << 60, 4, "1c"),
                packets(LAST, 2, 5, "4d"));
        read(reader);
        for (long frame : new long[] {0, 4, 1L << 59, Long.MAX_VALUE}) {
            reader.seek(frame);
            read(reader);
        }
        assertThat(reader.canSeek()).isTrue();
    }
}
