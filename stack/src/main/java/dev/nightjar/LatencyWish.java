package dev.nightjar;

import java.time.Duration;

/// How long a sample may take between program and converter: a hint. What was granted is in the stream's
/// [Latency].
public sealed interface LatencyWish {
    /// As little as the endpoint can do without a glitch.
    static LatencyWish smallest() {
        return new Smallest();
    }

    /// What the endpoint does for a program that does not care: robust, no hurry.
    static LatencyWish relaxed() {
        return new Time(Duration.ofMillis(100));
    }

    /// So many frames of the endpoint's rate.
    ///
    /// @param frames 1 or more
    record Frames(int frames) implements LatencyWish {
        public Frames {
            if (frames < 1) {
                throw new IllegalArgumentException("a latency is at least one frame, frames=" + frames);
            }
        }

        @Override
        public int framesAt(int rate) {
            return frames;
        }
    }

    /// So much time.
    ///
    /// @param time more than nothing, at most 10 s
    record Time(Duration time) implements LatencyWish {
        public Time {
            if (time.isZero() || time.isNegative() || time.compareTo(Duration.ofSeconds(10)) > 0) {
                throw new IllegalArgumentException("a latency is more than 0 and at most 10 s, time=" + time);
            }
        }

        @Override
        public int framesAt(int rate) {
            return (int) Math.max(1, Math.round(time.toNanos() * 1e-9 * rate));
        }
    }

    /// As small as is clean.
    record Smallest() implements LatencyWish {
        @Override
        public int framesAt(int rate) {
            return 0;
        }
    }

    /// The wish in frames at a rate, at least 1; 0 for [Smallest].
    int framesAt(int rate);
}
