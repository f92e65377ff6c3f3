package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.pcm.AuFormat;
import java.io.IOException;

class AuFuzzTest {
    @FuzzTest
    void auIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new AuFormat()::open, PcmBounds.BASE_BYTES).check(file);
    }
}
