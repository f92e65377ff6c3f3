/// Nightjar as other people's programs use it: packed, on either path, in a JVM of its own.
package dev.nightjar.usage;
