package dev.nightjar;

import dev.nightjar.dsp.StreamFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that a driver, an endpoint or a stream could not do. The message says what was tried, on which
/// endpoint, what the host said, and what to do now; [#failure()] says the same to a program.
public final class AudioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final String operation;
    private final long nativeCode;
    private final String nativeText;
    private final transient List<StreamFormat> nearest;

    /// @param failure what the caller can do about it
    /// @param operation what was tried, on which endpoint, in words that begin a sentence: `open alsa:hw:0
    ///     exclusively`
    /// @param nativeCode the host's own code (errno, HRESULT, ...), 0 if there is none
    /// @param nativeText the host's own words, or Nightjar's where the host has none
    public AudioException(Failure failure, String operation, long nativeCode, String nativeText) {
        this(failure, operation, nativeCode, nativeText, List.of(), null);
    }

    private AudioException(
            Failure failure,
            String operation,
            long nativeCode,
            String nativeText,
            List<StreamFormat> nearest,
            @Nullable Throwable cause) {
        super(operation + ": " + nativeText + code(nativeCode), cause);
        this.failure = failure;
        this.operation = operation;
        this.nativeCode = nativeCode;
        this.nativeText = nativeText;
        this.nearest = List.copyOf(nearest);
    }

    /// A failure that Nightjar found by itself, without a host's code.
    public static AudioException of(Failure failure, String operation, String text) {
        return new AudioException(failure, operation, 0, text);
    }

    /// A failure that an exception of the program or of a library caused.
    public static AudioException causedBy(Failure failure, String operation, Throwable cause) {
        return new AudioException(failure, operation, 0, String.valueOf(cause), List.of(), cause);
    }

    /// A format that is not taken, with those that would do, the nearest first.
    public static AudioException unsupported(String operation, String text, List<StreamFormat> nearest) {
        String would = nearest.isEmpty()
                ? ""
                : "; would do: "
                        + String.join(
                                ", ", nearest.stream().map(Object::toString).toList());
        return new AudioException(Failure.FORMAT_UNSUPPORTED, operation, 0, text + would, nearest, null);
    }

    private static String code(long nativeCode) {
        if (nativeCode == 0) {
            return "";
        }
        if (nativeCode >= Short.MIN_VALUE && nativeCode <= Short.MAX_VALUE) {
            return " (" + nativeCode + ")";
        }
        boolean fits = nativeCode >= Integer.MIN_VALUE && nativeCode <= 0xFFFF_FFFFL;
        return fits ? " (0x%08x)".formatted((int) nativeCode) : " (0x%016x)".formatted(nativeCode);
    }

    public Failure failure() {
        return failure;
    }

    public String operation() {
        return operation;
    }

    /// The host's code, 0 if there is none.
    public long nativeCode() {
        return nativeCode;
    }

    public String nativeText() {
        return nativeText;
    }

    /// For [Failure#FORMAT_UNSUPPORTED]: formats that the endpoint would take, the nearest to what was asked
    /// first; else empty.
    public List<StreamFormat> nearest() {
        return nearest == null ? List.of() : nearest;
    }
}
