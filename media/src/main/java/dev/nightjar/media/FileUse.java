package dev.nightjar.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/// Tells others, in this process and in others, that a file is being read or written, as far as the system's locks
/// go. Of several readers in one process only the first holds the lock, and POSIX takes it from the process when any
/// channel of the file closes: then nobody is told that another still reads. The lock is on a byte far behind the
/// end, since Windows keeps everybody from bytes that are locked.
final class FileUse {
    private static final long BYTE = Long.MAX_VALUE - 1;

    private FileUse() {}

    /// Says that it is being read, where the file system has locks.
    static void reads(FileChannel channel) {
        lock(channel, true);
    }

    /// Says that it is being written.
    ///
    /// @return whether nobody else reads or writes it, as far as can be told
    static boolean writes(FileChannel channel) {
        return lock(channel, false);
    }

    private static boolean lock(FileChannel channel, boolean shared) {
        try {
            @Nullable FileLock lock = channel.tryLock(BYTE, 1, shared);
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
