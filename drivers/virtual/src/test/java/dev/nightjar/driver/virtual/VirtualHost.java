package dev.nightjar.driver.virtual;

import dev.nightjar.Address;
import dev.nightjar.AudioException;
import dev.nightjar.Direction;
import dev.nightjar.Driver;
import dev.nightjar.Endpoint;
import dev.nightjar.Role;
import dev.nightjar.contract.Ability;
import dev.nightjar.contract.ContractHost;
import dev.nightjar.contract.HostTable;
import dev.nightjar.contract.Place;
import dev.nightjar.contract.Trouble;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import dev.nightjar.media.WavWriter;
import dev.nightjar.spi.AudioClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The virtual driver for the contract suite, by virtual or by real time.
final class VirtualHost implements ContractHost {
    private final @Nullable VirtualClock virtualTime;
    private final @Nullable Path file;
    private final VirtualDriver driver;

    private VirtualHost(@Nullable VirtualClock virtualTime, @Nullable Path file) {
        this.virtualTime = virtualTime;
        this.file = file;
        this.driver = virtualTime == null ? new VirtualDriver() : new VirtualDriver(virtualTime);
        if (file != null) {
            endpoint(Place.RENDER);
        }
    }

    static VirtualHost byVirtualTime() {
        return new VirtualHost(new VirtualClock(), null);
    }

    static VirtualHost byRealTime() {
        return new VirtualHost(null, null);
    }

    /// One whose [Place#RENDER] is a file: only one stream at a time, and not every format.
    static VirtualHost writingAFile() {
        try {
            return new VirtualHost(new VirtualClock(), Files.createTempFile("contract", ".wav"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public HostTable table() {
        Set<Ability> abilities = EnumSet.allOf(Ability.class);
        Set<SampleFormat> samples = EnumSet.allOf(SampleFormat.class);
        if (file != null) {
            abilities.removeAll(Set.of(Ability.LISTED, Ability.SEVERAL, Ability.PREEMPTION));
            samples.removeIf(sample -> WavWriter.refusal(StreamFormat.of(48_000, ChannelLayout.STEREO, sample))
                    .isPresent());
        }
        return new HostTable(
                abilities,
                EnumSet.allOf(Trouble.class),
                new HostTable.Formats(
                        48_000,
                        VirtualOptions.MIN_RATE,
                        VirtualOptions.MAX_RATE,
                        2,
                        ChannelLayout.MAX_CHANNELS,
                        samples,
                        EnumSet.allOf(Packing.class)),
                virtualTime == null ? Duration.ofSeconds(2) : Duration.ZERO,
                virtualTime == null ? Set.of("futex") : Set.of());
    }

    @Override
    public String address(Place place) {
        return switch (place) {
            case RENDER -> file == null ? "virtual:speakers" : "virtual:file:" + file;
            case OTHER_RENDER -> "virtual:null";
            case CAPTURE -> "virtual:microphone?tone=440";
            case CABLE -> "virtual:cable";
        };
    }

    @Override
    public void cause(Trouble trouble, Place place, Duration time) {
        String id = ((Address.Host) endpoint(place).address()).id();
        driver.inject(
                switch (trouble) {
                    case UNPLUG -> new Fault.Unplug(id);
                    case PLUG -> new Fault.Plug(id);
                    case DEFAULT_HERE ->
                        new Fault.MoveDefault(
                                id, place == Place.CAPTURE ? Direction.CAPTURE : Direction.RENDER, Role.DEFAULT);
                    case BUSY -> new Fault.Busy(id, time);
                    case CHANGE_FORMAT -> new Fault.ChangeFormat(id, Map.of("format", "S16"));
                    case STALL -> new Fault.Stall(id, time);
                    case LATE -> new Fault.Late(id, time);
                    case OTHER_SIZES -> new Fault.ShortTransfers(id, 111, time);
                    case ERROR -> new Fault.DriverError(id, -5, "input/output error");
                    case SLEEP -> new Fault.Sleep(time);
                });
    }

    private Endpoint endpoint(Place place) {
        try {
            return driver.endpoint(Address.parse(address(place)), List.of());
        } catch (AudioException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void spend(Duration time) {
        if (virtualTime != null) {
            virtualTime.spend(time);
            return;
        }
        long until = AudioClock.system().nanoTime() + time.toNanos();
        for (long left = time.toNanos();
                left > 0;
                left = until - AudioClock.system().nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
