package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.Id3v2;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class Id3FuzzTest {
    @FuzzTest
    void aTagGivesWhatItCan(byte[] tag) {
        Allocation.assertWithin(Allocation.BASE_BYTES, tag.length, () -> Id3v2.read(tag, new LinkedHashMap<>()));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Id3v2.read(tag, fields);
        fields.forEach((name, values) -> {
            assertThat(name).isNotEmpty();
            assertThat(values).isNotEmpty().doesNotContain("");
        });
        long size = Id3v2.size(tag, 0);
        assertThat(size == 0 || size >= Id3v2.HEADER_BYTES).isTrue();
    }
}
