package org.latentmim.segmentation;

/**
 * Which clusters stand for the true segments of an image.
 *
 * @param clusterOf the cluster of each segment, or {@link Assignment#NONE}
 * @param mean in % over the segments: the judged pixels that a segment and its cluster share of those that either has, 0 without
 *     a cluster
 */
record SegmentMatch(int[] clusterOf, double mean) {}
