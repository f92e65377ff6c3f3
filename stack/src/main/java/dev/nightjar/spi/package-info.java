/// What a driver implements and what it builds on.
package dev.nightjar.spi;
