package dev.nightjar.driver.virtual;

import dev.nightjar.Address;
import dev.nightjar.Endpoint;
import dev.nightjar.Loopback;

/// A cable: its capture side is the loopback of its render side.
final class VirtualCable extends VirtualEndpoint implements Loopback {
    VirtualCable(VirtualDriver driver, Address address, VirtualDevice device, VirtualOptions asked) {
        super(driver, address, device, asked, null);
    }

    @Override
    public Endpoint loopback() {
        return this;
    }
}
