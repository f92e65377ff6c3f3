/// The virtual driver: endpoints without hardware that keep time as hardware does. Good at: running everywhere,
/// exact frame counts, deterministic time ([VirtualClock]), every fault that real devices have ([FaultScript]).
/// Bad at: being heard.
///
/// A test without a sound card:
///
/// ```java
/// var clock = new VirtualClock();
/// try (var audio = Audio.of(new VirtualDriver(clock, FaultScript.parse("at 1s unplug speakers\nat 3s plug
/// speakers")));
///         var stream = audio.defaultRender().open(StreamSpec.of(48_000, ChannelLayout.STEREO))) {
///     stream.start(myProcessor);
///     clock.advance(Duration.ofSeconds(5));
///     assertThat(stream.counters().get(StreamCounter.REBUILDS)).isEqualTo(1);
/// }
/// ```
///
/// Reading order for authors of drivers: [VirtualDriver] (what there is), `VirtualEndpoint` (what it can do,
/// opening), `VirtualStream` (transport), `VirtualLoop` (the turn).
package dev.nightjar.driver.virtual;
