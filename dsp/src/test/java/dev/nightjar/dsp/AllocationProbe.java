package dev.nightjar.dsp;

import com.sun.management.ThreadMXBean;
import dev.nightjar.dsp.StreamFormat.Packing;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Runs everything that belongs on an audio thread and prints how many bytes the last of several windows allocated.
/// The compiler itself now and then puts bytes on the account of a thread, so there are windows until one is clean,
/// at most [#WINDOWS]. A program of its own, so that it can run in a virtual machine with other settings.
final class AllocationProbe {
    private static final int FRAMES = 100;
    private static final int WINDOWS = 40;

    private final List<Runnable> turns = new ArrayList<>();

    private AllocationProbe() {
        for (SampleFormat sample : SampleConverterTest.pcm()) {
            for (Packing packing : Packing.values()) {
                StreamFormat format =
                        StreamFormat.of(48_000, ChannelLayout.STEREO, sample).withPacking(packing);
                addCodecs(format);
                for (SampleFormat other : SampleConverterTest.pcm()) {
                    addConverter(format, format.withSample(other));
                    addConverter(format, format.withSample(other).withPacking(Packing.PLANAR));
                }
            }
        }
        for (SampleFormat sample : SampleConverterTest.pcm()) {
            for (int channels : new int[] {1, 6, 8}) {
                addFrames(StreamFormat.of(48_000, ChannelLayout.discrete(channels), sample));
            }
        }
        StreamFormat burst = StreamFormat.of(48_000, ChannelLayout.STEREO, SampleFormat.IEC61937);
        addConverter(burst, burst.withSample(SampleFormat.IEC61937_BE));
        StreamFormat dsd = StreamFormat.of(352_800, ChannelLayout.STEREO, SampleFormat.DSD_U8);
        addConverter(dsd, dsd.withSample(SampleFormat.DSD_U32).withRate(88_200));
        addConverter(dsd, dsd.withPacking(Packing.PLANAR));
        addSignals();
    }

    private void addConverter(StreamFormat from, StreamFormat to) {
        SampleConverter converter = new SampleConverter(from, to, Dither.SHAPED);
        MemorySegment[] in = Memory.of(from, FRAMES);
        MemorySegment[] out = Memory.of(to, FRAMES);
        turns.add(() -> converter.convert(in, 0, out, 0, FRAMES));
    }

    private void addCodecs(StreamFormat format) {
        MemorySegment[] memory = Memory.of(format, FRAMES);
        float[][] floats = new float[2][FRAMES];
        double[][] doubles = new double[2][FRAMES];
        for (Dither dither : Dither.values()) {
            FloatCodec floatCodec = new FloatCodec(format, dither);
            DoubleCodec doubleCodec = new DoubleCodec(format, dither);
            turns.add(() -> floatCodec.decode(memory, 0, floats, 0, FRAMES));
            turns.add(() -> floatCodec.encode(floats, 0, memory, 0, FRAMES));
            turns.add(() -> doubleCodec.decode(memory, 0, doubles, 0, FRAMES));
            turns.add(() -> doubleCodec.encode(doubles, 0, memory, 0, FRAMES));
        }
        NativeMeter meter = new NativeMeter(format);
        TestSequence sequence = new TestSequence(format);
        turns.add(() -> meter.measure(memory, 0, FRAMES));
        turns.add(() -> sequence.fill(memory, 0, 0, FRAMES));
        turns.add(() -> sequence.verify(memory, 0, 0, FRAMES));
    }

    /// Frames in one segment, on the heap.
    private void addFrames(StreamFormat format) {
        MemorySegment memory = MemorySegment.ofArray(new byte[FRAMES * format.frameBytes()]);
        float[][] floats = new float[format.channels()][FRAMES];
        double[][] doubles = new double[format.channels()][FRAMES];
        FloatCodec floatCodec = new FloatCodec(format, Dither.NONE);
        DoubleCodec doubleCodec = new DoubleCodec(format, Dither.NONE);
        turns.add(() -> floatCodec.decode(memory, 0, floats, 0, FRAMES));
        turns.add(() -> floatCodec.encode(floats, 0, memory, 0, FRAMES));
        turns.add(() -> doubleCodec.decode(memory, 0, doubles, 0, FRAMES));
        turns.add(() -> doubleCodec.encode(doubles, 0, memory, 0, FRAMES));
    }

    private void addSignals() {
        float[][] stereo = new float[2][FRAMES];
        float[][] mono = new float[1][FRAMES];
        GainRamp ramp = new GainRamp(0);
        Tone tone = new Tone(48_000, 1000, 1);
        ChannelMap map = ChannelMap.of(ChannelLayout.STEREO, ChannelLayout.MONO);
        Meter meter = new Meter(2);
        PeakFall shown = new PeakFall(48_000, 2);
        turns.add(() -> tone.fill(stereo, 0, FRAMES));
        turns.add(() -> {
            meter.measure(stereo, 0, FRAMES);
            shown.follow(meter);
            meter.reset();
        });
        turns.add(() -> map.apply(stereo, mono, 0, FRAMES));
        turns.add(() -> {
            ramp.rampTo(1 - ramp.gain(), FRAMES / 2);
            ramp.apply(stereo, 0, FRAMES);
        });
    }

    private long lastWindow(int rounds) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 1;
        for (int window = 0; window < WINDOWS && bytes != 0; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < turns.size(); i++) {
                    turns.get(i).run();
                }
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }

    public static void main(String[] args) {
        System.out.println("bytes=" + new AllocationProbe().lastWindow(Integer.parseInt(args[0])));
    }
}
