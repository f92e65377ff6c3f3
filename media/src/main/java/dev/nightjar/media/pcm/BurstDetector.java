package dev.nightjar.media.pcm;

import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.media.MediaInput;
import java.io.IOException;

/// Notices IEC 61937 bursts (AC-3, DTS and so on, made to look like 16-bit stereo) so that nobody wonders about
/// the noise. They are not decoded.
final class BurstDetector {
    /// The longest repetition period of the common data types is 4 * 1,536 frames (IEC 61937-3, E-AC-3), four
    /// bytes each.
    private static final int LOOK_BYTES = 32 * 1024;

    private BurstDetector() {}

    /// Looks at the first samples and adds a note if they are bursts.
    ///
    /// @return an input whose next byte is at `offset`
    static MediaInput inspect(MediaInput input, PcmReader.Found found, long offset) throws IOException {
        Coding coding = found.coding();
        if (coding.target() != SampleFormat.S16
                || !coding.isInPlace()
                || found.layout().channels() != 2) {
            return at(input, offset);
        }
        MediaInput placed = at(input, offset);
        byte[] head = Bytes.read(placed, LOOK_BYTES);
        byte[] samples = head.clone();
        coding.decodeInPlace(samples, 0, samples.length & ~1);
        int burst = indexOfBurst(samples);
        if (burst >= 0) {
            found.notes()
                    .add("the samples carry IEC 61937 bursts (" + dataType(samples[burst + 4] & 0x1F)
                            + "), an encoded signal for a digital output; as PCM it is noise");
        }
        if (placed.canSeek()) {
            placed.seek(offset);
            return placed;
        }
        return new ReplayedInput(head, placed);
    }

    private static MediaInput at(MediaInput input, long offset) throws IOException {
        if (input.canSeek()) {
            input.seek(offset);
        }
        return input;
    }

    /// The preamble words Pa 0xF872 and Pb 0x4E1F on a frame, with a plausible Pc and a length Pd that is not
    /// zero.
    private static int indexOfBurst(byte[] samples) {
        for (int i = 0; i + 8 <= samples.length; i += 4) {
            if (samples[i] == 0x72
                    && samples[i + 1] == (byte) 0xF8
                    && samples[i + 2] == 0x1F
                    && samples[i + 3] == 0x4E
                    && (samples[i + 4] & 0x1F) != 0
                    && (samples[i + 6] | samples[i + 7]) != 0) {
                return i;
            }
        }
        return -1;
    }

    /// IEC 61937-2, table of data types.
    private static String dataType(int type) {
        return switch (type) {
            case 1 -> "AC-3";
            case 4, 5, 6, 8, 9 -> "MPEG audio";
            case 7 -> "AAC";
            case 11, 12, 13, 17 -> "DTS";
            case 21 -> "E-AC-3";
            case 22 -> "TrueHD";
            default -> "data type " + type;
        };
    }
}
