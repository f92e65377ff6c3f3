package dev.nightjar.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.pcm.WavFormat;
import java.io.IOException;

class WavFuzzTest {
    @FuzzTest
    void wavIsReadOrRefused(byte[] file) throws IOException {
        new MediaOracle(new WavFormat()::open, PcmBounds.BASE_BYTES).check(file);
    }
}
