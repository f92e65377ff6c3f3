package dev.nightjar.app;

/// How a run of the program ended: the exit code of the process. Those from 64 to 78 are those of BSD's sysexits.h,
/// those
/// from 128 on a signal's number and 128, as shells count.
enum Exit {
    OK(0, "everything that was asked for was done"),
    FAILED(1, "something could not be played, or not to its end, or not exactly"),
    USAGE(64, "the command line is wrong; an address or a value in it too"),
    NO_INPUT(66, "there was nothing to play: missing, unreadable, or a folder without audio"),
    UNAVAILABLE(69, "the endpoint or its driver cannot be used, or not like this"),
    DEFECT(70, "a defect of Nightjar"),
    OUTPUT(74, "standard output could not be written, for example on a full disk"),
    INTERRUPTED(130, "ended by Ctrl-C"),
    PIPE(141, "what read standard output is gone"),
    TERMINATED(143, "ended by a signal to terminate");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /// A clause for help.
    String meaning() {
        return meaning;
    }
}
