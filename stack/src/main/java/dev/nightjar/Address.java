package dev.nightjar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where an endpoint is: `driver:id?key=value&key=value` on a host, `layer(address + address)?key=value` on a
/// layer. Parses and prints exactly: `parse(a.toString()).equals(a)` for every address.
///
/// Ids and parameters are well-formed Unicode. In them `( ) + ? & %`, the control characters, and white space
/// at either end are percent-encoded as UTF-8; so is `=` in keys.
public sealed interface Address {
    /// An endpoint of a host driver.
    ///
    /// @param driver the id of the driver: lower-case letters and digits
    /// @param id what the driver calls the endpoint, decoded; never empty
    /// @param parameters what the endpoint is to be, in their order; keys and values decoded, keys never empty
    record Host(String driver, String id, Map<String, String> parameters) implements Address {
        public Host {
            AddressText.requireWord(driver);
            if (id.isEmpty()) {
                throw new IllegalArgumentException("an address has an id behind the colon, driver=" + driver);
            }
            AddressText.requireWellFormed(id);
            parameters = AddressText.requireParameters(parameters);
        }

        @Override
        public String driverId() {
            return driver;
        }

        /// Written out, as what a record derives is linked at its first call, and that takes longer than to open a
        /// file.
        @Override
        public boolean equals(Object other) {
            return other instanceof Host host
                    && driver.equals(host.driver)
                    && id.equals(host.id)
                    && parameters.equals(host.parameters);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * driver.hashCode() + id.hashCode()) + parameters.hashCode();
        }

        @Override
        public String toString() {
            return driver + ":" + AddressText.encode(id, AddressText.RESERVED) + AddressText.print(parameters);
        }
    }

    /// An endpoint that a layer offers on others.
    ///
    /// @param layer the id of the layer: lower-case letters and digits
    /// @param operands what it stands on; at least one, in at most 16 layers with this one
    /// @param parameters what the endpoint is to be, in their order
    record Layered(String layer, List<Address> operands, Map<String, String> parameters) implements Address {
        public Layered {
            AddressText.requireWord(layer);
            operands = List.copyOf(operands);
            if (operands.isEmpty()) {
                throw new IllegalArgumentException("a layer stands on at least one endpoint, layer=" + layer);
            }
            if (operands.stream().anyMatch(operand -> layers(operand) >= AddressText.MAX_LAYERS)) {
                throw new IllegalArgumentException(
                        "layers nest at most " + AddressText.MAX_LAYERS + " deep, layer=" + layer);
            }
            parameters = AddressText.requireParameters(parameters);
        }

        private static int layers(Address address) {
            return switch (address) {
                case Host _ -> 0;
                case Layered layered ->
                    1
                            + layered.operands().stream()
                                    .mapToInt(Layered::layers)
                                    .max()
                                    .orElse(0);
            };
        }

        @Override
        public String driverId() {
            return layer;
        }

        @Override
        public String toString() {
            return operands.stream().map(Address::toString).collect(Collectors.joining(" + ", layer + "(", ")"))
                    + AddressText.print(parameters);
        }
    }

    /// The host address of an id without parameters.
    static Address of(String driver, String id) {
        return new Host(driver, id, Map.of());
    }

    /// Parses an address.
    ///
    /// @throws AudioException if it does not follow the grammar
    /// - ADDRESS_INVALID always; the message shows the text with a mark under the character
    static Address parse(String text) throws AudioException {
        return new AddressText(text).parse();
    }

    /// The id of the driver or layer.
    String driverId();

    /// What the endpoint is to be, in the order written.
    Map<String, String> parameters();

    /// One parameter.
    default Optional<String> parameter(String key) {
        return Optional.ofNullable(parameters().get(key));
    }

    /// The same endpoint with these parameters instead.
    default Address withParameters(Map<String, String> parameters) {
        Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        return switch (this) {
            case Host host -> new Host(host.driver(), host.id(), copy);
            case Layered layered -> new Layered(layered.layer(), layered.operands(), copy);
        };
    }
}
