/// Plays files on endpoints.
package dev.nightjar.player;
