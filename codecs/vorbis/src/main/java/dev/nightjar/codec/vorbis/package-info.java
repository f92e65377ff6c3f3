/// Decodes Ogg Vorbis.
package dev.nightjar.codec.vorbis;
