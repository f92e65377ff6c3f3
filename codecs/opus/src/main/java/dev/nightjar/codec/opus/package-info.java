/// Decodes Ogg Opus.
package dev.nightjar.codec.opus;
