package dev.nightjar.media;

import dev.nightjar.dsp.StreamFormat;
import dev.nightjar.media.MediaException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/*
 * Positions are granule positions of the link that is read. Each packet is given that at which it ends, counted from the packets before
 * it; after a gap or a seek they are counted backwards from the end of the run. What a packet gives ends there, however much it is: so a
 * packet that decodes to nothing, since the one before it is missing, moves nothing else.
 */
final class OggReader implements MediaReader {
    /// Of a stream whose end is not known yet; differences to it do not overflow.
    private static final long NO_END = 1L << 61;

    private final OggFormat codec;
    private final MediaInput input;
    private final OggPages pages;
    private final StreamFormat format;
    private final @Nullable OggChain chain;
    private MediaInfo info;

    private OggPackets packets;
    private OggLink link;
    private OggRun.Source runs;
    private @Nullable OggRun ahead;
    private int part;
    private long linkStart;
    private boolean foreign;

    private final Queue<Placed> queue = new ArrayDeque<>();
    private byte @Nullable [] previous;
    private long counted;
    private boolean lost;
    private boolean skipping;
    private boolean ended;
    private long end = NO_END;

    private float[] samples = {};
    private int from;
    private int to;
    private long wanted;

    /// A packet and the granule position at its end.
    private record Placed(
            @SuppressWarnings("ArrayRecordComponent") byte[] data, long end) {}

    private OggReader(OggFormat codec, MediaInput input) throws IOException {
        this.codec = codec;
        this.input = input;
        pages = new OggPages(input);
        packets = new OggPackets(pages, this::isNext);
        OggPacket head = packets.next();
        if (head == null) {
            throw new MediaException(Kind.UNRECOGNISED, "there is no " + codec.name() + " stream in this file");
        }
        link = OggLink.open(codec, pages, packets, head);
        runs = link.runs();
        format = link.decoder().format();
        chain = OggChain.survey(codec, pages, input, link);
        info = enter(link, 0);
        if (input.canSeek()) {
            rewind();
        }
    }

    /// Opens the first stream of a codec.
    static OggReader open(OggFormat codec, MediaInput input) throws IOException {
        return new OggReader(codec, input);
    }

    private MediaInfo describe(OggLink described) {
        OggDecoder decoder = described.decoder();
        Map<String, List<String>> tags = decoder.comment().tags();
        List<String> notes = decoder.comment().whole() ? List.of() : List.of("the tags are not whole");
        return new MediaInfo("Ogg", decoder.codec(), format, chain == null ? -1 : chain.frames(), false, tags, notes);
    }

    @Override
    public MediaInfo info() {
        return info;
    }

    @Override
    public int read(byte[] into, int offset, int frames) throws IOException {
        if (frames <= 0) {
            return 0;
        }
        while (from == to) {
            if (ended || !decodeNext()) {
                return -1;
            }
        }
        int channels = format.channels();
        int count = Math.min(frames, to - from);
        ByteBuffer.wrap(into, offset, count * format.frameBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(samples, from * channels, count * channels);
        from += count;
        wanted += count;
        return count;
    }

    @Override
    public long position() {
        return linkStart + wanted - link.origin();
    }

    @Override
    public boolean canSeek() {
        return chain != null;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /// Decodes the next packet, or goes to the next run of packets or the next stream.
    ///
    /// @return false at the end
    private boolean decodeNext() throws IOException {
        Placed packet = queue.poll();
        if (packet == null) {
            return nextRun();
        }
        previous = packet.data;
        int count;
        try {
            count = link.decoder().decode(packet.data, samples);
        } catch (MediaException e) {
            previous = null;
            wanted = Math.max(wanted, packet.end);
            throw new MediaException(e.kind(), e.getMessage() + ", at frame " + position());
        }
        long begin = packet.end - count;
        from = Math.clamp(wanted - begin, 0, count);
        to = Math.clamp(end - begin, from, count);
        wanted = to > from ? begin + from : wanted;
        return true;
    }

    private boolean nextRun() throws IOException {
        OggRun run = ahead == null ? runs.next() : ahead;
        ahead = null;
        if (run == null) {
            return atEnd();
        }
        if (run.head().first()) {
            nextLink(run.head());
        } else if (skipping) {
            return true;
        } else if (run.head().afterGap() && !lost) {
            ahead = run;
            lose();
            throw new MediaException(Kind.CORRUPT, "an Ogg page is missing or damaged before byte " + pages.position());
        } else if (!lost || run.granule() >= 0) {
            load(run);
        }
        return true;
    }

    /// Puts the packets of a run into the queue, each with its place.
    private void load(OggRun run) {
        OggDecoder decoder = link.decoder();
        if (lost) {
            counted = run.granule() - run.frames(decoder, null);
            lost = false;
        }
        byte[] before = previous;
        for (OggPacket packet : run.packets()) {
            counted += decoder.frames(before, packet.data());
            before = packet.data();
            queue.add(new Placed(packet.data(), counted));
        }
        end = run.isLast() && run.granule() >= 0 ? run.granule() : NO_END;
    }

    /// Forgets where reading is, until the next run that knows.
    private void lose() {
        queue.clear();
        link.decoder().restart();
        previous = null;
        lost = true;
    }

    private boolean atEnd() throws MediaException {
        ended = true;
        if (!packets.isEnded() && !skipping) {
            throw new MediaException(
                    Kind.TRUNCATED,
                    "the file ends at byte " + pages.position() + ", before the last page of its " + codec.name()
                            + " stream");
        }
        if (foreign) {
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "behind the " + codec.name() + " stream the file goes on in another format, which is left out");
        }
        return false;
    }

    private void nextLink(OggPacket head) throws IOException {
        skipping = true;
        OggLink next = OggLink.open(codec, pages, packets, head);
        if (!OggChain.isAlike(link, next)) {
            ended = true;
            StreamFormat other = next.decoder().format();
            throw new MediaException(
                    Kind.UNSUPPORTED,
                    "the next stream of the chain has " + other.rate() + " Hz " + other.layout() + " instead of "
                            + format.rate() + " Hz " + format.layout());
        }
        part++;
        long start = chain != null && part < chain.parts().size()
                ? chain.parts().get(part).start()
                : position();
        info = enter(next, start);
    }

    private MediaInfo enter(OggLink entered, long start) {
        link = entered;
        linkStart = start;
        runs = entered.runs();
        ahead = entered.first();
        skipping = false;
        lost = false;
        foreign = false;
        previous = null;
        queue.clear();
        samples = new float[entered.decoder().maxFrames() * format.channels()];
        counted = entered.start();
        wanted = entered.origin();
        from = 0;
        to = 0;
        return describe(entered);
    }

    @Override
    public void seek(long frame) throws IOException {
        if (chain == null) {
            throw new UnsupportedOperationException("the input cannot seek");
        }
        if (frame < 0) {
            throw new IllegalArgumentException("frames are counted from 0, frame=" + frame);
        }
        ended = frame >= chain.frames();
        if (chain.indexOf(frame) != part || skipping) {
            part = chain.indexOf(frame);
            begin();
        }
        lose();
        skipping = false;
        from = 0;
        to = 0;
        wanted = link.origin() + frame - linkStart;
        if (!ended) {
            approach(chain.parts().get(part));
        }
    }

    /// Opens the current part of the chain.
    private void begin() throws IOException {
        OggChain.Part opened =
                chain == null ? new OggChain.Part(0, 0, 0, 0) : chain.parts().get(part);
        pages.seek(opened.offset());
        packets = new OggPackets(pages, this::isNext);
        OggPacket head = packets.next();
        if (head == null) {
            throw new MediaException(Kind.CORRUPT, "the file changed while it was read");
        }
        info = enter(OggLink.open(codec, pages, packets, head), opened.start());
    }

    private boolean isNext(byte[] packet) {
        foreign = !codec.isFirst(packet);
        return !foreign;
    }

    /// Goes to pages from which decoding is right before [#wanted]. One page earlier than the granule
    /// positions ask for: a packet that begins on one page and goes on on the next is not read, and the
    /// last page of a stream does not tell where it begins.
    private void approach(OggChain.Part within) throws IOException {
        long target = wanted - link.decoder().preRoll();
        long found = pages.seekBehind(target, link.serial(), link.audio(), within.end());
        long near = Math.max(link.audio(), pages.position() - 2 * OggPage.MAX_BYTES);
        if (found >= 0) {
            found = pages.seekBehind(found - 1, link.serial(), near, pages.position());
        }
        if (found < 0 && near == link.audio()) {
            rewind();
        } else {
            resume();
        }
    }

    /// Goes to the first packet of audio of the link.
    private void rewind() throws IOException {
        pages.seek(link.audio());
        resume();
        counted = link.start();
        lost = false;
    }

    private void resume() {
        packets.resume();
        runs = new OggRun.Source(packets);
        ahead = null;
    }
}
