/// Audio files in and out.
package dev.nightjar.media;
