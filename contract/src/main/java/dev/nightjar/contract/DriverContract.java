package dev.nightjar.contract;

import org.junit.jupiter.api.Nested;

/// What every driver must do, as cases. The tests of a driver extend it with a host:
///
/// ```java
/// class AlsaContractTest extends DriverContract {
///     @Override
///     protected ContractHost newHost() {
///         return new AlsaHost();
///     }
/// }
/// ```
///
/// Which clause of the stream contract is held by which case is on the page `docs/contract.md`.
public abstract class DriverContract {
    /// For subclasses.
    protected DriverContract() {}

    /// A new host, with all its endpoints there and free. `[control-thread]`
    protected abstract ContractHost newHost();

    @Nested
    class Endpoints extends EndpointCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Formats extends FormatCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Sharing extends SharingCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Transport extends TransportCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Turns extends TurnCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Times extends TimeCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Cables extends CableCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Xruns extends XrunCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Threads extends ThreadCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Processors extends ProcessorCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Losses extends LossCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Policies extends PolicyCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Generations extends GenerationCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Watches extends WatchCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Events extends EventCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Adapters extends AdapterCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }
    }

    @Nested
    class Footprints extends FootprintCases {
        @Override
        ContractHost newHost() {
            return DriverContract.this.newHost();
        }

        @Override
        Class<?> contract() {
            return DriverContract.this.getClass();
        }
    }
}
