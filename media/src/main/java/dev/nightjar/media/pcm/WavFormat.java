package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import dev.nightjar.media.MediaFormat;
import dev.nightjar.media.MediaInput;
import dev.nightjar.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// WAV and its relatives: RIFF, RIFX (big-endian), RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088), Sony Wave64.
public final class WavFormat implements MediaFormat {
    @Override
    public String name() {
        return "WAV";
    }

    @Override
    public List<String> extensions() {
        return List.of("wav", "wave", "bwf", "rf64", "bw64", "w64");
    }

    @Override
    public int matches(byte[] head) {
        WaveDialect dialect = WaveDialect.ofMagic(head);
        return dialect != null && dialect.matches(head) ? 100 : 0;
    }

    @Override
    public MediaReader open(MediaInput input) throws IOException {
        long start = input.position();
        byte[] magic = Bytes.read(input, 4);
        WaveDialect dialect = WaveDialect.ofMagic(magic);
        if (dialect == null) {
            throw new MediaException(Kind.UNRECOGNISED, "this does not begin like WAV");
        }
        byte[] rest = Bytes.read(input, dialect.headBytes() - magic.length);
        byte[] head = Arrays.copyOf(magic, magic.length + rest.length);
        System.arraycopy(rest, 0, head, magic.length, rest.length);
        if (!dialect.matches(head)) {
            throw new MediaException(
                    head.length < dialect.headBytes() ? Kind.TRUNCATED : Kind.UNRECOGNISED,
                    head.length < dialect.headBytes()
                            ? "the file ends within its first " + dialect.headBytes() + " bytes"
                            : "this is a RIFF file, but not WAV");
        }
        long riffSize = dialect == WaveDialect.W64
                ? -1
                : Integer.toUnsignedLong(ByteBuffer.wrap(head, 4, 4)
                        .order(dialect.style().order())
                        .getInt());
        return new WaveParser(input, dialect, start, riffSize).open();
    }
}
