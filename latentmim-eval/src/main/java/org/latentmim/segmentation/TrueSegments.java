package org.latentmim.segmentation;

import java.util.stream.IntStream;
import org.latentmim.spi.LabelMap;

/**
 * The segments of an image: the pixels of each class that it has.
 *
 * @param map of all pixels
 * @param classes that are judged and there, from low to high; a segment is known by its place among them
 */
record TrueSegments(LabelMap map, int[] classes) {

    /**
     * @param known how many classes there are; higher numbers are not judged
     */
    static TrueSegments of(LabelMap map, int known) {
        boolean[] there = new boolean[256];
        for (byte found : map.classes()) {
            there[Byte.toUnsignedInt(found)] = true;
        }
        return new TrueSegments(map, IntStream.range(0, known).filter(i -> there[i]).toArray());
    }

    int count() {
        return classes.length;
    }

    /** Returns the segment of each class; -1 for what is not judged or not there. */
    int[] ofClasses() {
        int[] segments = IntStream.generate(() -> -1).limit(256).toArray();
        for (int i = 0; i < classes.length; i++) {
            segments[classes[i]] = i;
        }
        return segments;
    }

    /**
     * Pairs segments with clusters, each with one at most, so that the sum of their overlaps is the largest.
     *
     * @param clusters of the patches of a square of {@code perSide * perSide}, numbered from 0
     */
    SegmentMatch match(int[] clusters, int perSide) {
        int count = IntStream.of(clusters).max().orElseThrow() + 1;
        long[][] both = new long[count()][count];
        long[] ofSegment = new long[count()];
        long[] ofCluster = new long[count];
        int[] segments = ofClasses();
        for (int y = 0; y < map.height(); y++) {
            int row = PatchLabels.nearest(y, map.height(), perSide);
            for (int x = 0; x < map.width(); x++) {
                int segment = segments[map.at(y, x)];
                if (segment >= 0) {
                    int cluster = clusters[row * perSide + PatchLabels.nearest(x, map.width(), perSide)];
                    both[segment][cluster]++;
                    ofSegment[segment]++;
                    ofCluster[cluster]++;
                }
            }
        }
        double[][] overlaps = new double[count()][count];
        for (int i = 0; i < count(); i++) {
            for (int j = 0; j < count; j++) {
                overlaps[i][j] = (double) both[i][j] / (ofSegment[i] + ofCluster[j] - both[i][j]);
            }
        }
        int[] clusterOf = Assignment.best(overlaps);
        double sum = IntStream.range(0, count()).filter(i -> clusterOf[i] != Assignment.NONE)
                .mapToDouble(i -> overlaps[i][clusterOf[i]]).sum();
        return new SegmentMatch(clusterOf, 100 * sum / count());
    }
}
