package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.flac.FlacFormat;
import java.io.IOException;

class FlacFuzzTest {
    /// A window of 128 KiB, and one block of 65,535 frames of 8 channels, decoded and packed.
    static final long BASE_BYTES = 256 * 1024 + 65_535L * 8 * (4 + 4) + Allocation.BASE_BYTES;

    @FuzzTest
    void flacIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new FlacFormat()::open, BASE_BYTES).check(file);
    }
}
