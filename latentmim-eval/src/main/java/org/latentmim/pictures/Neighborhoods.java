package org.latentmim.pictures;

import java.util.Arrays;

/** Who is near whom among points of many dimensions, by Gaussians as wide as each point's surroundings ask for. */
final class Neighborhoods {

    private static final int BISECTIONS = 64;
    private static final double CLOSE_ENOUGH = 1e-5;
    private static final double SMALLEST = 1e-12;

    private Neighborhoods() {}

    /**
     * Returns how likely a pair of points is one of neighbours, the mean of both ways to look at it: {@code [n][n]}, symmetric,
     * with sum 1 but for the least that a pair has.
     *
     * @param perplexity the exponential of the entropy of each point's neighbours
     */
    static double[][] of(double[][] points, double perplexity) {
        int count = points.length;
        double[][] pairs = new double[count][];
        for (int i = 0; i < count; i++) {
            pairs[i] = neighbors(squaredDistances(points, i), i, Math.log(perplexity));
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                pairs[i][j] = Math.max(SMALLEST, (pairs[i][j] + pairs[j][i]) / (2.0 * count));
                pairs[j][i] = pairs[i][j];
            }
        }
        return pairs;
    }

    private static double[] squaredDistances(double[][] points, int i) {
        double[] distances = new double[points.length];
        for (int j = 0; j < points.length; j++) {
            for (int d = 0; d < points[i].length; d++) {
                double difference = points[i][d] - points[j][d];
                distances[j] += difference * difference;
            }
        }
        return distances;
    }

    /** Finds the precision by which the neighbours of a point have the entropy that is asked for, and returns their shares. */
    private static double[] neighbors(double[] distances, int self, double entropy) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < distances.length; j++) {
            nearest = j == self ? nearest : Math.min(nearest, distances[j]);
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1;
        double[] shares = new double[distances.length];
        for (int i = 0; i < BISECTIONS; i++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < distances.length; j++) {
                double farther = distances[j] - nearest; // the nearest has weight 1, so that the sum is never 0
                shares[j] = j == self ? 0 : Math.exp(-precision * farther);
                sum += shares[j];
                weighted += shares[j] * farther;
            }
            double total = sum;
            Arrays.setAll(shares, j -> shares[j] / total);
            double difference = Math.log(sum) + precision * weighted / sum - entropy;
            if (Math.abs(difference) < CLOSE_ENOUGH) {
                break;
            }
            if (difference > 0) {
                low = precision;
                precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return shares;
    }
}
