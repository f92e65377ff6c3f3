/// Samples and what is done to them: formats, layouts, conversion, dither, meters. Knows no driver and no file;
/// everything is a value or a pure
/// function over arrays and segments.
package dev.nightjar.dsp;
