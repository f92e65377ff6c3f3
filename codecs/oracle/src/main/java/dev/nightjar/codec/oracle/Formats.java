package dev.nightjar.codec.oracle;

import dev.nightjar.media.MediaFormat;
import java.util.List;
import java.util.ServiceLoader;

/// The formats that a program finds here.
public final class Formats {
    private Formats() {}

    public static List<MediaFormat> found() {
        return ServiceLoader.load(MediaFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
