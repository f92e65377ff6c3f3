/// The API of Nightjar. A program opens a [Stream] on an [Endpoint] of a [Driver] and moves frames in turns; with
/// `tone` a [dev.nightjar.dsp.Tone]:
///
/// ```java
/// try (var audio = Audio.open();
///         var stream = audio.defaultRender().open(StreamSpec.of(48_000, STEREO).latency(ofMillis(5)))) {
///     stream.start(turn -> tone.fill(turn.output().planes(), 0, turn.frames()));
///     stream.path().forEach(System.out::println);
///     Thread.sleep(ofSeconds(2));
/// }
/// ```
///
/// Threads: `[control-thread]` is any thread of the program but the audio thread, and may block; `[audio-thread]`
/// is the one that runs turns, and must not block, allocate, lock, log or do I/O; `[any-thread]` is all of them.
package dev.nightjar;
