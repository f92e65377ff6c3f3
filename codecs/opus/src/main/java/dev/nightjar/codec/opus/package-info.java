/// Opus in Ogg (RFC 6716, RFC 7845).
///
/// The packets are decoded by concentus 1.0.2 (the licence of Opus, a jar of its own). It computes with
/// fixed point and gives 16 bit: the frames are floats of which 16 bits are valid, as
/// [dev.nightjar.dsp.StreamFormat#validBits()] says. Headers, positions, gain and seeking are done here
/// and in [dev.nightjar.media.OggFormat].
///
/// Against libopus 1.3.1 in floats, signal to noise as the tests assert it:
/// - music (CELT), all frame sizes, 1 to 8 channels: 65 dB or more (68 to 73 measured, the difference is
///   at -81 to -87 dB of full scale)
/// - speech (SILK): 120 dB or more (no difference measured)
/// - speech and music at once (hybrid): 40 dB or more (44 measured; all of it in the first and the last
///   packet)
///
/// - Frames come at 48 kHz, whatever the original had. Pre-skip and the end are cut; files come out as
///   long as they went in.
/// - The output gain is applied to floats and does not clip; all 24 bits of a float are valid then.
/// - Channel mapping families 0 and 1, up to 8 channels, in the order of
///   [dev.nightjar.dsp.ChannelLayout#ofCount]; family 255, up to 255 channels, as discrete. Others
///   (ambisonics) are refused.
/// - A seek decodes 80 ms before the frame. Music comes as reading up to it gives it; speech can differ
///   by -59 dB of full scale.
/// - A packet that is lost or damaged is not concealed: it is reported, and left out.
package dev.nightjar.codec.opus;
