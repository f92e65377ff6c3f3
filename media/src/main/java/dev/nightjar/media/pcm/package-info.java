/// Containers of samples that are not compressed: WAV and its relatives, AIFF, Sun AU, CAF. Each format reads its
/// chunks with [ChunkReader], finds out
/// how a sample is stored ([Coding]) and where the samples are ([Extent]), and hands over to the one [PcmReader].
package dev.nightjar.media.pcm;
