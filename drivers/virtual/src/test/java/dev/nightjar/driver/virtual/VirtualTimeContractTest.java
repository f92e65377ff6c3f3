package dev.nightjar.driver.virtual;

import dev.nightjar.contract.ContractHost;
import dev.nightjar.contract.DriverContract;

class VirtualTimeContractTest extends DriverContract {
    @Override
    protected ContractHost newHost() {
        return VirtualHost.byVirtualTime();
    }
}
