package dev.nightjar.player;

import dev.nightjar.media.MediaInfo;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tracks in their order, and the one of them that is open. What cannot be played is told to the listener. Used
/// by one thread.
final class Changer implements Closeable {
    private final List<Track> tracks;
    private final Duration start;
    private final Teller teller;
    private @Nullable Deck deck;
    private int next;

    /// @param start where the first track begins
    Changer(List<Track> tracks, Duration start, Teller teller) {
        this.tracks = List.copyOf(tracks);
        this.start = start;
        this.teller = teller;
    }

    int size() {
        return tracks.size();
    }

    /// The track that is open.
    @Nullable
    Deck deck() {
        return deck;
    }

    boolean hasNext() {
        return next < tracks.size();
    }

    /// Opens the next track, if it can be.
    void openNext() {
        int index = next++;
        Track track = tracks.get(index);
        try {
            Deck opened = Deck.open(index, track);
            deck = opened;
            if (startsLater(opened)) {
                seekToStart(opened);
            }
        } catch (IOException e) {
            refuse(track, e);
        }
    }

    private boolean startsLater(Deck opened) {
        return opened.index == 0 && !start.isZero();
    }

    private void seekToStart(Deck opened) throws IOException {
        long frame = frames(start, opened.info);
        if (opened.info.frames() >= 0 && frame >= opened.info.frames()) {
            throw endsBeforeStart(opened.track);
        }
        opened.seek(frame);
    }

    private IOException endsBeforeStart(Track track) {
        String time = start.toString().substring(2).toLowerCase(Locale.ROOT);
        return new IOException(track.name() + " ends before " + time + ", where it was to start");
    }

    /// Time as frames of a file.
    static long frames(Duration time, MediaInfo info) {
        double seconds = time.getSeconds() + time.getNano() * 1e-9;
        return Math.round(seconds * info.format().rate());
    }

    /// Closes the open track, which cannot be played.
    void refuse(Track track, Exception why) {
        close();
        teller.tell(listener -> listener.trackRefused(track, why));
    }

    /// Goes to a frame of a track. If that cannot be, the open track stays, and if it was another one that is told.
    ///
    /// @return the deck, or nothing
    @Nullable
    Deck goTo(int index, long frame) {
        Track track = tracks.get(index);
        Deck old = deck;
        Deck target = null;
        try {
            target = old != null && old.index == index ? old : Deck.open(index, track);
            target.seek(frame);
        } catch (IOException e) {
            if (target != null && target != old) {
                close(target);
            }
            if (old == null || index > old.index) {
                teller.tell(listener -> listener.trackRefused(track, e));
            }
            return null;
        }
        if (target != old) {
            close();
            deck = target;
            next = index + 1;
        }
        return target;
    }

    /// Decodes the next block of the open track.
    ///
    /// @param heard the index of the track that is heard
    void decode(Deck playing, int heard) {
        try {
            if (playing.decode()) {
                return;
            }
            if (playing.everDecoded() || playing.index == heard) {
                close();
            } else if (startsLater(playing)) {
                refuse(playing.track, endsBeforeStart(playing.track));
            } else {
                refuse(playing.track, new IOException(playing.track.name() + " holds no frames"));
            }
        } catch (IOException e) {
            if (!playing.goesOnBehind(e)) {
                close();
            }
            teller.tell(listener -> listener.trackDamaged(playing.track, e));
        }
    }

    @Override
    public void close() {
        Deck old = deck;
        deck = null;
        if (old != null) {
            close(old);
        }
    }

    private static void close(Deck old) {
        try {
            old.close();
        } catch (IOException e) {
            System.getLogger("dev.nightjar.player").log(System.Logger.Level.DEBUG, "closing " + old.track.name(), e);
        }
    }
}
