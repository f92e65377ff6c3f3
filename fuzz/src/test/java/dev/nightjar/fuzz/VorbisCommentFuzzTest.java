package dev.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nightjar.media.VorbisComment;

class VorbisCommentFuzzTest {
    @FuzzTest
    void aCommentGivesWhatItCan(byte[] comment) {
        Allocation.assertWithin(
                Allocation.BASE_BYTES, comment.length, () -> VorbisComment.parse(comment, 0, comment.length));
        VorbisComment.parse(comment, 0, comment.length).tags().forEach((name, values) -> {
            assertThat(name).isNotEmpty().doesNotContain("=");
            assertThat(values).isNotEmpty();
        });
        int half = comment.length / 2;
        assertThat(VorbisComment.parse(comment, half, comment.length - half)).isNotNull();
    }
}
