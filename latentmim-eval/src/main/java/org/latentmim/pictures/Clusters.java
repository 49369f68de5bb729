package org.latentmim.pictures;

import java.util.Arrays;
import java.util.Random;

/** Groups of vectors by k-means, begun as k-means++ does. The same vectors and seed give the same groups. */
final class Clusters {

    private static final int ITERATIONS = 50;

    private Clusters() {}

    /**
     * Returns the group of each vector, from 0; the largest group first.
     *
     * @param vectors {@code [n][D]}
     * @param count of groups, from 1 to n; fewer come out where vectors are the same
     */
    static int[] of(double[][] vectors, int count, long seed) {
        double[][] centres = spread(vectors, count, new Random(seed));
        int[] groups = new int[vectors.length];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            int[] before = groups.clone();
            Arrays.setAll(groups, i -> nearest(vectors[i], centres));
            if (iteration > 0 && Arrays.equals(before, groups)) {
                break;
            }
            move(centres, vectors, groups);
        }
        return bySize(groups, count);
    }

    /** Picks vectors as first centres, each by its squared distance to those before. */
    private static double[][] spread(double[][] vectors, int count, Random random) {
        double[][] centres = new double[count][];
        centres[0] = vectors[random.nextInt(vectors.length)].clone();
        double[] distances = new double[vectors.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int c = 1; c < count; c++) {
            double[] last = centres[c - 1];
            Arrays.setAll(distances, i -> Math.min(distances[i], distance(vectors[i], last)));
            double left = random.nextDouble() * Arrays.stream(distances).sum();
            int pick = 0;
            while (pick < vectors.length - 1 && left >= distances[pick]) {
                left -= distances[pick++];
            }
            centres[c] = vectors[pick].clone();
        }
        return centres;
    }

    private static int nearest(double[] vector, double[][] centres) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double distance = distance(vector, centres[c]);
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    /** Moves each centre to the mean of its group; that of an empty one stays. */
    private static void move(double[][] centres, double[][] vectors, int[] groups) {
        double[][] sums = new double[centres.length][vectors[0].length];
        int[] sizes = new int[centres.length];
        for (int i = 0; i < vectors.length; i++) {
            sizes[groups[i]]++;
            for (int d = 0; d < vectors[i].length; d++) {
                sums[groups[i]][d] += vectors[i][d];
            }
        }
        for (int c = 0; c < centres.length; c++) {
            if (sizes[c] > 0) {
                double size = sizes[c];
                centres[c] = Arrays.stream(sums[c]).map(sum -> sum / size).toArray();
            }
        }
    }

    private static int[] bySize(int[] groups, int count) {
        int[] sizes = new int[count];
        Arrays.stream(groups).forEach(group -> sizes[group]++);
        int[] places = new int[count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                places[a] += sizes[b] > sizes[a] || sizes[b] == sizes[a] && b < a ? 1 : 0;
            }
        }
        return Arrays.stream(groups).map(group -> places[group]).toArray();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
