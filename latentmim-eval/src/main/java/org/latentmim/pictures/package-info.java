/**
 * Pictures by which a person judges what an encoder learned: {@link org.latentmim.pictures.Pictures} paints them for a run. Each
 * kind has a class of its own, which adds to an album; a report embeds what the album lists. No words are painted, so that
 * pictures need no fonts; what is to be seen stands in the captions.
 */
package org.latentmim.pictures;
