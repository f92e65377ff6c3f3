package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.pcm.CafFormat;
import java.io.IOException;

class CafFuzzTest {
    @FuzzTest
    void cafIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new CafFormat()::open, PcmBounds.BASE_BYTES).check(file);
    }
}
