package dev.nightjar.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VorbisCommentTest {
    @Test
    void keepsAllValuesOfAFieldInTheirOrder() {
        byte[] bytes = comment(4, "ARTIST=Ä", "title=T=1", "artist=B", "no equals sign");

        VorbisComment comment = VorbisComment.parse(bytes, 0, bytes.length);

        assertThat(comment.vendor()).isEqualTo("vendor");
        assertThat(comment.whole()).isTrue();
        assertThat(comment.tags()).containsOnlyKeys("ARTIST", "TITLE");
        assertThat(comment.tags().get("ARTIST")).isEqualTo(List.of("Ä", "B"));
        assertThat(comment.tags().get("TITLE")).isEqualTo(List.of("T=1"));
    }

    @Test
    void keepsTheTagsBeforeAWrongCount() {
        byte[] bytes = comment(-1, "ARTIST=A");

        VorbisComment comment = VorbisComment.parse(bytes, 0, bytes.length);

        assertThat(comment.whole()).isFalse();
        assertThat(comment.tags()).containsOnlyKeys("ARTIST");
    }

    @Test
    void survivesEveryTruncation() {
        byte[] bytes = comment(2, "ARTIST=A", "TITLE=B");
        for (int length = 0; length < bytes.length; length++) {
            assertThat(VorbisComment.parse(Arrays.copyOf(bytes, length), 0, length)
                            .whole())
                    .isFalse();
        }
    }

    private static byte[] comment(int count, String... fields) {
        ByteBuffer buffer = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(6).put("vendor".getBytes(StandardCharsets.UTF_8)).putInt(count);
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            buffer.putInt(bytes.length).put(bytes);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
