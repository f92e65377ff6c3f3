/// The command line.
package dev.nightjar.app;
