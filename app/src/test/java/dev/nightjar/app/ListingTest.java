package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.Address;
import dev.nightjar.Audio;
import dev.nightjar.Availability;
import dev.nightjar.Direction;
import dev.nightjar.EndpointInfo;
import dev.nightjar.EndpointInfo.Formats;
import dev.nightjar.EndpointInfo.LatencyRange;
import dev.nightjar.EndpointInfo.Presence;
import dev.nightjar.Failure;
import dev.nightjar.FormatRange;
import dev.nightjar.FormatSupport;
import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.dsp.StreamFormat.Packing;
import io.avaje.json.mapper.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `drivers` and `endpoints`, on a machine with hardware that this one does not have.
class ListingTest {
    private static final Availability HERE = new Availability.Available("libone 1.2");
    private static final FormatSupport MIX = new FormatSupport.Offered(
            List.of(FormatRange.only(StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.F32))));
    private static final FormatSupport NATIVE = new FormatSupport.Offered(List.of(new FormatRange(
            44_100,
            192_000,
            List.of(44_100, 48_000, 192_000),
            2,
            8,
            Map.of(SampleFormat.S16, 16, SampleFormat.S32, 24),
            Packing.INTERLEAVED)));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = Program.console(out, err, Style.PLAIN);
    private final StubDriver one = new StubDriver("one", HERE)
            .endpoint("card", address -> info(address, "Big card", Presence.PRESENT, Optional.of("pci:1")))
            .endpoint("gone", address -> info(address, "Headset", Presence.GONE, Optional.of("usb:2")));
    private final StubDriver two = new StubDriver("two", HERE)
            .endpoint("other", address -> info(address, "Other way", Presence.PRESENT, Optional.of("pci:1")));
    private final StubDriver three = new StubDriver(
            "three",
            new Availability.Unavailable(Failure.DRIVER_MISSING, "libthree.so is missing", "apt-get install libthree"));

    private static EndpointInfo info(Address address, String name, Presence presence, Optional<String> hardware) {
        return new EndpointInfo(
                address,
                name,
                Direction.RENDER,
                presence,
                new Formats(MIX, NATIVE),
                Formats.NONE,
                new LatencyRange(32, 4096),
                Optional.empty(),
                hardware);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhichDriversWorkAndWhatTheOthersLack() {
        DriversCommand.run(Audio.of(one, three), new Arguments(Map.of(), List.of()), console);
        assertThat(printed().lines())
                .containsExactly(
                        "DRIVER  NAME   STATE     VERSION",
                        "one     ONE    works     libone 1.2",
                        "three   THREE  not here  -",
                        "    libthree.so is missing; apt-get install libthree");
    }

    @Test
    void givesTheSameOfDriversAsJson() {
        DriversCommand.run(Audio.of(one, three), new Arguments(Map.of("--json", ""), List.of()), console);
        List<?> drivers =
                (List<?>) JsonMapper.builder().build().fromJsonObject(printed()).get("drivers");
        assertThat(drivers)
                .isEqualTo(List.of(
                        Map.of("id", "one", "name", "ONE", "state", "available", "version", "libone 1.2"),
                        Map.of(
                                "id", "three",
                                "name", "THREE",
                                "state", "unavailable",
                                "failure", "DRIVER_MISSING",
                                "reason", "libthree.so is missing",
                                "remedy", "apt-get install libthree")));
    }

    @Test
    void putsTheRoadsToOneDeviceTogetherAndLeavesOutWhatIsNotThere() throws Refusal {
        assertThat(EndpointsCommand.run(Audio.of(one, two, three), new Arguments(Map.of(), List.of()), console))
                .isEqualTo(Exit.OK);
        assertThat(printed().lines())
                .containsExactly(
                        "Big card (pci:1)",
                        "  * one:card   render  Big card",
                        "      shared: 2 channels, 48 kHz, F32",
                        "      exclusive: 2-8 channels, 44.1 48 192 kHz, S16 S32 (24 bits)",
                        "      periods: 32-4096 frames (0.7-85 ms at 48 kHz)",
                        "  * two:other  render  Other way",
                        "      shared: 2 channels, 48 kHz, F32",
                        "      exclusive: 2-8 channels, 44.1 48 192 kHz, S16 S32 (24 bits)",
                        "      periods: 32-4096 frames (0.7-85 ms at 48 kHz)",
                        "",
                        "play needs --to: no driver has a default endpoint.");
    }

    @Test
    void showsWhatIsNotThereWhenAllIsAskedForAndOnlyTheDriverThatIsNamed() throws Refusal {
        EndpointsCommand.run(Audio.of(one, two), new Arguments(Map.of("--all", ""), List.of("one")), console);
        assertThat(printed())
                .contains("one:card")
                .contains("Headset (not there)")
                .doesNotContain("two:");
    }

    @Test
    void givesTheSameOfEndpointsAsJson() throws Refusal {
        EndpointsCommand.run(Audio.of(one), new Arguments(Map.of("--json", ""), List.of()), console);
        List<?> endpoints =
                (List<?>) JsonMapper.builder().build().fromJsonObject(printed()).get("endpoints");
        Map<?, ?> card = (Map<?, ?>) endpoints.getFirst();
        assertThat(endpoints).hasSize(1);
        assertThat(card.get("address")).isEqualTo("one:card");
        assertThat(card.get("hardware")).isEqualTo("pci:1");
        assertThat(card.get("default")).isEqualTo(true);
        assertThat(card.toString())
                .contains(
                        "exclusive={state=offered, formats=[{minRate=44100, maxRate=192000, minChannels=2, maxChannels=8,")
                .contains("validBits={S16=16, S32=24}, packing=interleaved, rates=[44100, 48000, 192000]")
                .contains("periodFrames={min=32, max=4096}");
    }

    @Test
    void goesOnWhenADriverCannotListAndSaysSo() throws Refusal {
        Exit exit = EndpointsCommand.run(Audio.of(two.broken(), one), new Arguments(Map.of(), List.of()), console);
        assertThat(exit).isEqualTo(Exit.UNAVAILABLE);
        assertThat(printed()).contains("one:card");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "nightjar: the endpoints of two are missing: list the endpoints: its server went away; start it\n");
    }

    @Test
    void refusesADriverThatIsNotThereOrDoesNotWork() {
        Audio audio = Audio.of(one, three);
        assertThatThrownBy(() -> EndpointsCommand.run(audio, new Arguments(Map.of(), List.of("on")), console))
                .hasMessage("there is no driver 'on'; there are one, three");
        assertThatThrownBy(() -> EndpointsCommand.run(audio, new Arguments(Map.of(), List.of("three")), console))
                .hasMessage("THREE does not work here: libthree.so is missing; apt-get install libthree");
    }
}
