package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What a parser allocates, held against what its input justifies.
final class Allocation {
    /// Enough for a parser without buffers of its own.
    static final long BASE_BYTES = 64 * 1024;

    /// While Jazzer fuzzes, its hooks on comparisons of texts and on maps allocate on the same account.
    private static final long FACTOR = System.getenv("JAZZER_FUZZ") == null ? 64 : 512;

    /// Loading a class is on the account of the thread that needs it first.
    private static final int ATTEMPTS = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /// Something that can be done again.
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /// Does the work, and again if it allocates more than it may: the least counts.
    static <E extends Exception> void assertWithin(long baseBytes, int inputBytes, Work<E> work) throws E {
        long bound = baseBytes + FACTOR * inputBytes;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > bound; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated for an input of %d", inputBytes).isLessThanOrEqualTo(bound);
    }
}
