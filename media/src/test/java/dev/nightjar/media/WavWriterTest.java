package dev.nightjar.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nightjar.dsp.Channel;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WavWriterTest {
    private static final List<SampleFormat> HELD = List.of(
            SampleFormat.U8,
            SampleFormat.S8,
            SampleFormat.S16,
            SampleFormat.S24,
            SampleFormat.S32,
            SampleFormat.F32,
            SampleFormat.F64,
            SampleFormat.IEC61937);

    private static final StreamFormat STEREO = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);

    @TempDir
    Path folder;

    static Stream<StreamFormat> formats() {
        List<StreamFormat> all = new ArrayList<>();
        for (SampleFormat sample : HELD) {
            for (int channels : new int[] {1, 2, 6}) {
                all.add(StreamFormat.of(48_000, ChannelLayout.ofCount(channels), sample));
            }
        }
        all.add(StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S16).withValidBits(12));
        all.add(StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S24).withValidBits(20));
        for (int validBits : new int[] {16, 18, 20, 24, 28}) {
            all.add(StreamFormat.of(44_100, ChannelLayout.STEREO, SampleFormat.S32)
                    .withValidBits(validBits));
        }
        all.add(StreamFormat.of(1_536_000, ChannelLayout.discrete(64), SampleFormat.S32));
        all.add(StreamFormat.of(8000, ChannelLayout.of(Channel.SIDE_LEFT), SampleFormat.U8));
        return all.stream();
    }

    @Test
    void leavesAFileThatHoldsSomethingElseAlone() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "to do: nothing");
        assertThatThrownBy(() -> WavWriter.create(notes, STEREO)).hasMessageContaining("is not WAV");
        assertThat(notes).hasContent("to do: nothing");
    }

    @Test
    void leavesAFileThatIsBeingReadAlone() throws IOException {
        Path file = write(STEREO, noise(STEREO, 50));
        byte[] before = Files.readAllBytes(file);
        try (MediaReader reading = Media.open(file)) {
            assertThat(reading.info().frames()).isEqualTo(50);
            assertThatThrownBy(() -> WavWriter.create(file, STEREO)).hasMessageContaining("being read or written");
        }
        assertThat(file).hasBinaryContent(before);
        WavWriter.create(file, STEREO).close();
        assertThat(Frames.of(file).info().frames()).isZero();
    }

    @Test
    void leavesAFileThatIsBeingWrittenAlone() throws IOException {
        Path file = folder.resolve("one.wav");
        byte[] frames = noise(STEREO, 50);
        try (WavWriter writer = WavWriter.create(file, STEREO)) {
            assertThatThrownBy(() -> WavWriter.create(file, STEREO)).hasMessageContaining("being read or written");
            writer.write(MemorySegment.ofArray(frames), 0, 50);
        }
        assertThat(Frames.of(file).bytes()).isEqualTo(frames);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsBackEveryFormatItHolds(StreamFormat format) throws IOException {
        byte[] frames = noise(format, 777);
        Path file = write(format, frames);
        Frames read = Frames.of(file);
        SampleFormat stored = switch (format.sample()) {
            case S8 -> SampleFormat.U8;
            case IEC61937 -> SampleFormat.S16;
            default -> format.sample();
        };
        assertThat(read.info().format().sample()).isEqualTo(stored);
        assertThat(read.info().format().rate()).isEqualTo(format.rate());
        assertThat(read.info().format().layout()).isEqualTo(format.layout());
        boolean declared = (format.validBits() + 7) / 8 == format.sample().bytes()
                || format.sample().isFloat();
        assertThat(read.info().format().validBits())
                .isEqualTo(declared ? format.validBits() : format.sample().bits());
        assertThat(read.info().notes()).isEmpty();
        assertThat(read.bytes()).isEqualTo(format.sample() == SampleFormat.S8 ? flipped(frames) : frames);
        assertThat(Files.size(file) % 2).isZero();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void ffmpegReadsTheSameFrames(StreamFormat format) throws Exception {
        Tool.require("ffmpeg");
        String raw = switch (format.sample()) {
            case U8, S8 -> "u8";
            case S16, IEC61937 -> "s16le";
            case S24 -> "s24le";
            case S32 -> "s32le";
            case F32 -> "f32le";
            default -> "f64le";
        };
        byte[] frames = noise(format, 777);
        Path file = write(format, frames);
        byte[] read =
                Tool.run(List.of("ffmpeg", "-v", "error", "-i", file.toString(), "-f", raw, "-c:a", "pcm_" + raw, "-"));
        assertThat(read).isEqualTo(format.sample() == SampleFormat.S8 ? flipped(frames) : frames);
    }

    @ParameterizedTest
    @EnumSource(names = {"U8", "S16", "S24", "S32", "F32", "F64"})
    void soxReadsTheSameFrames(SampleFormat sample) throws Exception {
        Tool.require("sox");
        StreamFormat format = StreamFormat.of(96_000, ChannelLayout.SURROUND_5_1, sample);
        byte[] frames = noise(format, 777);
        assertThat(soxFrames(write(format, frames), sample)).isEqualTo(frames);
    }

    private static byte[] soxFrames(Path file, SampleFormat sample) throws Exception {
        String encoding = sample.isFloat() ? "float" : sample == SampleFormat.U8 ? "unsigned" : "signed";
        return Tool.run(
                List.of(("sox -D " + file + " -t raw -e " + encoding + " -b " + sample.bits() + " -L -").split(" ")));
    }

    @ParameterizedTest
    @EnumSource
    void refusesExactlyWhatWavCannotHold(SampleFormat sample) throws IOException {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, sample);
        assertThat(WavWriter.refusal(format).isEmpty()).isEqualTo(HELD.contains(sample));
        assertThat(WavWriter.refusal(format.withPacking(StreamFormat.Packing.PLANAR)))
                .isPresent();
        Path file = folder.resolve("refused.wav");
        if (HELD.contains(sample)) {
            WavWriter.create(file, format).close();
            assertThat(Frames.of(file).bytes()).isEmpty();
            assertThat(Frames.of(file).info().notes()).isEmpty();
        } else {
            assertThatThrownBy(() -> WavWriter.create(file, format))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining(sample.label());
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aFileWhoseWriterDiedIsReadToItsEnd() throws Exception {
        Tool.require("ffmpeg");
        Tool.require("sox");
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S24);
        byte[] frames = noise(format, 100_000);
        Path file = folder.resolve("open.wav");
        WavWriter writer = WavWriter.create(file, format);
        writer.write(MemorySegment.ofArray(frames), 0, 100_000);
        writer.flush();
        Frames read = Frames.of(file);
        assertThat(read.bytes()).isEqualTo(frames);
        assertThat(read.info().notes()).singleElement().asString().contains("to the end");
        assertThat(Tool.run(List.of(
                        "ffmpeg", "-v", "error", "-i", file.toString(), "-f", "s24le", "-c:a", "pcm_s24le", "-")))
                .isEqualTo(frames);
        assertThat(soxFrames(file, SampleFormat.S24)).isEqualTo(frames);
        writer.close();
        writer.close();
        assertThat(Frames.of(file).info().notes()).isEmpty();
    }

    @Test
    void aWriterThatDiesLosesNoMoreThanItsBuffer() throws Exception {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.SURROUND_3_0, SampleFormat.S24);
        byte[] frames = noise(format, 200_000);
        Path file = folder.resolve("open.wav");
        WavWriter writer = WavWriter.create(file, format);
        writer.write(MemorySegment.ofArray(frames), 0, 200_000);
        Frames read = Frames.of(file);
        assertThat(read.bytes()).hasSizeGreaterThan(frames.length - 256 * 1024 - format.frameBytes());
        assertThat(frames).startsWith(read.bytes());
        assertThat(Frames.streamed(Files.readAllBytes(file)).bytes()).isEqualTo(read.bytes());
        writer.close();
    }

    @Test
    void theHeaderOfMoreThanFourGigabytesIsRf64() throws Exception {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        long frames = (1L << 30) + 123;
        byte[] last = noise(format, 1000);
        Path file = folder.resolve("big.wav");
        ByteBuffer header = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        WavHeader.closed(format, frames).put(header);
        header.flip();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            long end = header.limit() + frames * format.frameBytes();
            channel.write(header);
            channel.write(ByteBuffer.wrap(last), end - last.length);
        }
        assertThatTheLastFramesAre(last, file, frames);
        assertThatFfprobeSays(file, frames);
    }

    @Test
    @Tag("long")
    void growsIntoRf64WhileItWrites() throws Exception {
        StreamFormat format = StreamFormat.of(192_000, ChannelLayout.SURROUND_7_1, SampleFormat.F64);
        byte[] piece = noise(format, 1 << 16);
        Path file = folder.resolve("big.wav");
        long frames = 0;
        try (WavWriter writer = WavWriter.create(file, format)) {
            for (; frames * format.frameBytes() <= 1L << 32; frames += 1 << 16) {
                writer.write(MemorySegment.ofArray(piece), 0, 1 << 16);
            }
        }
        assertThatTheLastFramesAre(piece, file, frames);
        assertThatFfprobeSays(file, frames);
    }

    private static void assertThatTheLastFramesAre(byte[] last, Path file, long frames) throws IOException {
        try (MediaReader reader = Media.open(file)) {
            assertThat(reader.info().container()).isEqualTo("WAV (RF64)");
            assertThat(reader.info().frames()).isEqualTo(frames);
            assertThat(reader.info().notes()).isEmpty();
            reader.seek(frames - last.length / reader.info().format().frameBytes());
            assertThat(Frames.rest(reader)).isEqualTo(last);
            assertThat(reader.position()).isEqualTo(frames);
        }
    }

    private static void assertThatFfprobeSays(Path file, long frames) throws Exception {
        Tool.require("ffmpeg");
        String samples = new String(
                Tool.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "stream=duration_ts",
                        "-of",
                        "csv=p=0",
                        file.toString())),
                StandardCharsets.UTF_8);
        assertThat(samples.strip()).isEqualTo(Long.toString(frames));
    }

    @Test
    void allocatesNothingPerWrite() throws IOException {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S24);
        MemorySegment frames = MemorySegment.ofArray(noise(format, 4096));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (WavWriter writer = WavWriter.create(folder.resolve("x.wav"), format)) {
            long allocated = -1;
            for (int window = 0; window < 5; window++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 2000; i++) {
                    writer.write(frames, 24, 512);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isZero();
        }
    }

    @Test
    void refusesFramesThatAreNotThere() throws IOException {
        StreamFormat format = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.S16);
        MemorySegment frames = MemorySegment.ofArray(new byte[40]);
        try (WavWriter writer = WavWriter.create(folder.resolve("x.wav"), format)) {
            assertThatThrownBy(() -> writer.write(frames, 4, 10)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(writer.frames()).isZero();
        }
    }

    private Path write(StreamFormat format, byte[] frames) throws IOException {
        Path file = folder.resolve("x.wav");
        int frameBytes = format.frameBytes();
        try (WavWriter writer = WavWriter.create(file, format)) {
            MemorySegment memory = MemorySegment.ofArray(frames);
            int done = 0;
            for (int count = 1; done < frames.length / frameBytes; count = 2 * count + 1) {
                int step = Math.min(count, frames.length / frameBytes - done);
                writer.write(memory, (long) done * frameBytes, step);
                done += step;
            }
            assertThat(writer.frames()).isEqualTo(done);
        }
        return file;
    }

    private static byte[] noise(StreamFormat format, int frames) {
        byte[] bytes = new byte[frames * format.frameBytes()];
        new Random(format.hashCode()).nextBytes(bytes);
        int unused = format.sample().isInteger() ? format.sample().bits() - format.validBits() : 0;
        for (int i = 0; i < bytes.length; i += format.sample().bytes()) {
            for (int bit = 0; bit < unused; bit++) {
                bytes[i + bit / 8] &= (byte) ~(1 << (bit % 8));
            }
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (format.sample() == SampleFormat.F32) {
            for (int i = 0; buffer.hasRemaining(); i++) {
                buffer.putFloat((float) onGrid(i));
            }
        } else if (format.sample() == SampleFormat.F64) {
            for (int i = 0; buffer.hasRemaining(); i++) {
                buffer.putDouble(onGrid(i));
            }
        }
        return bytes;
    }

    /// A sine in steps of 24 bits, which sox keeps.
    private static double onGrid(int i) {
        return Math.rint(Math.sin(i) * 0x1p22) * 0x1p-23;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= (byte) 0x80;
        }
        return flipped;
    }
}
