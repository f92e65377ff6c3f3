/// Vorbis in Ogg (Vorbis I specification).
///
/// The packets are decoded by jorbis 0.0.17.4 (LGPL-2.1, a jar of its own that is never merged into
/// another; nothing of it is used that would need `java.desktop`). Positions and seeking are done by
/// [dev.nightjar.media.OggFormat].
///
/// - Floats, which differ from those of FFmpeg 5.1 by less than 1e-6; files come out as long as they went
///   in.
/// - Up to 8 channels in the order of [dev.nightjar.dsp.ChannelLayout#ofCount], more as discrete.
/// - A seek gives exactly the samples that reading up to the frame gives.
///
/// jorbis trusts what it reads, and takes some lawful streams for others. So the setup header is parsed
/// here first. Refused, with a message that says so: floor 0 (encoders before version 1.0); modes whose
/// number is not that of their block size, floors that end below their residue and residues that end
/// above their block (no encoder known writes them); codebooks of more than 16 MiB.
///
/// All decoders of a JVM take turns in jorbis, which keeps scratch memory in static fields under a lock.
package dev.nightjar.codec.vorbis;
