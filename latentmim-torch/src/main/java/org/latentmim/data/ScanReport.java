package org.latentmim.data;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a scan found.
 *
 * @param images in the set
 * @param scanned how many of them, from the first on, before the scan was stopped; usually all
 * @param readable how many of those could be decoded
 * @param problems of the others, the most frequent first
 * @param kinds how many readable images there are of each format, with its channels and bits
 * @param misnamed files whose name ends as that of another format; they are read as what they are
 * @param duplicates readable images with the very bytes of one before them
 * @param height of the readable images, in pixels
 * @param width of the readable images, in pixels
 * @param normalization mean and deviation of the readable images, each of which counts the same; none if every pixel is equal
 */
public record ScanReport(int images, int scanned, int readable, List<Problem> problems, SortedMap<String, Integer> kinds,
        Examples misnamed, Examples duplicates, Optional<Spread> height, Optional<Spread> width,
        Optional<Normalization> normalization) {

    /** Images and the first ids of them. */
    public record Examples(int images, List<String> examples) {}

    /** A reason why images cannot be read, in the words and numbers of the first of them. */
    public record Problem(String reason, int images, List<String> examples) {}

    /** Where sizes lie. */
    public record Spread(int smallest, int median, int largest) {}
}
