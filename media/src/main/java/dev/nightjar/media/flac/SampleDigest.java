package dev.nightjar.media.flac;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The MD5 of the samples of a stream, against that of STREAMINFO. It is over the interleaved samples,
/// sign-extended and low-aligned in the fewest bytes, little-endian (RFC 9639 section 8.2).
final class SampleDigest {
    private final MessageDigest md5;
    private final byte[] expected;
    private final boolean given;
    private boolean active;

    SampleDigest(StreamInfo info) {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
        expected = info.md5();
        given = info.hasMd5();
        active = given;
    }

    /// Whether samples still count: the MD5 is known, and none are missing so far.
    boolean isActive() {
        return active;
    }

    void update(byte[] bytes, int length) {
        if (active) {
            md5.update(bytes, 0, length);
        }
    }

    /// Gives up: samples are missing.
    void abandon() {
        active = false;
    }

    /// Begins again with the first sample.
    void restart() {
        md5.reset();
        active = given;
    }

    /// Compares, once.
    ///
    /// @return what is wrong, or the empty string
    String verdict() {
        if (!active) {
            return "";
        }
        active = false;
        byte[] found = md5.digest();
        return MessageDigest.isEqual(found, expected)
                ? ""
                : "the samples have the MD5 " + HexFormat.of().formatHex(found) + ", but STREAMINFO says "
                        + HexFormat.of().formatHex(expected);
    }
}
