package dev.nightjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.RawRequest;
import dev.nightjar.spi.RawStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The drivers under one roof.
class AudioTest {
    private final ScriptedDriver alsa = new ScriptedDriver("alsa");
    private final ScriptedDriver pulse = new ScriptedDriver("pulse");
    private final Mixer mixer = new Mixer();
    private final Audio audio = Audio.of(pulse, alsa, mixer);

    /// A layer that offers one endpoint for each address, with what it was given.
    private static final class Mixer extends ScriptedDriver implements Layer {
        final List<List<Endpoint>> given = new ArrayList<>();

        Mixer() {
            super("mix");
            rank = NEVER_DEFAULT;
        }

        @Override
        public Endpoint endpoint(Address address, List<Endpoint> operands) {
            given.add(operands);
            return new ScriptedEndpoint(this, address);
        }
    }

    /// An endpoint whose output can be captured.
    private static final class Speakers extends Endpoint implements Loopback {
        private final ScriptedEndpoint monitor;

        Speakers(ScriptedDriver driver) {
            super(driver, Address.of("alsa", "speakers"));
            monitor = new ScriptedEndpoint(driver, Address.of("alsa", "monitor"));
        }

        @Override
        public Endpoint loopback() {
            return monitor;
        }

        @Override
        public EndpointInfo info() {
            return monitor.info();
        }

        @Override
        protected RawStream openRaw(RawRequest request) {
            throw new AssertionError("only its monitor is opened");
        }
    }

    private void refused(String address, Failure failure, String text) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> audio.endpoint(address))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure))
                .withMessageContaining(text);
    }

    @Test
    void oneAddressIsOneObject() throws AudioException {
        ScriptedEndpoint card = alsa.add("hw:0");
        assertThat(audio.endpoint("alsa:hw:0")).isSameAs(card);
        assertThat(audio.endpoint(" alsa:hw:0")).isSameAs(card);
        assertThat(alsa.asked).hasSize(1);
        Endpoint mixed = audio.endpoint("mix(alsa:hw:0)");
        assertThat(audio.endpoint("mix( alsa:hw:0 )")).isSameAs(mixed);
        assertThat(mixer.given).hasSize(1);
    }

    @Test
    void layersGetTheirOperandsResolvedInOrder() throws AudioException {
        ScriptedEndpoint one = alsa.add("one");
        ScriptedEndpoint two = pulse.add("two");
        audio.endpoint("mix(pulse:two + alsa:one)");
        assertThat(mixer.given.getFirst()).containsExactly(two, one);
        Endpoint outer = audio.endpoint("mix(mix(alsa:one) + pulse:two)");
        assertThat(mixer.given.getLast()).last().isSameAs(two);
        assertThat(mixer.given.getLast().getFirst()).isSameAs(audio.endpoint("mix(alsa:one)"));
        assertThat(outer).hasToString("mix(mix(alsa:one) + pulse:two)");
        refused("mix(alsa:one + alsa:three)", Failure.ENDPOINT_UNKNOWN, "find alsa:three");
    }

    @Test
    void anUnknownEndpointGetsTheNearestThereIs() {
        alsa.add("hw:CARD=PCH,DEV=0");
        pulse.add("speakers");
        refused("alsa:hw:CARD=PHC,DEV=0", Failure.ENDPOINT_UNKNOWN, "did you mean alsa:hw:CARD=PCH,DEV=0?");
        refused("pulse:speaker?rate=192000&channels=8", Failure.ENDPOINT_UNKNOWN, "did you mean pulse:speakers?");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> audio.endpoint("alsa:something else entirely"))
                .withMessage("find alsa:something else entirely: there is none of this name");
    }

    @Test
    void anUnknownDriverGetsTheNamesOfThoseThereAre() {
        refused("alas:hw:0", Failure.ENDPOINT_UNKNOWN, "there are pulse, alsa, mix, loopback; did you mean alsa?");
        refused("loopbak(alsa:hw:0)", Failure.ENDPOINT_UNKNOWN, "hw:0");
        refused("portaudio:0", Failure.ENDPOINT_UNKNOWN, "there is no driver 'portaudio'; there are");
        refused("alsa", Failure.ADDRESS_INVALID, "(character 5)");
    }

    @Test
    void hostsAndLayersAreWrittenDifferently() throws AudioException {
        alsa.add("hw:0");
        refused("alsa(alsa:hw:0)", Failure.ADDRESS_INVALID, "endpoints of Scripted alsa are written alsa:ID");
        refused("mix:hw:0", Failure.ADDRESS_INVALID, "endpoints of Scripted mix are written mix(ADDRESS)");
    }

    @Test
    void aDriverThatCannotWorkSaysWhyAndWhatToDo() throws AudioException {
        alsa.add("hw:0");
        alsa.availability = new Availability.Unavailable(
                Failure.DRIVER_MISSING, "libasound.so.2 is not installed", "apt-get install libasound2");
        refused(
                "alsa:hw:0",
                Failure.DRIVER_MISSING,
                "find alsa:hw:0: libasound.so.2 is not installed; apt-get install libasound2");
        ScriptedEndpoint speakers = pulse.add("speakers");
        assertThat(audio.endpoints()).containsExactly(speakers);
        alsa.renderDefault = Optional.of(speakers);
        assertThatThrownBy(audio::defaultRender).hasMessageContaining("no driver here has one");
        assertThat(audio.drivers()).containsExactly(pulse, alsa, mixer);
        audio.watch(_ -> {}).close();
        assertThat(alsa.watchers).isEmpty();
    }

    @Test
    void theDefaultIsThatOfTheFirstDriverThatHasOne() throws AudioException {
        ScriptedEndpoint card = alsa.add("hw:0");
        ScriptedEndpoint server = pulse.add("speakers");
        alsa.renderDefault = Optional.of(card);
        alsa.captureDefault = Optional.of(card);
        assertThat(audio.defaultRender()).isSameAs(card);
        pulse.renderDefault = Optional.of(server);
        assertThat(audio.defaultRender()).isSameAs(server);
        assertThat(audio.defaultCapture()).isSameAs(card);
        pulse.rank = Driver.NEVER_DEFAULT;
        assertThat(audio.defaultRender()).isSameAs(card);
    }

    @Test
    void aDriverInTroubleIsPassedOverUnlessThereIsNoOther() throws AudioException {
        AudioException gone = AudioException.of(Failure.DRIVER_MISSING, "ask pulse", "the server went away");
        pulse.trouble = Optional.of(gone);
        ScriptedEndpoint card = alsa.add("hw:0");
        assertThat(audio.endpoints()).containsExactly(card);
        assertThatThrownBy(audio::defaultRender).isSameAs(gone);
        alsa.renderDefault = Optional.of(card);
        assertThat(audio.defaultEndpoint(Direction.RENDER, Role.COMMUNICATIONS)).isSameAs(card);
    }

    @Test
    void loopbackIsAnAbilityOfTheEndpointItself() throws AudioException {
        Speakers speakers = new Speakers(alsa);
        ScriptedDriver owner = new ScriptedDriver("alsa") {
            @Override
            public Endpoint endpoint(Address address, List<Endpoint> operands) throws AudioException {
                return address.equals(speakers.address()) ? speakers : super.endpoint(address, operands);
            }
        };
        owner.add("plain");
        try (Audio own = Audio.of(owner)) {
            assertThat(own.endpoint("loopback(alsa:speakers)")).isSameAs(speakers.loopback());
            assertThatThrownBy(() -> own.endpoint("loopback(alsa:plain)"))
                    .hasMessage("find loopback(alsa:plain): alsa:plain cannot be captured")
                    .isInstanceOfSatisfying(
                            AudioException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_OFFERED));
            assertThatThrownBy(() -> own.endpoint("loopback(alsa:plain + alsa:speakers)"))
                    .hasMessageContaining("a loopback is written loopback(ADDRESS)");
            assertThatThrownBy(() -> own.endpoint("loopback:plain")).hasMessageContaining("loopback(ADDRESS)");
        }
    }

    @Test
    void changesOfAllDriversAreToldUntilTheWatchIsClosed() {
        List<EndpointEvent> heard = new ArrayList<>();
        Driver.Watch watch = audio.watch(heard::add);
        EndpointEvent added = new EndpointEvent.Added(alsa.add("hw:1"));
        EndpointEvent changed = new EndpointEvent.FormatChanged(pulse.add("sink"));
        alsa.tell(added);
        pulse.tell(changed);
        watch.close();
        alsa.tell(added);
        assertThat(heard).containsExactly(added, changed);
        assertThat(heard.getFirst().endpoint()).hasToString("alsa:hw:1");
    }

    @Test
    void closingClosesEveryDriverAlsoBehindOneThatCannotBeClosed() {
        ScriptedDriver broken = new ScriptedDriver("broken") {
            @Override
            public void close() {
                throw new IllegalStateException("still in use");
            }
        };
        Audio.of(broken, alsa, pulse).close();
        assertThat(alsa.closed).isTrue();
        assertThat(pulse.closed).isTrue();
    }

    @Test
    void whereNothingIsInstalledThereAreNoDrivers() {
        try (Audio found = Audio.open()) {
            assertThat(found.drivers()).isEmpty();
            assertThat(found.driver("alsa")).isEmpty();
            assertThatThrownBy(found::defaultCapture).hasMessageContaining("see `nightjar drivers`");
        }
    }
}
