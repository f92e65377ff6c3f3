package dev.nightjar.media.flac;

import dev.nightjar.media.MediaException;
import dev.nightjar.media.MediaException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The frames of a stream one after the other. Damage is reported once, by an exception that says from where to
/// where it goes; then the frames behind it follow.
///
/// Not thread-safe.
final class FlacFrames {
    private static final int FIRST_GUESS = 16 * 1024;
    /// What may be spent on false frames: so much at once, and so much for each byte of the input. Hostile bytes can
    /// hold a false frame every few bytes, and each may take as long as a good one.
    private static final long SPARE_COST = 256L << 20;

    private static final int COST_PER_BYTE = 16;

    private final FlacWindow window;
    private final FrameDecoder decoder;
    private final StreamInfo info;
    private int guess = FIRST_GUESS;
    private long falseCost;
    private boolean intact = true;
    /// Whether the first frame was where it should be, so that the stream begins with its number.
    private boolean joined;
    private long base;
    private int accepted;
    private long firstNumber;
    private int fixedBlockSize;
    private boolean numbered;
    private boolean ended;
    private @Nullable FrameHeader found;
    private long frameOffset;

    FlacFrames(FlacWindow window, FrameDecoder decoder, StreamInfo info) {
        this.window = window;
        this.decoder = decoder;
        this.info = info;
    }

    /// Decodes the next frame; the decoder holds its samples until the next call.
    ///
    /// @return null at the end
    /// @throws MediaException `CORRUPT` where bytes are damaged, `TRUNCATED` where the last frame is cut off,
    ///     `UNSUPPORTED` where rate, channels or bits change, behind which there is nothing more
    @Nullable
    FrameHeader next() throws IOException {
        if (found != null) {
            FrameHeader frame = found;
            found = null;
            return frame;
        }
        if (ended) {
            return null;
        }
        long start = window.position();
        try {
            FrameHeader frame = decodeHere();
            if (frame != null && !info.matches(frame)) {
                ended = true;
                throw new MediaException(Kind.UNSUPPORTED, info.difference(frame) + " in mid-stream, at byte " + start);
            }
            return accept(frame);
        } catch (BadFrame e) {
            if (isLoneSyncByte()) {
                ended = true;
                return null;
            }
            throw damage(e.reason(), start);
        }
    }

    /// The index of the first sample of a frame, counted from the first frame of the stream. Frames of a fixed
    /// size are as long as the first one, except the last.
    long sample(FrameHeader frame) {
        return raw(frame) - base;
    }

    /// What the stream itself calls its first sample: more than 0 if it was joined on the way.
    long base() {
        return base;
    }

    /// The offset of the frame that was decoded last.
    long frameOffset() {
        return frameOffset;
    }

    /// Whether enough frames were seen to know where [#sample] counts from, and how.
    boolean isCounted() {
        return accepted > 1;
    }

    /// Goes on with the frame at the window, which was moved.
    void restart() {
        ended = false;
        found = null;
    }

    /// Decodes the first good frame of this stream that begins in the window or behind it, before byte `end`.
    ///
    /// @return null if there is none
    @Nullable
    FrameHeader search(long end) throws IOException {
        restart();
        while (isSearchable() && window.findSync() && window.position() < end) {
            try {
                FrameHeader frame = decodeHere();
                if (frame != null && info.matches(frame)) {
                    return accept(frame);
                }
            } catch (BadFrame e) {
                window.skip(1);
                continue;
            }
            window.skip(1);
        }
        return null;
    }

    private boolean isSearchable() {
        return falseCost < SPARE_COST + COST_PER_BYTE * window.position();
    }

    private long raw(FrameHeader frame) {
        return frame.bySample() && !numbered ? frame.number() : frame.number() * fixedBlockSize;
    }

    private @Nullable FrameHeader accept(@Nullable FrameHeader frame) throws MediaException {
        if (frame == null) {
            MediaException damage = window.takeDamage();
            if (damage != null) {
                intact = false;
                throw damage;
            }
            ended = true;
            return null;
        }
        if (accepted == 0) {
            firstNumber = frame.number();
            fixedBlockSize = frame.blockSize();
            joined = intact;
            base = joined ? raw(frame) : 0;
        } else if (isNumbered(frame)) {
            numbered = true;
            base = joined ? firstNumber * fixedBlockSize : 0;
        }
        accepted = Math.min(accepted + 1, 2);
        frameOffset = window.position();
        window.skip(decoder.frameBytes());
        guess = Math.max(guess, decoder.frameBytes() + decoder.frameBytes() / 4);
        return frame;
    }

    /// Whether a frame that should tell its first sample tells its own number: where STREAMINFO is wrong about block
    /// sizes.
    private boolean isNumbered(FrameHeader frame) {
        return frame.bySample() && frame.number() == firstNumber + 1 && fixedBlockSize > 1;
    }

    private @Nullable FrameHeader decodeHere() throws IOException, BadFrame {
        window.ensure(guess);
        while (window.available() > 0) {
            try {
                return decoder.decode(window.bytes(), window.at(), window.limit(), info);
            } catch (BadFrame e) {
                falseCost += decoder.cost();
                if (e.reason() != BadFrame.Cause.ENDS || window.isEnd()) {
                    throw e;
                }
                window.ensure(2 * window.available());
            }
        }
        return null;
    }

    /// A stream may end in the first byte of a sync code; the reference decoder does not mind.
    private boolean isLoneSyncByte() {
        return window.available() == 1
                && window.isEnd()
                && !window.isDamaged()
                && window.bytes()[window.at()] == (byte) 0xff;
    }

    /// What to throw for a bad frame at `start`.
    private MediaException damage(BadFrame.Cause reason, long start) throws IOException {
        if (reason == BadFrame.Cause.ENDS && window.isDamaged()) {
            MediaException damage = window.takeDamage();
            if (damage != null) {
                intact = false;
                return damage;
            }
        }
        intact = false;
        window.skip(1);
        FrameHeader next = search(Long.MAX_VALUE);
        found = next;
        ended = next == null && !window.isDamaged();
        if (next != null) {
            return new MediaException(
                    Kind.CORRUPT, reason.words() + ", at byte " + start + "; the next good one is at " + frameOffset);
        }
        boolean cut = reason == BadFrame.Cause.ENDS;
        String rest = isSearchable() ? "there is no good one behind it" : "too many false ones follow to search on";
        return new MediaException(
                cut ? Kind.TRUNCATED : Kind.CORRUPT, reason.words() + ", at byte " + start + "; " + rest);
    }
}
