package dev.nightjar.driver.virtual;

import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Failure;
import dev.nightjar.ShareMode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What stands for a piece of hardware: who is on it, and what is wrong with it at the moment. Control threads
/// write, audio threads read.
final class VirtualDevice {
    final String id;
    final String name;
    final Direction direction;
    final @Nullable Wire wire;
    private final List<VirtualStream> streams = new CopyOnWriteArrayList<>();
    private volatile boolean present = true;
    private volatile @Nullable VirtualOptions limits;
    private volatile double ppm;
    private volatile long busyUntil = Long.MIN_VALUE;
    private volatile long stalledUntil = Long.MIN_VALUE;
    private volatile long shortUntil = Long.MIN_VALUE;
    private volatile int shortFrames;
    private volatile long jitterUntil = Long.MIN_VALUE;
    private volatile long jitterNanos;
    private volatile long lateNanos;

    VirtualDevice(String id, String name, Direction direction, @Nullable Wire wire) {
        this.id = id;
        this.name = name;
        this.direction = direction;
        this.wire = wire;
    }

    boolean isPresent() {
        return present;
    }

    void present(boolean now) {
        present = now;
    }

    /// What the device takes beyond what addresses say, once a script has changed it.
    @Nullable
    VirtualOptions limits() {
        return limits;
    }

    void limits(VirtualOptions only) {
        limits = only;
    }

    double ppm() {
        return ppm;
    }

    void ppm(double fast) {
        ppm = fast;
    }

    void busyUntil(long nanos) {
        busyUntil = nanos;
    }

    void stalledUntil(long nanos) {
        stalledUntil = nanos;
    }

    boolean isStalled(long now) {
        return now < stalledUntil;
    }

    void shortTransfers(int frames, long untilNanos) {
        shortFrames = frames;
        shortUntil = untilNanos;
    }

    /// The most frames of a turn now.
    int mostFrames(long now, int usual) {
        return now < shortUntil ? Math.clamp(shortFrames, 1, usual) : usual;
    }

    void jitter(long most, long untilNanos) {
        jitterNanos = most;
        jitterUntil = untilNanos;
    }

    long jitter(long now) {
        return now < jitterUntil ? jitterNanos : 0;
    }

    void late(long nanos) {
        lateNanos = nanos;
    }

    /// How late the next wake-up is to be; asked once.
    long takeLateness() {
        long late = lateNanos;
        if (late != 0) {
            lateNanos = 0;
        }
        return late;
    }

    List<VirtualStream> streams() {
        return streams;
    }

    /// Says why there is no room for a stream, if there is none.
    ///
    /// @throws AudioException ENDPOINT_GONE, ENDPOINT_BUSY
    synchronized void requireRoom(Direction side, String operation, long now) throws AudioException {
        if (!present) {
            throw AudioException.of(
                    Failure.ENDPOINT_GONE, operation, name + " is unplugged; plug it in or choose another");
        }
        if (now < busyUntil) {
            throw AudioException.of(
                    Failure.ENDPOINT_BUSY, operation, "another program holds " + name + "; try again later");
        }
        for (VirtualStream other : streams) {
            boolean alone = other.shareMode() == ShareMode.EXCLUSIVE && !other.isLost();
            boolean oneWriter =
                    isFedByOne() && side.renders() && other.direction().renders() && !other.isLost();
            if (alone || oneWriter) {
                throw AudioException.of(
                        Failure.ENDPOINT_BUSY,
                        operation,
                        "stream '" + other.name() + "' holds " + name + "; close it first");
            }
        }
    }

    /// Lets a stream on the device. An exclusive one sends the shared ones away.
    synchronized void admit(VirtualStream stream) {
        if (stream.shareMode() == ShareMode.EXCLUSIVE) {
            for (VirtualStream other : streams) {
                other.lose(AudioException.of(
                        Failure.PREEMPTED, "run " + id, "'" + stream.name() + "' took " + name + " exclusively"));
            }
        }
        streams.add(stream);
        if (!present) {
            stream.lose(AudioException.of(Failure.ENDPOINT_GONE, "run virtual:" + id, "it was unplugged"));
        }
    }

    private boolean isFedByOne() {
        return wire != null || id.startsWith("file:");
    }

    synchronized void dismiss(VirtualStream stream) {
        streams.remove(stream);
        releaseIfEmpty();
    }

    /// Nobody is on the device: a cable takes any format again.
    synchronized void releaseIfEmpty() {
        if (wire != null && streams.isEmpty()) {
            wire.release();
        }
    }
}
