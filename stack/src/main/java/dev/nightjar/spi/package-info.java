/// What a driver implements and uses: a [dev.nightjar.Driver] gives [dev.nightjar.Endpoint]s, these open
/// [RawStream]s, and a raw stream runs turns of a [RawClient]. The virtual driver is the runnable specification.
/// Drivers never convert, never rebuild themselves, and never call the program but through the client.
package dev.nightjar.spi;
