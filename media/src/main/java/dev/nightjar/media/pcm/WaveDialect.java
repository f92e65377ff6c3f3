package dev.nightjar.media.pcm;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The relatives of WAV, told apart by their first bytes.
enum WaveDialect {
    RIFF("RIFF", "WAV", ChunkStyle.RIFF),
    RIFX("RIFX", "WAV (RIFX)", ChunkStyle.BIG_ENDIAN),
    RF64("RF64", "WAV (RF64)", ChunkStyle.RIFF),
    BW64("BW64", "WAV (BW64)", ChunkStyle.RIFF),
    W64("riff", "Wave64", ChunkStyle.W64);

    private static final String W64_RIFF = "726966662e91cf11a5d628db04c10000";
    private static final String W64_WAVE = "77617665f3acd3118cd100c04f8edb8a";

    private final String magic;
    private final String container;
    private final ChunkStyle style;

    WaveDialect(String magic, String container, ChunkStyle style) {
        this.magic = magic;
        this.container = container;
        this.style = style;
    }

    /// The name for people.
    String container() {
        return container;
    }

    ChunkStyle style() {
        return style;
    }

    /// Whether sizes that do not fit 32 bits are in a `ds64` chunk.
    boolean hasDs64() {
        return this == RF64 || this == BW64;
    }

    /// The bytes in front of the first chunk: identifier, size, `WAVE`.
    int headBytes() {
        return this == W64 ? 40 : 12;
    }

    /// The dialect that a file with this beginning may be, by its first four bytes alone.
    static @Nullable WaveDialect ofMagic(byte[] head) {
        for (WaveDialect dialect : values()) {
            if (Bytes.startsWith(head, 0, dialect.magic)) {
                return dialect;
            }
        }
        return null;
    }

    /// Whether the whole head is that of this dialect.
    boolean matches(byte[] head) {
        if (this != W64) {
            return Bytes.startsWith(head, 0, magic) && Bytes.startsWith(head, 8, "WAVE");
        }
        return head.length >= 40
                && HexFormat.of().formatHex(head, 0, 16).equals(W64_RIFF)
                && HexFormat.of().formatHex(head, 24, 40).equals(W64_WAVE);
    }
}
