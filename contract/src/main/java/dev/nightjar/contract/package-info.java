/// What every driver must pass. [DriverContract] is extended by the tests of a driver with a [ContractHost] and a
/// [HostTable]; an author of a driver reads the cases to know what is demanded, subject by subject.
///
/// A case never skips: what the table does not name is tried all the same, the host has to refuse it, and the refusal
/// is printed.
package dev.nightjar.contract;
