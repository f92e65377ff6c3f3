package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nightjar.dsp.Channel;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What stands before and behind the frames: tags, layouts, pictures, and lengths that lie.
class FlacMetadataTest {
    private static final int RATE = 44_100;

    private static FlacStream stream(int channels) {
        return FlacStream.of(RATE, 16, 192, Signal.music(channels, 16, 1000));
    }

    static byte[] comment(String... fields) {
        BitWriter out = new BitWriter().bytes(string("a test")).bytes(number(fields.length));
        for (String field : fields) {
            out.bytes(string(field));
        }
        return out.toBytes();
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new BitWriter().bytes(number(bytes.length)).bytes(bytes).toBytes();
    }

    private static byte[] number(int value) {
        return new BitWriter().bits(Integer.reverseBytes(value), 32).toBytes();
    }

    @Test
    void givesAllTagsInTheirOrderWithTheirNamesInUpperCase() throws Exception {
        FlacStream stream = stream(2)
                .block(
                        4,
                        comment(
                                "title=Ein Lied",
                                "ARTIST=A",
                                "Artist=B",
                                "REPLAYGAIN_TRACK_GAIN=-7.03 dB",
                                "EMPTY=",
                                "x=a=b"));
        stream.block(4, comment("ARTIST=Ç"));
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            assertThat(reader.info().tags())
                    .containsEntry("TITLE", List.of("Ein Lied"))
                    .containsEntry("ARTIST", List.of("A", "B", "Ç"))
                    .containsEntry("REPLAYGAIN_TRACK_GAIN", List.of("-7.03 dB"))
                    .containsEntry("EMPTY", List.of(""))
                    .containsEntry("X", List.of("a=b"));
            assertThat(reader.info().tags().keySet().iterator().next()).isEqualTo("TITLE");
        }
    }

    @Test
    void givesTheLayoutThatTheMaskTagNames() throws Exception {
        FlacStream back = stream(4).block(4, comment("WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x0107"));
        assertThat(layout(back)).isEqualTo(ChannelLayout.ofMask(0x107, 4)).isNotEqualTo(ChannelLayout.QUAD);
        assertThat(layout(back).positions()).contains(Channel.BACK_CENTER);
        FlacStream none = stream(6).block(4, comment("waveformatextensible_channel_mask=0x0"));
        assertThat(layout(none)).isEqualTo(ChannelLayout.discrete(6));
    }

    @Test
    void givesTheUsualLayoutWhereTheMaskTagIsNonsense() throws Exception {
        for (String mask : new String[] {"0xFFFF", "3F", "0x", "0x123456789", "zz", "-1"}) {
            FlacStream stream = stream(6).block(4, comment("WAVEFORMATEXTENSIBLE_CHANNEL_MASK=" + mask));
            assertThat(layout(stream)).as(mask).isEqualTo(ChannelLayout.SURROUND_5_1);
        }
    }

    private static ChannelLayout layout(FlacStream stream) throws IOException {
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            return reader.info().format().layout();
        }
    }

    @Test
    void readsBehindAnId3v2Tag() throws Exception {
        for (int length : new int[] {0, 300, 200_000}) {
            byte[] tag = new BitWriter()
                    .bytes("ID3".getBytes(StandardCharsets.US_ASCII))
                    .bits(0x0400_00, 24)
                    .bits(length >> 21, 8)
                    .bits(length >> 14 & 0x7f, 8)
                    .bits(length >> 7 & 0x7f, 8)
                    .bits(length & 0x7f, 8)
                    .bytes(new byte[length])
                    .toBytes();
            FlacFiles.Decoded decoded = Reference.assertSame(join(tag, stream(2).bytes()));
            assertThat(decoded.failures()).isEmpty();
        }
    }

    @Test
    void treatsAnId3v1TagAndZerosBehindAsTheReferenceDoes() throws Exception {
        byte[] tag = new byte[128];
        System.arraycopy("TAG".getBytes(StandardCharsets.US_ASCII), 0, tag, 0, 3);
        Reference.assertSame(join(stream(2).bytes(), tag));
        Reference.assertSame(join(stream(2).bytes(), new byte[1]));
        Reference.assertSame(join(stream(2).bytes(), new byte[5000]));
    }

    @Test
    void skipsAPictureWithoutHoldingIt() throws Exception {
        FlacStream stream = stream(2).block(6, new byte[8 << 20]);
        byte[] file = stream.bytes();

        assertThat(allocatedByOpening(file)).isLessThan(1 << 20);
        assertThat(Reference.assertSame(file).failures()).isEmpty();
    }

    @Test
    void allocatesLittleForLengthsThatLie() throws Exception {
        for (int type : new int[] {0, 1, 2, 3, 4, 5, 6, 126}) {
            FlacStream stream = stream(2).block(type, 0xff_ffff, new byte[40]);
            stream.streamInfo = type != 0;
            byte[] file = stream.bytes();
            assertThat(allocatedByOpening(file)).as("type %d", type).isLessThan(1 << 20);
            assertThat(FlacFiles.decode(file).failures())
                    .singleElement()
                    .extracting(MediaException::kind)
                    .isEqualTo(Kind.TRUNCATED);
            Reference.assertSame(file);
        }
        byte[] field = join(number(0), number(-1), number(-1), "TITLE=x".getBytes(StandardCharsets.US_ASCII));
        byte[] vendor = join(number(0x7fff_ffff), new byte[20]);
        for (byte[] body : List.of(field, vendor)) {
            byte[] file = stream(2).block(4, body).bytes();
            assertThat(allocatedByOpening(file)).isLessThan(1 << 20);
            Reference.assertSame(file);
        }
    }

    @Test
    void refusesAStreamInfoThatIsTooShort() throws Exception {
        FlacStream stream = stream(2);
        stream.streamInfo = false;
        stream.block(0, new byte[20]);

        assertThat(Reference.assertSame(stream.bytes()).failures())
                .singleElement()
                .extracting(MediaException::kind)
                .isEqualTo(Kind.CORRUPT);
    }

    @Test
    void takesTheRateOfTheFirstFrameWhereStreamInfoSaysZero() throws Exception {
        FlacStream stream = stream(2);
        stream.rate = 0;

        assertThat(Reference.assertSame(stream.bytes()).failures()).isEmpty();
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            assertThat(reader.info().format().rate()).isEqualTo(RATE);
        }
    }

    @Test
    void refusesFewerThanFourBits() throws Exception {
        FlacStream narrow = stream(2);
        narrow.bits = 3;
        assertThat(Reference.assertSame(narrow.bytes()).failures())
                .singleElement()
                .extracting(MediaException::kind)
                .isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void refusesAnApplicationBlockWithoutAName() throws Exception {
        assertThat(Reference.assertSame(stream(2).block(2, new byte[3]).bytes()).failures())
                .hasSize(1);
        assertThat(Reference.assertSame(stream(2).block(2, new byte[4]).bytes()).failures())
                .isEmpty();
    }

    @Test
    void decodesWithoutAllocatingForEachBlock() throws Exception {
        byte[] file =
                FlacStream.of(RATE, 16, 192, Signal.music(2, 16, 192 * 1000)).bytes();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] piece = new byte[192 * 4];
        try (MediaReader reader = FlacFiles.open(file)) {
            reader.read(piece, 0, 192);
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 900; i++) {
                reader.read(piece, 0, 192);
            }
            // A header of each frame, as a record.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(900 * 400);
        }
    }

    private static long allocatedByOpening(byte[] file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FlacFiles.open(stream(2).bytes()).close();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            FlacFiles.open(file).close();
        } catch (MediaException e) {
            assertThat(e.kind()).isIn(Kind.TRUNCATED, Kind.CORRUPT);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
