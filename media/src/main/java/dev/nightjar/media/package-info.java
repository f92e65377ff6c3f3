/// Audio files in and out. [Media#open] finds the format of a file by its bytes; a [MediaReader] gives its frames
/// exactly as they were stored.
package dev.nightjar.media;
