package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.pcm.AiffFormat;
import java.io.IOException;

class AiffFuzzTest {
    @FuzzTest
    void aiffIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new AiffFormat()::open, PcmBounds.BASE_BYTES).check(file);
    }
}
