package dev.nightjar.driver.virtual;

import dev.nightjar.contract.ContractHost;
import dev.nightjar.contract.DriverContract;

class RealTimeContractTest extends DriverContract {
    @Override
    protected ContractHost newHost() {
        return VirtualHost.byRealTime();
    }
}
