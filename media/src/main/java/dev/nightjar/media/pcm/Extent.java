package dev.nightjar.media.pcm;

import dev.nightjar.media.MediaInput;
import java.util.List;

/// Where the samples of a file are.
///
/// @param offset the first byte in the input
/// @param bytes how many there are, or -1 if only the end of the input will tell
/// @param missing how many more the header claims than the input has
record Extent(long offset, long bytes, long missing) {
    /// Sizes from here, rounded down to whole frames, to 2^31 are what sox writes into a pipe for "not known".
    private static final long UNKNOWN_FROM = 0x7FFF_F000L;

    /// No file is larger; 64-bit headers of streams say 2^63 - 1.
    private static final long LARGEST = 1L << 60;

    /// From the size that a header claims, -1 if it claims none, and from what the input has. What does not fit
    /// is noted.
    static Extent of(MediaInput input, long offset, long claimed, int frameBytes, List<String> notes) {
        long available = input.length() < 0 ? -1 : Math.max(0, input.length() - offset);
        boolean unknown = claimed < 0
                || claimed > LARGEST
                || (available < claimed
                        && (isStreamed(claimed, frameBytes) || isStreamed(claimed - (1L << 31), frameBytes)));
        if (unknown) {
            notes.add("the header does not say how long the audio is; it is read to the end of the input");
            return new Extent(offset, available, 0);
        }
        if (available >= 0 && available < claimed) {
            notes.add("the header claims " + claimed + " bytes of audio, but only " + available + " follow");
            return new Extent(offset, available, claimed - available);
        }
        return new Extent(offset, claimed, 0);
    }

    private static boolean isStreamed(long claimed, int frameBytes) {
        return claimed > UNKNOWN_FROM - frameBytes && claimed < 1L << 31;
    }

    /// The whole frames in here, or -1; a last frame that is cut is noted.
    long frames(int frameBytes, List<String> notes) {
        if (bytes < 0) {
            return -1;
        }
        if (bytes % frameBytes != 0) {
            notes.add("the audio ends with " + bytes % frameBytes + " bytes of an incomplete frame of " + frameBytes
                    + " bytes, which are left out");
        }
        return bytes / frameBytes;
    }
}
