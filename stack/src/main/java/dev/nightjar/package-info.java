/// The programming interface: drivers, endpoints, streams.
package dev.nightjar;
