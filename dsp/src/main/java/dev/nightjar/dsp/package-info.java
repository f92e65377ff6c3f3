/// Samples and what is done to them: formats, layouts, conversion, dither, meters.
package dev.nightjar.dsp;
