/// What the tests of the codecs share: files made by the tools that people use, FFmpeg's decoders to compare with,
/// hostile input.
package dev.nightjar.codec.oracle;
