package dev.nightjar.rules;

import java.util.Set;

/// Where a package stands in the stack, and what may be below it. A place of its own for every driver, layer, codec and
/// face.
record Place(Kind kind, String name) {
    enum Kind {
        DSP,
        STACK,
        MEDIA,
        FFI,
        WIRE,
        CONTRACT,
        HOST,
        LAYER,
        CODEC,
        FACE,
        APP
    }

    static final String ROOT = "dev.nightjar";

    /// The place of a package of Nightjar.
    static Place of(String packageName) {
        String[] words = packageName.substring(ROOT.length()).split("\\.");
        String first = words.length > 1 ? words[1] : "";
        String second = words.length > 2 ? words[2] : "";
        return switch (first) {
            case "", "spi" -> new Place(Kind.STACK, "stack");
            case "dsp" -> new Place(Kind.DSP, first);
            case "media" -> new Place(Kind.MEDIA, first);
            case "ffi" -> new Place(Kind.FFI, first);
            case "wire" -> new Place(Kind.WIRE, first);
            case "contract" -> new Place(Kind.CONTRACT, first);
            case "driver" -> new Place(Kind.HOST, second);
            case "layer" -> new Place(Kind.LAYER, second);
            case "codec" -> new Place(Kind.CODEC, second);
            case "app" -> new Place(Kind.APP, first);
            default -> new Place(Kind.FACE, first);
        };
    }

    /// Whether an arrow from here to there points down.
    boolean mayUse(Place other) {
        return equals(other) || below().contains(other.kind);
    }

    private Set<Kind> below() {
        return switch (kind) {
            case DSP, WIRE, FFI -> Set.of();
            case STACK, MEDIA -> Set.of(Kind.DSP);
            case CONTRACT -> Set.of(Kind.DSP, Kind.STACK);
            case CODEC -> Set.of(Kind.DSP, Kind.MEDIA);
            case HOST, LAYER -> Set.of(Kind.DSP, Kind.STACK, Kind.MEDIA, Kind.FFI, Kind.WIRE);
            case FACE -> Set.of(Kind.DSP, Kind.STACK, Kind.MEDIA, Kind.WIRE);
            case APP -> Set.of(Kind.DSP, Kind.STACK, Kind.MEDIA, Kind.WIRE, Kind.FACE);
        };
    }
}
