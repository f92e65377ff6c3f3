package dev.nightjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Program.Run;
import io.avaje.json.mapper.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `play` on real files, to files and to nowhere.
class PlayTest {
    private static final String FAST = "virtual:null?paced=false";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23 - 8 bit per sample.flac",
                "22 - 12 bit per sample.flac",
                "01 - blocksize 4096.flac",
                "37 - 20 bit per sample.flac",
                "63 - predictor overflow check, 24-bit.flac",
                "60 - mono audio.flac",
                "38 - 3 channels (3.0).flac",
                "39 - 4 channels (4.0).flac",
                "40 - 5 channels (5.0).flac",
                "41 - 6 channels (5.1).flac",
                "42 - 7 channels (6.1).flac",
                "43 - 8 channels (7.1).flac"
            })
    void exclusiveGivesTheSamplesOfTheFileBitForBit(String name) throws Exception {
        assertBitExact(Program.testdata(name));
    }

    @Test
    void exclusiveGivesThirtyTwoBitsBitForBit() throws Exception {
        Path raw = folder.resolve("noise.raw");
        byte[] noise = new byte[4 * 2 * 20_000];
        new java.util.Random(32).nextBytes(noise);
        Files.write(raw, noise);
        Path flac = folder.resolve("noise.flac");
        Program.tool(
                "flac",
                "flac",
                "-s",
                "-f",
                "--force-raw-format",
                "--endian=little",
                "--sign=signed",
                "--channels=2",
                "--bps=32",
                "--sample-rate=96000",
                "-o",
                flac.toString(),
                raw.toString());
        assertBitExact(flac);
    }

    private void assertBitExact(Path flac) throws Exception {
        Path ours = folder.resolve("ours.wav");
        Run run = Program.run("play", flac.toString(), "--exclusive", "--to", "virtual:file:" + ours + "?paced=false");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("  =       EXACT what comes out is what the file holds, bit for bit");
        Path theirs = folder.resolve("theirs.wav");
        Program.tool("flac", "flac", "-s", "-f", "-d", "-o", theirs.toString(), flac.toString());
        assertThat(data(ours)).isEqualTo(data(theirs));
    }

    /// The bytes of a WAV file's data chunk.
    private static byte[] data(Path wav) throws IOException {
        byte[] file = Files.readAllBytes(wav);
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (!new String(file, at, 4, StandardCharsets.US_ASCII).equals("data")) {
            at += 8 + bytes.getInt(at + 4) + (bytes.getInt(at + 4) & 1);
        }
        return Arrays.copyOfRange(file, at + 8, Math.min(file.length, at + 8 + bytes.getInt(at + 4)));
    }

    @Test
    void saysWhatIsPlayedAndWhatHappensToItOnTheWay() throws Exception {
        Path mp3 = folder.resolve("song.mp3");
        Program.tool(
                "ffmpeg",
                "ffmpeg",
                "-v",
                "quiet",
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=1",
                "-metadata",
                "title=T\u001b[31mx",
                "-metadata",
                "artist=Somebody",
                mp3.toString());
        Run run = Program.run("play", mp3.toString(), "--to", FAST + "&format=S16");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(mp3 + "\n")
                .contains("  title   Somebody - T�[31mx\n")
                .contains("44100 Hz mono")
                .contains("  to      " + FAST + "&format=S16, shared\n")
                .contains("ALTERED")
                .doesNotContain("\u001b")
                .endsWith("played 1 track, xruns 0\n");
    }

    @Test
    void playsAnOddWavOfTwentyFourBitsInAFolderAfterItsOtherFiles() throws Exception {
        Path odd = folder.resolve("track 10.wav");
        Program.tool(
                "sox",
                "sox",
                "-n",
                "-b",
                "24",
                "-r",
                "44100",
                "-c",
                "3",
                odd.toString(),
                "synth",
                "0.101",
                "sine",
                "997");
        Files.copy(Program.testdata("60 - mono audio.flac"), folder.resolve("track 9.flac"));
        Files.writeString(folder.resolve("cover.txt"), "not audio");
        Run run = Program.run("play", folder.toString(), "--to", FAST);
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "track 9.flac (1 of 2)", "track 10.wav (2 of 2)", "44100 Hz 3 discrete", "played 2 tracks");
    }

    @Test
    void startsWhereItIsTold() throws Exception {
        Path ours = folder.resolve("ours.wav");
        Path flac = Program.testdata("60 - mono audio.flac");
        Program.run(
                "play",
                flac.toString(),
                "--to",
                "virtual:file:" + ours + "?paced=false",
                "--exclusive",
                "--start",
                "0:01");
        Path theirs = folder.resolve("theirs.wav");
        Program.tool("flac", "flac", "-s", "-d", "--skip=44100", "-o", theirs.toString(), flac.toString());
        assertThat(data(ours)).isEqualTo(data(theirs));
    }

    @Test
    void tellsThePathOfAGainAndRefusesExclusiveFormatsWithTheNearest() {
        String flac = Program.testdata("60 - mono audio.flac").toString();
        Run louder = Program.run("play", flac, "--gain", "-6", "--to", FAST);
        assertThat(louder.out()).containsPattern("gain +ALTERED").contains("  =       ALTERED");
        Run refused = Program.run("play", flac, "--exclusive", "--to", FAST + "&channels=2&format=S16");
        assertThat(refused.code()).isEqualTo(69);
        assertThat(refused.err())
                .startsWith("nightjar: " + flac + ": ")
                .contains("exclusively")
                .contains("would do: 44100 Hz stereo S16")
                .hasLineCount(1);
    }

    @Test
    void refusesARateThatTheEndpointDoesNotHaveInClearWords() {
        Run run =
                Program.run("play", Program.testdata("60 - mono audio.flac").toString(), "--to", FAST + "&rate=48000");
        assertThat(run.code()).isEqualTo(69);
        assertThat(run.err()).contains("44100").contains("48000").hasLineCount(1);
    }

    @Test
    void saysWhyNothingWillBeHeardWithoutHardware() {
        Run run = Program.run("play", folder.toString());
        assertThat(run.code()).isEqualTo(66);
        Run silent =
                Program.run("play", Program.testdata("03 - blocksize 16.flac").toString(), "--start", "0:04.9");
        assertThat(silent.code()).isZero();
        assertThat(silent.err())
                .startsWith("nightjar: nothing will be heard, because ")
                .endsWith("; see nightjar drivers\n")
                .hasLineCount(1);
        assertThat(silent.out()).contains("  to      virtual:speakers, shared");
    }

    @Test
    void goesOnAfterWhatCannotBePlayedAndSaysSoInTheExitCode() throws Exception {
        byte[] flac = Files.readAllBytes(Program.testdata("60 - mono audio.flac"));
        Path cut = Files.write(folder.resolve("cut.flac"), Arrays.copyOf(flac, flac.length / 2));
        Path text = Files.writeString(folder.resolve("notes.flac"), "not audio at all\n");
        Path hostile = folder.resolve("hostile.flac");
        byte[] noise = new byte[50_000];
        new java.util.Random(1).nextBytes(noise);
        System.arraycopy(flac, 0, noise, 0, 42);
        Files.write(hostile, noise);
        String good = Program.testdata("60 - mono audio.flac").toString();
        Run run = Program.run(
                "play", folder + "/none.wav", cut.toString(), text.toString(), hostile.toString(), good, "--to", FAST);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .allMatch(line -> line.startsWith("nightjar: " + folder))
                .anyMatch(line -> line.endsWith("none.wav: there is no such file or folder"))
                .anyMatch(line -> line.contains("cut.flac: "))
                .anyMatch(line -> line.contains("notes.flac: ") && line.contains("text"))
                .anyMatch(line -> line.contains("hostile.flac: "))
                .hasSizeLessThan(8);
        assertThat(run.out()).contains(good).contains("failed ");
        assertThat(run.out() + run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void tellsBadFilesMissingOnesAndBadEndpointsApartByExitCode() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not audio at all\n");
        String good = Program.testdata("60 - mono audio.flac").toString();
        assertThat(Program.run("play", text.toString(), "--to", FAST).code()).isEqualTo(1);
        assertThat(Program.run("play", folder + "/none").code()).isEqualTo(66);
        assertThat(Program.run("play", "").err()).isEqualTo("nightjar: '': there is no such file or folder\n");
        assertThat(Program.run("play", good, "--to", "virtual:microphone").code())
                .isEqualTo(69);
        Run unknown = Program.run("play", good, "--to", "virtual:speekers");
        assertThat(unknown.code()).isEqualTo(69);
        assertThat(unknown.err()).contains("did you mean virtual:speakers?");
        Run wrong = Program.run("play", good, "--to", "virtual");
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.err()).contains("(character 8)\n  virtual\n         ^\n");
        assertThat(Program.run("play", good, "--gain", "loud").code()).isEqualTo(64);
    }

    @Test
    void tellsTheSameInJsonLines() {
        String flac = Program.testdata("22 - 12 bit per sample.flac").toString();
        Run run = Program.run("play", "none.flac", flac, "--json", "--exclusive", "--to", FAST);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        List<Map<String, Object>> events = run.out()
                .lines()
                .map(line -> JsonMapper.builder().build().fromJsonObject(line))
                .toList();
        assertThat(events.stream().map(event -> event.get("event"))).containsExactly("failed", "begin", "end");
        Map<String, Object> begin = events.get(1);
        assertThat(begin)
                .containsEntry("name", flac)
                .containsEntry("fidelity", "EXACT")
                .containsEntry("mode", "exclusive");
        assertThat(begin.get("format").toString()).contains("validBits=12").contains("layout=stereo");
        assertThat((List<?>) begin.get("path")).isNotEmpty();
        assertThat(events.getLast())
                .containsEntry("begun", 1L)
                .containsEntry("failed", 1L)
                .containsEntry("exit", 1L);
        double length = ((Number) Objects.requireNonNull(begin.get("seconds"))).doubleValue();
        Run twice = Program.run("play", flac, flac, "--json", "--exclusive", "--to", FAST);
        String last = twice.out().lines().reduce("", (_, line) -> line);
        Object seconds = JsonMapper.builder().build().fromJsonObject(last).get("seconds");
        assertThat(((Number) Objects.requireNonNull(seconds)).doubleValue()).isBetween(2 * length - 0.01, 2 * length);
    }

    @Test
    void endsEveryRunInJsonWithAnErrorOrAnEnd() {
        String flac = Program.testdata("60 - mono audio.flac").toString();
        Run usage = Program.run("play", flac, "--json", "--lowder");
        assertThat(usage.out())
                .startsWith("{\"event\":\"error\",\"exit\":64,\"message\":")
                .hasLineCount(1);
        assertThat(usage.err())
                .startsWith("nightjar: there is no option '--lowder'")
                .hasLineCount(1);
        Run address = Program.run("play", flac, "--json", "--to", "virtual:speekers");
        assertThat(address.out())
                .startsWith("{\"event\":\"error\",\"exit\":69,")
                .hasLineCount(1);
        Run missing = Program.run("play", "none.flac", "--json");
        assertThat(missing.code()).isEqualTo(66);
        assertThat(missing.out().lines())
                .satisfiesExactly(
                        failed -> assertThat(failed).startsWith("{\"event\":\"failed\""),
                        end -> assertThat(end).startsWith("{\"event\":\"end\"").endsWith("\"exit\":66}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "w64", "aiff", "flac"})
    void saysOfEveryFormatThatAFileWhichWasCutBrokeOff(String type) throws Exception {
        Path whole = folder.resolve("whole." + type);
        Program.tool("sox", "sox", "-n", "-r", "44100", "-b", "16", whole.toString(), "synth", "3", "pinknoise");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut." + type), Arrays.copyOf(bytes, bytes.length / 2));
        Run run = Program.run("play", cut.toString(), "--to", FAST);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("nightjar: " + cut + ": ").hasLineCount(1);
        assertThat(run.out()).endsWith("played 0 tracks, 1 not to the end or not whole, xruns 0\n");
    }

    @Test
    void touchesNothingInExclusiveModeNotEvenWhenAskedTo() {
        String flac = Program.testdata("60 - mono audio.flac").toString();
        Run run = Program.run("play", flac, "--exclusive", "--gain", "-6", "--to", FAST);
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err())
                .startsWith("nightjar: --gain -6 with --exclusive: ")
                .hasLineCount(1);
        assertThat(Program.run("play", flac, "--exclusive", "--gain", "0", "--to", FAST)
                        .code())
                .isZero();
    }

    @Test
    void showsHelpWithExamplesAndEveryExitCodeAsTheManualDoes() throws Exception {
        Run help = Program.run("--help");
        assertThat(help.code()).isZero();
        String page = Files.readString(Path.of(System.getProperty("nightjar.root"), "docs", "cli.md"));
        for (Exit exit : Exit.values()) {
            assertThat(page).contains("| " + exit.code() + " | " + exit.meaning());
            assertThat(help.out())
                    .containsPattern(
                            "(?m)^  " + exit.code() + " +" + exit.meaning().substring(0, 15));
        }
        for (String command : List.of("play", "endpoints", "drivers")) {
            Run one = Program.run(command, "--help");
            assertThat(one.out()).startsWith("Usage: nightjar " + command).contains("Examples:\n  nightjar " + command);
            assertThat(one.out().lines()).allMatch(line -> line.length() <= 80);
            assertThat(Program.run("help", command).out()).isEqualTo(one.out());
        }
        assertThat(Program.run().out()).isEqualTo(help.out());
        Run wrong = Program.run("plya", "x");
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.err())
                .isEqualTo("nightjar: there is no command 'plya'; did you mean play?; see nightjar --help\n");
    }
}
