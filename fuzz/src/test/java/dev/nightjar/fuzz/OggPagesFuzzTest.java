package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.codec.oracle.ByteInput;
import dev.nightjar.media.OggPackets;
import dev.nightjar.media.OggPage;
import dev.nightjar.media.OggPages;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

class OggPagesFuzzTest {
    /// The window of the pages and the packet being put together.
    private static final long BASE_BYTES = Allocation.BASE_BYTES + 256 * 1024;

    @FuzzTest
    void everyByteIsInAPageOrSkipped(byte[] file) throws IOException {
        Allocation.assertWithin(BASE_BYTES, file.length, () -> readThrough(ByteInput.file(file), file.length));
        Allocation.assertWithin(BASE_BYTES, file.length, () -> readThrough(ByteInput.pipe(file), file.length));
        Allocation.assertWithin(BASE_BYTES, file.length, () -> readPackets(file));
        checkSeeks(file);
    }

    private static @Nullable OggPage readThrough(ByteInput input, int length) throws IOException {
        OggPages pages = new OggPages(input);
        long paged = 0;
        OggPage last = null;
        for (OggPage page = pages.next(); page != null; page = pages.next()) {
            assertThat(page.offset()).isEqualTo(paged + pages.skippedBytes());
            paged += page.length();
            last = page;
        }
        assertThat(paged + pages.skippedBytes()).isEqualTo(length);
        return last;
    }

    private static void readPackets(byte[] file) throws IOException {
        OggPackets packets = new OggPackets(new OggPages(ByteInput.pipe(file)), first -> true);
        long bytes = 0;
        for (var packet = packets.next(); packet != null; packet = packets.next()) {
            bytes += packet.data().length;
        }
        assertThat(bytes).isLessThanOrEqualTo(file.length);
    }

    private static void checkSeeks(byte[] file) throws IOException {
        OggPage last = readThrough(ByteInput.file(file), file.length);
        OggPages pages = new OggPages(ByteInput.file(file));
        OggPage found = pages.last();
        assertThat(found == null).isEqualTo(last == null);
        if (found != null && last != null) {
            assertThat(found.offset()).isEqualTo(last.offset());
            long wanted = last.granulePosition() / 2;
            assertThat(pages.seekBehind(wanted, last.serial(), 0, file.length))
                    .isLessThanOrEqualTo(Math.max(-1, wanted));
        }
    }
}
