package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.flac.OggFlacFormat;
import java.io.IOException;

class OggFlacFuzzTest {
    /// Beside what FLAC needs, the window of the pages.
    private static final long BASE_BYTES = FlacFuzzTest.BASE_BYTES + 256 * 1024;

    @FuzzTest
    void oggFlacIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new OggFlacFormat()::open, BASE_BYTES).check(file);
    }
}
