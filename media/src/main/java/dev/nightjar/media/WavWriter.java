package dev.nightjar.media;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/// Writes frames to a WAV file, exactly as they are given. Used by one thread at a time; blocks; allocates
/// nothing per [#write].
///
/// While it is open, the header says "to the end of the file" (sizes 0xFFFFFFFF), so that a file whose writer
/// died can be read by what trusts the
/// file's length. [#close] writes the sizes. Beyond 4 GiB they go to a `ds64` chunk, for which a `JUNK` chunk
/// keeps the place, and the file becomes
/// RF64 (EBU Tech 3306). A pipe or device instead of a file keeps the open header.
///
/// Little-endian interleaved PCM is held: U8, S16, S24, S32, F32, F64; S8 too, which WAV stores with the sign bit
/// flipped. IEC 61937 bursts are stored
/// as 16-bit PCM, as is usual. Valid bits are declared where they fill the bytes of the container (12 in 16, 20
/// in 24); 24 in 32 are stored as 32, because widespread readers mistake the declaration. What WAV has no place
/// for is refused ([#refusal]).
public final class WavWriter implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final StreamFormat format;
    private final boolean rewindable;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment bufferMemory = MemorySegment.ofBuffer(buffer);
    private long frames;
    private boolean closed;

    private WavWriter(FileChannel channel, StreamFormat format, boolean rewindable) throws IOException {
        this.channel = channel;
        this.format = format;
        this.rewindable = rewindable;
        WavHeader.open(format).put(buffer);
        drain();
    }

    /// Creates a file, or empties the one there is, and writes the header. A file that somebody reads or writes, and
    /// one that holds something else than WAV, is left alone. [control-thread]
    ///
    /// @throws MediaException `UNSUPPORTED` with the words of [#refusal]
    /// @throws java.nio.file.FileSystemException if the file is left alone; its reason says why
    /// @throws IOException if the file cannot be written
    public static WavWriter create(Path file, StreamFormat format) throws IOException {
        Optional<String> refusal = refusal(format);
        if (refusal.isPresent()) {
            throw new MediaException(MediaException.Kind.UNSUPPORTED, refusal.get());
        }
        boolean exists = Files.isRegularFile(file);
        FileChannel channel = exists
                ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean rewindable = Files.isRegularFile(file);
            if (rewindable && !FileUse.writes(channel)) {
                throw new FileSystemException(file.toString(), null, "it is being read or written");
            }
            if (exists) {
                empty(file, channel);
            }
            return new WavWriter(channel, format, rewindable);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void empty(Path file, FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(12);
        while (head.hasRemaining() && channel.read(head) >= 0) {}
        String magic = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        boolean wav = magic.endsWith("WAVE") && (magic.startsWith("R") || magic.startsWith("BW64"));
        if (!magic.isEmpty() && !wav) {
            throw new FileSystemException(file.toString(), null, "there is a file of that name that is not WAV");
        }
        channel.truncate(0).position(0);
    }

    /// Why WAV cannot hold frames of this format, in words for a person; empty if it can. [any-thread]
    public static Optional<String> refusal(StreamFormat format) {
        SampleFormat sample = format.sample();
        if (format.isPlanar()) {
            return Optional.of("WAV holds interleaved frames, not planar ones");
        } else if (sample.isDsd()) {
            return Optional.of("WAV does not hold DSD (" + sample + ")");
        } else if (sample.order() == ByteOrder.BIG_ENDIAN) {
            return Optional.of("WAV holds little-endian samples, not " + sample);
        } else if (sample.alignment() == SampleFormat.Alignment.LOW) {
            return Optional.of("WAV holds samples aligned to the high bits, not " + sample);
        } else if (format.frameBytes() > 0xFFFF) {
            return Optional.of("a frame in WAV has at most 65535 bytes, not " + format.frameBytes());
        }
        return Optional.empty();
    }

    public StreamFormat format() {
        return format;
    }

    /// How many frames were written so far.
    public long frames() {
        return frames;
    }

    /// Writes `count` frames that begin at byte `offset` of `from`.
    ///
    /// @throws IndexOutOfBoundsException if `from` is shorter
    /// @throws IOException if the disk is full or the like; the file then ends in the middle of these frames
    public void write(MemorySegment from, long offset, int count) throws IOException {
        long left = (long) count * format.frameBytes();
        Objects.checkFromIndexSize(offset, left, from.byteSize());
        long at = offset;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int step = (int) Math.min(left, buffer.remaining());
            int position = buffer.position();
            MemorySegment.copy(from, at, bufferMemory, position, step);
            if (format.sample() == SampleFormat.S8) {
                flipSigns(position, step);
            }
            buffer.position(position + step);
            at += step;
            left -= step;
        }
        frames += count;
    }

    private void flipSigns(int position, int count) {
        for (int i = position; i < position + count; i++) {
            byte b = bufferMemory.get(ValueLayout.JAVA_BYTE, i);
            bufferMemory.set(ValueLayout.JAVA_BYTE, i, (byte) (b ^ 0x80));
        }
    }

    /// Hands what is buffered to the operating system. The header stays open.
    public void flush() throws IOException {
        drain();
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /// Writes what is buffered and the sizes, and closes the file; again does nothing.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if ((frames * format.frameBytes()) % 2 == 1) {
                if (!buffer.hasRemaining()) {
                    drain();
                }
                buffer.put((byte) 0);
            }
            drain();
            if (rewindable) {
                WavHeader.closed(format, frames).put(buffer);
                buffer.flip();
                for (long at = 0; buffer.hasRemaining(); ) {
                    at += channel.write(buffer, at);
                }
            }
        }
    }
}
