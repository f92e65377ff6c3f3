package dev.nightjar.media.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.media.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the program `flac` makes of a file.
///
/// @param accepted whether it was content
/// @param samples what it wrote, in the form of a reader
/// @param said its complaints
record Reference(
        boolean accepted,
        @SuppressWarnings("ArrayRecordComponent") byte[] samples,
        String said) {
    private static final List<String> WAVE = List.of();
    /// Has no limit of length, but takes whole bytes only.
    private static final List<String> RAW = List.of("--force-raw-format", "--endian=little", "--sign=signed");

    static Reference decode(byte[] file) throws IOException, InterruptedException {
        Tool.require("flac");
        Path input = Files.createTempFile("reference", isOgg(file) ? ".oga" : ".flac");
        try {
            Files.write(input, file);
            Reference wave = decode(input, WAVE);
            return wave.said.contains("too big to fit in a single WAVE file") ? decode(input, RAW) : wave;
        } finally {
            Files.delete(input);
        }
    }

    private static Reference decode(Path input, List<String> form) throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("reference", ".log");
        try {
            List<String> command = new ArrayList<>(List.of("flac", "-s", "-d", "-c"));
            command.addAll(form);
            command.add(input.toString());
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            byte[] written = process.getInputStream().readAllBytes();
            boolean accepted = process.waitFor() == 0;
            String said = Files.readString(complaints, StandardCharsets.ISO_8859_1);
            byte[] samples = form.equals(RAW) ? written : samplesOf(written);
            return new Reference(accepted, samples, said.substring(0, Math.min(300, said.length())));
        } finally {
            Files.delete(complaints);
        }
    }

    /// Asserts that a reader gives the same samples where `flac` is content, and where it is not, the same samples
    /// up to an exception. From a file and from a stream.
    static FlacFiles.Decoded assertSame(byte[] file) throws IOException, InterruptedException {
        Reference reference = decode(file);
        FlacFiles.Decoded decoded = FlacFiles.decode(file);
        String why = "flac said: " + reference.said + "; we: " + decoded.failures();
        assertThat(decoded.failures().isEmpty()).as(why).isEqualTo(reference.accepted);
        byte[] good = Arrays.copyOf(decoded.samples(), decoded.good());
        assertThat(good).as(why).isEqualTo(reference.samples);
        FlacFiles.Decoded streamed = FlacFiles.decodeStream(file);
        assertThat(streamed.samples()).isEqualTo(decoded.samples());
        assertThat(streamed.failures()).hasSameSizeAs(decoded.failures());
        return decoded;
    }

    private static boolean isOgg(byte[] file) {
        return file.length > 3 && file[0] == 'O' && file[1] == 'g' && file[2] == 'g';
    }

    /// WAV to signed samples; `flac` cannot write other widths than whole bytes without a container. What is behind
    /// the last frame is the padding of the chunk.
    private static byte[] samplesOf(byte[] wave) {
        if (wave.length < 12) {
            return new byte[0];
        }
        int at = 12;
        int frameBytes = 1;
        boolean bytes = false;
        while (wave[at] != 'd' || wave[at + 1] != 'a') {
            if (wave[at] == 'f' && wave[at + 1] == 'm') {
                frameBytes = Math.max(1, wave[at + 20] & 0xff);
                bytes = wave[at + 22] == 8;
            }
            at += 8 + (wave[at + 4] & 0xff);
        }
        int length = (wave.length - at - 8) / frameBytes * frameBytes;
        byte[] samples = new byte[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (byte) (wave[at + 8 + i] ^ (bytes ? 0x80 : 0));
        }
        return samples;
    }
}
