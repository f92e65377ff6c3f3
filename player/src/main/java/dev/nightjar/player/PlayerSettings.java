package dev.nightjar.player;

import dev.nightjar.LatencyWish;
import dev.nightjar.Role;
import dev.nightjar.ShareMode;
import dev.nightjar.StreamPolicy;
import java.time.Duration;

/// How tracks are played.
///
/// @param shareMode shared, converted as needed, or exclusive, bit for bit
/// @param latency the wish
/// @param gainDb the gain in dB, -120 to 24; at 0 samples are not touched
/// @param start where the first track begins; not negative
/// @param policy what happens when the endpoint goes or the default moves
/// @param role what the stream is for
public record PlayerSettings(
        ShareMode shareMode, LatencyWish latency, double gainDb, Duration start, StreamPolicy policy, Role role) {
    /// Shared, relaxed, untouched, from the beginning, pinned to its endpoint.
    public static final PlayerSettings DEFAULT = new PlayerSettings(
            ShareMode.SHARED, LatencyWish.relaxed(), 0, Duration.ZERO, StreamPolicy.PINNED, Role.DEFAULT);

    public PlayerSettings {
        if (!(gainDb >= -120 && gainDb <= 24)) {
            throw new IllegalArgumentException("a gain is -120 to 24 dB, gainDb=" + gainDb);
        }
        if (start.isNegative()) {
            throw new IllegalArgumentException("a track starts at 0 or later, start=" + start);
        }
    }

    public PlayerSettings shareMode(ShareMode mode) {
        return new PlayerSettings(mode, latency, gainDb, start, policy, role);
    }

    public PlayerSettings exclusive() {
        return shareMode(ShareMode.EXCLUSIVE);
    }

    public PlayerSettings latency(LatencyWish wish) {
        return new PlayerSettings(shareMode, wish, gainDb, start, policy, role);
    }

    public PlayerSettings gainDb(double decibels) {
        return new PlayerSettings(shareMode, latency, decibels, start, policy, role);
    }

    public PlayerSettings start(Duration at) {
        return new PlayerSettings(shareMode, latency, gainDb, at, policy, role);
    }

    public PlayerSettings policy(StreamPolicy newPolicy) {
        return new PlayerSettings(shareMode, latency, gainDb, start, newPolicy, role);
    }

    public PlayerSettings role(Role newRole) {
        return new PlayerSettings(shareMode, latency, gainDb, start, policy, newRole);
    }
}
