package dev.nightjar.bench;

import dev.nightjar.dsp.ChannelLayout;
import dev.nightjar.dsp.Dither;
import dev.nightjar.dsp.FloatCodec;
import dev.nightjar.dsp.SampleConverter;
import dev.nightjar.dsp.SampleFormat;
import dev.nightjar.dsp.StreamFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// The twin of `peers/convert_bench.c`: the same pairs, frames and 8 channels, timed in the same way (time of the
/// thread, the best of 7 rounds of 40 ms) and printed in the same form.
///
/// - `flat`: adjacent samples between memory and an array, as a planar endpoint has them ([FloatCodec])
/// - `interleave`, `deinterleave`: interleaved frames and 8 planes of float ([FloatCodec])
/// - `memory`: interleaved frames to interleaved frames ([SampleConverter])
///
/// All cases run, on the heap and outside it, before the first is timed: so each is compiled as in a program that uses
/// all of them.
///
/// Usage: `ConvertBench FRAMES`
public final class ConvertBench {
    private static final int CHANNELS = 8;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 40_000_000;
    private static final long WARM_NANOS = 150_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int frames;
    private final boolean heap;

    private ConvertBench(int frames, boolean heap) {
        this.frames = frames;
        this.heap = heap;
    }

    /// What is run, and the bytes that it reads and writes.
    private record Case(String name, long bytes, Runnable run) {}

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (SampleFormat sample : List.of(SampleFormat.S16, SampleFormat.S24, SampleFormat.S32, SampleFormat.F32)) {
            cases.add(decode(sample, 1, "flat"));
            if (sample != SampleFormat.F32) {
                cases.add(encode(sample, 1, "flat"));
            }
            cases.add(decode(sample, CHANNELS, "deinterleave"));
            cases.add(encode(sample, CHANNELS, "interleave"));
            cases.add(memory(sample, SampleFormat.F32));
            if (sample != SampleFormat.F32) {
                cases.add(memory(SampleFormat.F32, sample));
            }
        }
        return cases;
    }

    private Case decode(SampleFormat from, int channels, String kind) {
        MemorySegment in = noise(from);
        int perChannel = frames * CHANNELS / channels;
        float[][] planes = new float[channels][perChannel];
        FloatCodec codec = new FloatCodec(format(from, channels), Dither.NONE);
        String name = name(from, SampleFormat.F32) + " " + kind;
        return new Case(name, bytes(from, SampleFormat.F32), () -> codec.decode(in, 0, planes, 0, perChannel));
    }

    private Case encode(SampleFormat to, int channels, String kind) {
        MemorySegment out = noise(to);
        int perChannel = frames * CHANNELS / channels;
        float[][] planes = new float[channels][perChannel];
        FloatCodec codec = new FloatCodec(format(to, channels), Dither.NONE);
        codec.decode(out, 0, planes, 0, perChannel);
        String name = name(SampleFormat.F32, to) + " " + kind;
        return new Case(name, bytes(SampleFormat.F32, to), () -> codec.encode(planes, 0, out, 0, perChannel));
    }

    private Case memory(SampleFormat from, SampleFormat to) {
        MemorySegment in = noise(from);
        MemorySegment out = noise(to);
        StreamFormat target = format(to, CHANNELS);
        SampleConverter converter = new SampleConverter(format(from, CHANNELS), target, Dither.NONE);
        return new Case(name(from, to) + " memory", bytes(from, to), () -> converter.convert(in, 0, out, 0, frames));
    }

    private static String name(SampleFormat from, SampleFormat to) {
        return (from + "->" + to).toLowerCase(Locale.ROOT);
    }

    private long bytes(SampleFormat from, SampleFormat to) {
        return (long) frames * CHANNELS * (from.bytes() + to.bytes());
    }

    private static StreamFormat format(SampleFormat sample, int channels) {
        return StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample);
    }

    private MemorySegment noise(SampleFormat sample) {
        StreamFormat format = format(sample, CHANNELS);
        int bytes = frames * format.frameBytes();
        MemorySegment memory =
                heap ? MemorySegment.ofArray(new byte[bytes]) : Arena.ofAuto().allocate(bytes, 64);
        float[][] planes = new float[CHANNELS][frames];
        Random random = new Random(9);
        for (float[] plane : planes) {
            for (int i = 0; i < frames; i++) {
                plane[i] = random.nextFloat(-1, 1);
            }
        }
        new FloatCodec(format, Dither.NONE).encode(planes, 0, memory, 0, frames);
        return memory;
    }

    private static double bestGigabytes(Case one) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, gigabytes(one, ROUND_NANOS));
        }
        return best;
    }

    private static double gigabytes(Case one, long nanos) {
        long calls = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        long now;
        do {
            for (int k = 0; k < 64; k++) {
                one.run().run();
            }
            calls += 64;
            now = THREADS.getCurrentThreadCpuTime();
        } while (now - start < nanos);
        return (double) calls * one.bytes() / (now - start);
    }

    public static void main(String[] args) {
        int frames = Integer.parseInt(args[0]);
        List<Case> cases = new ConvertBench(frames, false).cases();
        new ConvertBench(frames, true).cases().forEach(one -> gigabytes(one, WARM_NANOS));
        cases.forEach(one -> gigabytes(one, WARM_NANOS));
        for (Case one : cases) {
            double best = bestGigabytes(one);
            System.out.printf(Locale.ROOT, "convert %s frames %d | GBps=%.2f%n", one.name(), frames, best);
        }
    }
}
