package dev.nightjar.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookalikeTest {
    private static byte[] file(String beginning) {
        return Arrays.copyOf(beginning.getBytes(StandardCharsets.ISO_8859_1), 3000);
    }

    private static byte[] ogg(String packet) {
        return Arrays.copyOf(OggWriter.page(OggWriter.FIRST, 0, 1, 0, packet), 3000);
    }

    private static ThrowingCallable opening(byte[] file, String name) {
        return () -> Media.open(new ArrayInput(file), name);
    }

    @Test
    void saysWhichModuleDecodesAFileWhoseNameAnotherFormatClaims() {
        assertThatThrownBy(opening(ogg("\u0001vorbis and so on"), "song.ogg"))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("Ogg Vorbis")
                .hasMessageContaining("dev.nightjar.codec.vorbis");
        assertThatThrownBy(opening(ogg("OpusHead and so on"), "song.oga"))
                .hasMessageContaining("dev.nightjar.codec.opus");
    }

    @ParameterizedTest
    @CsvSource({
        "'\0\0\0 ftypM4A ', song.m4a, MPEG-4 audio (AAC or ALAC)",
        "wvpk, song.flac, WavPack",
        "'0&\u00b2u\u008ef\u00cf\u0011', song.wav, Windows Media"
    })
    void saysWhatNoModuleDecodes(String beginning, String name, String what) {
        assertThatThrownBy(opening(file(beginning), name))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("which no installed module decodes");
    }
}
