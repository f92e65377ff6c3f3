package dev.nightjar.driver.virtual;

import dev.nightjar.AudioException;
import dev.nightjar.Failure;
import dev.nightjar.RawTurn;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.WavWriter;
import dev.nightjar.spi.AudioThread;
import dev.nightjar.spi.FrameRing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A WAV file that gets the rendered frames untouched. A thread of its own writes, so that the audio thread does
/// no I/O, and hands on what there is whenever it has caught up; paced, it has two seconds to keep up, and what does
/// not fit then fails the stream rather than the
/// file.
final class FileSink implements FrameSink {
    private static final int BLOCK_FRAMES = 4096;
    private static final long POLL_NANOS = 1_000_000;

    private final Path file;
    private final WavWriter writer;
    private final FrameRing ring;
    private final Thread thread;
    private final Consumer<AudioException> failed;
    private volatile boolean overrun;
    private volatile boolean finished;

    /// @param failed told when the file cannot be written on
    FileSink(Path file, StreamFormat format, int periodFrames, Consumer<AudioException> failed) throws AudioException {
        this.file = file;
        this.failed = failed;
        try {
            this.writer = WavWriter.create(file, format);
        } catch (IOException e) {
            throw refused(file, e);
        }
        this.ring = new FrameRing(format.frameBytes(), Math.max(2 * format.rate(), 4 * periodFrames));
        this.thread = Thread.ofPlatform().daemon().name("nightjar-file").start(this::writeAll);
    }

    private static AudioException refused(Path file, IOException e) {
        return new AudioException(Failure.ACCESS_DENIED, "write " + file, 0, reason(e) + "; choose another place");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "there is no such folder";
            case java.nio.file.AccessDeniedException _ -> "that is not permitted";
            case java.nio.file.FileSystemException fs when fs.getReason() != null -> fs.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    @AudioThread
    public boolean hasRoom(int frames) {
        return ring.writable() >= frames || !thread.isAlive();
    }

    @Override
    @AudioThread
    public void take(RawTurn.Side side, int frames) {
        if (ring.write(side.segment(0), side.offset(0), frames) < frames) {
            overrun = true;
        }
    }

    private void writeAll() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block =
                    arena.allocate((long) BLOCK_FRAMES * writer.format().frameBytes(), 8);
            boolean unflushed = true;
            while (!finished || ring.readable() > 0) {
                int frames = ring.read(block, 0, BLOCK_FRAMES);
                if (frames > 0) {
                    writer.write(block, 0, frames);
                    unflushed = true;
                } else if (unflushed) {
                    writer.flush();
                    unflushed = false;
                } else {
                    LockSupport.parkNanos(this, POLL_NANOS);
                }
                if (overrun) {
                    failed.accept(AudioException.of(
                            Failure.ACCESS_DENIED, "write " + file, "the disk was too slow for two seconds"));
                    return;
                }
            }
        } catch (IOException e) {
            failed.accept(refused(file, e));
        }
    }

    @Override
    public void close() {
        finished = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        try {
            writer.close();
        } catch (IOException e) {
            failed.accept(refused(file, e));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
