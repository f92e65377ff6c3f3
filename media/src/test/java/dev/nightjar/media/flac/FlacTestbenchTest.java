package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The groups `uncommon` and `faulty` of the IETF testbench, made anew from its description, each next to what `flac`
/// does with the same bytes.
class FlacTestbenchTest {
    @Test
    void refusesAChangingSampleRateBehindTheSamplesBefore() throws Exception {
        FlacStream stream = FlacStream.of(32_000, 16, 192, Signal.music(2, 16, 384));
        stream.frame(new FlacFrame(2, 24_000, 16, Signal.music(2, 16, 192)));

        refusedBehind(384 * 4, "the sample rate changes from 32000 to 24000 Hz", stream.bytes());
    }

    @Test
    void refusesAGrowingNumberOfChannelsBehindTheSamplesBefore() throws Exception {
        FlacStream stream = FlacStream.of(48_000, 16, 192, Signal.music(1, 16, 384));
        stream.frame(new FlacFrame(2, 48_000, 16, Signal.music(2, 16, 192)));

        refusedBehind(384 * 2, "the number of channels changes from 1 to 2", stream.bytes());
    }

    @Test
    void refusesAFallingNumberOfChannelsBehindTheSamplesBefore() throws Exception {
        FlacStream stream = FlacStream.of(48_000, 16, 192, Signal.music(4, 16, 384));
        stream.frame(new FlacFrame(2, 48_000, 16, Signal.music(1, 16, 192)));

        refusedBehind(384 * 8, "the number of channels changes from 4 to 1", stream.bytes());
    }

    @Test
    void refusesAChangingBitDepthBehindTheSamplesBefore() throws Exception {
        FlacStream stream = FlacStream.of(48_000, 16, 192, Signal.music(1, 16, 384));
        stream.frame(new FlacFrame(2, 48_000, 24, Signal.music(1, 24, 192)));

        refusedBehind(384 * 2, "the bits of a sample change from 16 to 24", stream.bytes());
    }

    @Test
    void decodesARateThatNoFrameHeaderCanSay() throws Exception {
        decodes(FlacStream.of(768_000, 24, 4096, Signal.music(2, 24, 9000)), 768_000);
    }

    @Test
    void decodesFifteenBits() throws Exception {
        decodes(FlacStream.of(44_100, 15, 1152, Signal.music(2, 15, 3000)), 44_100);
    }

    @Test
    void decodesBlocksOf65535Samples() throws Exception {
        decodes(FlacStream.of(44_100, 16, 65_535, Signal.music(1, 16, 100_000)), 44_100);
    }

    @Test
    void decodesPartitionsOfOneSampleEach() throws Exception {
        int[][] samples = Signal.music(1, 16, 32_768);
        Subframe single = new Subframe.Fixed(1, Subframe.Residual.best(15));

        decodes(FlacStream.of(44_100, 16, 32_768, samples, frame -> frame.coded(single)), 44_100);
    }

    @Test
    void decodesAStreamThatBeginsAtALaterFrame() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 192, Signal.music(2, 16, 4000));
        byte[] joined = join(stream.frames().subList(7, 20));

        FlacFiles.Decoded decoded = Reference.assertSame(joined);

        byte[] whole = FlacStream.packed(Signal.music(2, 16, 4000), 16);
        assertThat(decoded.samples()).isEqualTo(Arrays.copyOfRange(whole, 7 * 192 * 4, 20 * 192 * 4));
    }

    @Test
    void refusesAStreamThatBeginsWithinAFrame() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 192, Signal.music(2, 16, 4000));
        byte[] joined = join(stream.frames());

        refused(Kind.UNRECOGNISED, Arrays.copyOfRange(joined, 5, joined.length));
    }

    @Test
    void decodesBlocksLongerThanTheLongestThatStreamInfoSays() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 16_384, Signal.music(1, 16, 40_000));
        stream.minBlock = 4096;
        stream.maxBlock = 4096;

        decodes(stream, 44_100);
    }

    @Test
    void decodesFramesLongerThanTheLongestThatStreamInfoSays() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(2, 16, 9000));
        stream.maxFrame = 654;

        decodes(stream, 44_100);
    }

    @Test
    void refusesABitDepthThatNoFrameHas() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.bits = 24;

        refusedBehind(0, "the bits of a sample change from 24 to 16", stream.bytes());
    }

    @Test
    void refusesANumberOfChannelsThatNoFrameHas() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.channels = 5;

        refusedBehind(0, "the number of channels changes from 5 to 1", stream.bytes());
    }

    @Test
    void decodesMoreSamplesThanStreamInfoSays() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.total = 5000;

        decodes(stream, 44_100);
    }

    @Test
    void tellsThatThereAreFewerSamplesThanStreamInfoSays() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.total = 9001;

        FlacFiles.Decoded decoded = FlacFiles.decode(stream.bytes());

        assertThat(decoded.samples()).isEqualTo(FlacStream.packed(Signal.music(1, 16, 9000), 16));
        assertThat(decoded.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(failure).hasMessageContaining("9000 samples of the 9001");
        });
    }

    @Test
    void decodesMetadataWithoutStreamInfo() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.streamInfo = false;
        stream.block(4, comment(0)).block(1, new byte[100]);

        decodes(stream, 44_100);
        assertThat(notes(stream.bytes())).contains("there is no STREAMINFO");
    }

    @Test
    void decodesMetadataBeforeStreamInfo() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.streamInfo = false;
        stream.block(4, comment(0)).block(1, new byte[100]).block(0, stream.info());

        decodes(stream, 44_100);
        assertThat(notes(stream.bytes())).contains("STREAMINFO is not the first metadata block");
    }

    @Test
    void decodesBlocksOf65536Samples() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 65_536, Signal.music(1, 16, 140_000));

        decodes(stream, 44_100);
    }

    @Test
    void decodesBlocksOfOneSample() throws Exception {
        Subframe verbatim = new Subframe.Verbatim();

        decodes(FlacStream.of(44_100, 16, 1, Signal.music(1, 16, 300), frame -> frame.coded(verbatim)), 44_100);
    }

    @Test
    void decodesBehindACommentThatAnnouncesMoreTagsThanItHas() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.block(4, comment(10));

        decodes(stream, 44_100);
        assertThat(notes(stream.bytes())).contains("announces more than it holds");
    }

    @Test
    void refusesAMetadataBlockWhoseLengthIsWrong() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.block(1, 0x20_0000, new byte[100]);

        refused(Kind.TRUNCATED, stream.bytes());
    }

    @Test
    void refusesSamplesWithAnotherMd5() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.md5[3] ^= 1;

        refusedBehind(18_000, "MD5", stream.bytes());
    }

    @Test
    void believesAStreamWithoutMd5() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        stream.md5 = new byte[16];

        decodes(stream, 44_100);
    }

    @Test
    void decodesBehindACueSheetAndAPictureThatAreNonsense() throws Exception {
        FlacStream stream = FlacStream.of(44_100, 16, 4096, Signal.music(1, 16, 9000));
        byte[] nonsense = new byte[77];
        Arrays.fill(nonsense, (byte) 0xff);
        stream.block(5, nonsense).block(6, nonsense).block(100, nonsense);

        decodes(stream, 44_100);
    }

    private static byte[] comment(int announced) {
        byte[] field = "TITLE=x".getBytes(StandardCharsets.UTF_8);
        return new BitWriter()
                .bits(0, 32)
                .bits(announced == 0 ? 0x0100_0000 : (long) announced << 24, 32)
                .bits((long) field.length << 24, 32)
                .bytes(field)
                .toBytes();
    }

    private static void decodes(FlacStream stream, int rate) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(stream.bytes());
        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.samples()).isNotEmpty();
        try (MediaReader reader = FlacFiles.open(stream.bytes())) {
            assertThat(reader.info().format().rate()).isEqualTo(rate);
        }
    }

    private static void refusedBehind(int good, String why, byte[] file) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(file);
        assertThat(decoded.good()).isEqualTo(good);
        assertThat(decoded.failures().getFirst()).hasMessageContaining(why);
    }

    private static void refused(Kind kind, byte[] file) throws IOException, InterruptedException {
        FlacFiles.Decoded decoded = Reference.assertSame(file);
        assertThat(decoded.samples()).isEmpty();
        assertThat(decoded.failures())
                .singleElement()
                .extracting(MediaException::kind)
                .isEqualTo(kind);
    }

    private static String notes(byte[] file) throws IOException {
        try (MediaReader reader = FlacFiles.open(file)) {
            return String.join("; ", reader.info().notes());
        }
    }

    private static byte[] join(Iterable<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
