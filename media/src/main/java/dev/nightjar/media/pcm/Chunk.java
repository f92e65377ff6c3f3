package dev.nightjar.media.pcm;

/// The header of a chunk.
///
/// @param id four characters, or a GUID in hexadecimal that has no such name
/// @param size the bytes of its body as the header claims them; negative only where the style has 64-bit sizes
/// @param body the offset of its body in the input
record Chunk(String id, long size, long body) {
    boolean is(String name) {
        return id.equals(name);
    }
}
