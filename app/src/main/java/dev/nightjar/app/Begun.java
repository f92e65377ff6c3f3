package dev.nightjar.app;

import dev.nightjar.Address;
import dev.nightjar.ShareMode;
import dev.nightjar.SignalPath;
import dev.nightjar.media.MediaInfo;
import dev.nightjar.spi.StreamShape;

/// A track that is about to be heard.
///
/// @param number which one it is, from 1
/// @param count how many there are
/// @param name what it was called on the command line
/// @param info what it says about itself
/// @param path what happens to its samples
/// @param shape what the host granted
/// @param address where it goes
/// @param mode shared or exclusive
record Begun(
        int number,
        int count,
        String name,
        MediaInfo info,
        SignalPath path,
        StreamShape shape,
        Address address,
        ShareMode mode) {
    Begun with(SignalPath newPath, StreamShape newShape) {
        return new Begun(number, count, name, info, newPath, newShape, address, mode);
    }
}
