package dev.nightjar.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracksTest {
    @TempDir
    Path folder;

    private void touch(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    private List<String> names(Path... files) throws Exception {
        return Tracks.of(List.of(files)).stream()
                .map(track -> folder.relativize(Path.of(track.name())).toString())
                .toList();
    }

    @Test
    void aFolderStandsForItsAudioFilesInNaturalOrderAndThoseOfItsFoldersToo() throws Exception {
        for (String name : List.of(
                "CD10/01.flac", "CD2/10.flac", "CD2/9.FLAC", "cd1/intro.wav", "cover.jpg", "notes.txt", "bonus.flac")) {
            touch(name);
        }
        assertThat(names(folder))
                .containsExactly("bonus.flac", "cd1/intro.wav", "CD2/9.FLAC", "CD2/10.flac", "CD10/01.flac");
    }

    @Test
    void hiddenFilesAndFoldersAreLeftOutUnlessTheyAreNamed() throws Exception {
        touch("music/._song.flac");
        touch("music/.trash/old.flac");
        touch("music/song.flac");
        assertThat(names(folder.resolve("music"))).containsExactly("music/song.flac");
        assertThat(names(folder.resolve("music/.trash"))).containsExactly("music/.trash/old.flac");
    }

    @Test
    void aFileThatIsNamedIsTakenWhateverItIsCalledAndTheOrderIsKept() throws Exception {
        touch("b.bin");
        touch("a.flac");
        assertThat(names(folder.resolve("b.bin"), folder.resolve("missing"), folder.resolve("a.flac")))
                .containsExactly("b.bin", "missing", "a.flac");
    }

    @Test
    void aLinkThatLeadsBackUpEndsNowhere() throws Exception {
        touch("music/song.flac");
        Files.createSymbolicLink(folder.resolve("music/loop"), folder.resolve("music"));
        assertThat(names(folder.resolve("music"))).containsExactly("music/song.flac");
    }

    @Test
    void namesAreSortedAsPeopleDo() {
        List<String> sorted =
                new ArrayList<>(List.of("Track 10", "track 2", "Track 02b", "10", "9", "ä", "Z", "a01", "a1"));
        sorted.sort(Tracks.NATURAL);
        assertThat(sorted).containsExactly("9", "10", "a01", "a1", "track 2", "Track 02b", "Track 10", "Z", "ä");
    }
}
