package dev.nightjar.driver.virtual;

import dev.nightjar.contract.ContractHost;
import dev.nightjar.contract.DriverContract;

/// The contract where streams render to a file.
class FileContractTest extends DriverContract {
    @Override
    protected ContractHost newHost() {
        return VirtualHost.writingAFile();
    }
}
