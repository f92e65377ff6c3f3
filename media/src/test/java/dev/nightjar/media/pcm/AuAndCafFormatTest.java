package dev.nightjar.media.pcm;

import static dev.nightjar.media.pcm.ChunkWriter.latin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.Frames;
import dev.nightjar.media.MediaException;
import dev.nightjar.media.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuAndCafFormatTest {
    private static final byte[] SAMPLES = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] SWAPPED = {2, 1, 4, 3, 6, 5, 8, 7};

    @TempDir
    Path folder;

    @Test
    void anAnnotationOfAuIsTheComment() throws IOException {
        byte[] file = au(".snd", ByteOrder.BIG_ENDIAN, 8, 3, 44_100, 2, "By hand\0");
        Frames read = Frames.of(file);
        assertThat(read.bytes()).isEqualTo(SWAPPED);
        assertThat(read.info().tags()).containsExactly(Map.entry("COMMENT", List.of("By hand")));
        assertThat(read.info().notes()).isEmpty();
    }

    @Test
    void auInTheOtherByteOrderIsReadToo() throws IOException {
        for (String magic : List.of("dns.", "\0ds.")) {
            byte[] file = au(magic, ByteOrder.LITTLE_ENDIAN, -1, 3, 44_100, 2, "");
            assertThat(Frames.of(file).bytes()).isEqualTo(SAMPLES);
            assertThat(Frames.streamed(file).bytes()).isEqualTo(SAMPLES);
            assertThat(Frames.of(file).info().notes())
                    .singleElement()
                    .asString()
                    .contains("to the end");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24, 3, 44100, 0, 0 channels",
        "24, 3, 0, 2, 0 frames a second",
        "24, 23, 8000, 1, G.721 ADPCM",
        "24, 99, 8000, 1, encoding 99",
        "23, 3, 44100, 2, inside the header"
    })
    void auThatCannotBeIsRefused(int offset, int encoding, int rate, int channels, String words) {
        byte[] file = au(".snd", ByteOrder.BIG_ENDIAN, 8, encoding, rate, channels, "");
        ByteBuffer.wrap(file).putInt(4, offset);
        assertThatThrownBy(() -> Frames.of(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(words);
    }

    private static byte[] au(
            String magic, ByteOrder order, int size, int encoding, int rate, int channels, String annotation) {
        return ByteBuffer.allocate(24 + annotation.length() + SAMPLES.length)
                .order(order)
                .put(latin(magic))
                .putInt(24 + annotation.length())
                .putInt(size)
                .putInt(encoding)
                .putInt(rate)
                .putInt(channels)
                .put(latin(annotation))
                .put(SAMPLES)
                .array();
    }

    @Test
    void cafTakesItsChunksInAnyOrderFromAFile() throws IOException {
        byte[] info = latin("\0\0\0\2title\0Song\0artist\0Me\0");
        byte[] layout = ByteBuffer.allocate(12).putInt(0x650002).array();
        byte[] file =
                caf(desc(44_100, "lpcm", 0, 2, 16), data(12, SAMPLES), chunk("info", info), chunk("chan", layout));
        Frames read = Frames.of(file);
        assertThat(read.bytes()).isEqualTo(SWAPPED);
        assertThat(read.info().tags()).containsEntry("TITLE", List.of("Song")).containsEntry("ARTIST", List.of("Me"));
        assertThat(Frames.streamed(file).bytes()).isEqualTo(SWAPPED);
    }

    @Test
    void cafWhoseDataIsTheLastChunkMayLeaveItsSizeOpen() throws IOException {
        byte[] file = caf(desc(48_000, "lpcm", 2, 1, 24), data(-1, Arrays.copyOf(SAMPLES, 6)));
        for (Frames read : List.of(Frames.of(file), Frames.streamed(file))) {
            assertThat(read.bytes()).isEqualTo(Arrays.copyOf(SAMPLES, 6));
            assertThat(read.info().format().sample()).isEqualTo(SampleFormat.S24);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "44100, alac, 0, 2, 16, Apple Lossless",
        "44100, 'aac ', 0, 2, 16, AAC",
        "0, lpcm, 0, 2, 16, 0 frames a second",
        "44100, lpcm, 0, 0, 16, 0 channels",
        "44100, lpcm, 0, 2, 0, 0 bits",
        "44100, lpcm, 1, 2, 16, floating-point samples have 32 or 64 bits"
    })
    void cafThatCannotBeIsRefused(double rate, String format, int flags, int channels, int bits, String words) {
        byte[] file = caf(desc(rate, format, flags, channels, bits), data(12, SAMPLES));
        assertThatThrownBy(() -> Frames.of(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(words);
    }

    @Test
    void cafWithoutItsChunksSaysWhichIsMissing() {
        assertThatThrownBy(() -> Frames.of(caf(data(12, SAMPLES)))).hasMessageContaining("begins with a desc chunk");
        assertThatThrownBy(() -> Frames.of(caf(desc(8000, "lpcm", 0, 1, 16))))
                .hasMessageContaining("no data chunk was found up to byte 52");
        byte[] sparse = desc(8000, "lpcm", 0, 1, 16);
        ByteBuffer.wrap(sparse).putInt(28, 4);
        assertThatThrownBy(() -> Frames.of(caf(sparse, data(12, SAMPLES))))
                .hasMessageContaining("packets of 4 bytes for 1 channels of 16 bits");
    }

    @Test
    void alacThatFfmpegPutIntoCafIsRefusedByName() throws Exception {
        Tool.require("ffmpeg");
        Path file = folder.resolve("x.caf");
        Tool.run(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=0.01", "-c:a", "alac", file.toString()));
        assertThatThrownBy(() -> Frames.of(file))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("Apple Lossless (ALAC), which is not decoded in CAF");
    }

    private static byte[] caf(byte[]... chunks) {
        ByteBuffer file = ByteBuffer.allocate(
                8 + Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum());
        file.put(latin("caff")).putShort((short) 1).putShort((short) 0);
        Arrays.stream(chunks).forEach(file::put);
        return file.array();
    }

    private static byte[] chunk(String id, byte[] body) {
        return ByteBuffer.allocate(12 + body.length)
                .put(latin(id))
                .putLong(body.length)
                .put(body)
                .array();
    }

    private static byte[] data(long size, byte[] samples) {
        return ByteBuffer.allocate(16 + samples.length)
                .put(latin("data"))
                .putLong(size)
                .putInt(0)
                .put(samples)
                .array();
    }

    private static byte[] desc(double rate, String format, int flags, int channels, int bits) {
        return chunk(
                "desc",
                ByteBuffer.allocate(32)
                        .putDouble(rate)
                        .put(latin(format))
                        .putInt(flags)
                        .putInt((bits + 7) / 8 * channels)
                        .putInt(1)
                        .putInt(channels)
                        .putInt(bits)
                        .array());
    }
}
