package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.Media;
import dev.nightjar.media.MediaFormat;
import java.io.IOException;

class MediaFuzzTest {
    /// The beginning that every format is shown, the tables of a lossy decoder, or what FLAC needs.
    private static final long BASE_BYTES = 8L * MediaFormat.HEAD_BYTES + FlacFuzzTest.BASE_BYTES;

    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(input -> Media.open(input, null), BASE_BYTES).check(file);
    }
}
