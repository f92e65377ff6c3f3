/// MPEG audio: layer 3 of MPEG-1, MPEG-2 and MPEG 2.5, layers 1 and 2 of MPEG-1.
///
/// The layers themselves are decoded by jlayer 1.0.1.4 (LGPL-2.1, a jar of its own that is never merged into another;
/// of its classes only
/// `javazoom.jl.decoder` is used, which needs nothing but `java.base`). Frames, tags, length, gapless play and seeking
/// are done here.
///
/// Good at:
/// - Floats, taken from jlayer's synthesis filter before it would round to 16 bit, at full scale. Against FFmpeg 5.1's
/// decoder, all rates
///   from 8 to 48 kHz, mono and all stereo modes, constant and variable bit rate: root mean square of the difference
/// below -132 dB of
///   full scale, never more than 5e-6. Layer 2: -98 dB, 3.3e-5.
/// - Gapless play: delay and padding as LAME and FFmpeg write them are cut off, with the 529 frames of the decoder;
/// files come out as long
///   as they went in.
/// - Seeking: to the exact frame, with exactly the samples that reading up to it gives. The index is built while
/// reading or when a seek
///   needs it.
/// - Lengths: from the Xing, Info or VBRI header if the size of the file agrees with it, else counted in files up to 64
/// MiB. Unknown in
///   larger files and in pipes without such a header.
///
/// Not decoded, with a message that says so: the free format, layer 2 of MPEG-2 (jlayer takes half of its frame for the
/// whole), streams
/// whose rate or number of channels changes. The checksum of a frame is not verified. Layer 1 has no encoder to test it
/// with.
package dev.nightjar.codec.mp3;
