/// Decodes MPEG audio layers 1 to 3.
package dev.nightjar.codec.mp3;
