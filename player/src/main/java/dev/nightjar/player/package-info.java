/// Plays files on endpoints, bit for bit where that is possible: one call of [Player#play], and a
/// [PlayerListener] that hears how it goes.
///
/// ```java
/// try (Audio audio = Audio.open();
///         Player player = Player.play(
///                 audio.defaultRender(), PlayerSettings.DEFAULT, List.of(Track.of(song)), new PlayerListener() {})) {
///     player.await(Duration.ofMinutes(10));
/// }
/// ```
package dev.nightjar.player;
