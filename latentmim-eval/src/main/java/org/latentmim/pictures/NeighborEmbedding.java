package org.latentmim.pictures;

import java.util.Arrays;
import java.util.Random;

/**
 * t-SNE (van der Maaten and Hinton, 2008): points of many dimensions as points of a plane, such that those which were near stay
 * near. Exact: time and memory grow with the square of the number of points, 16 bytes a pair. The same points and seed give the
 * same plane.
 */
final class NeighborEmbedding {

    private static final int ITERATIONS = 750;
    private static final int EARLY = 250;
    private static final double EXAGGERATION = 12;
    private static final double EARLY_MOMENTUM = 0.5;
    private static final double MOMENTUM = 0.8;
    private static final double LEAST_RATE = 50;
    private static final double START = 1e-4;

    private NeighborEmbedding() {}

    /**
     * Returns a plane of the points, {@code [n][2]}, with its middle at 0.
     *
     * @param points {@code [n][D]}
     * @param perplexity how many neighbours a point has, about: more than 1, less than n
     * @throws IllegalArgumentException if the perplexity is out of range
     */
    static double[][] of(double[][] points, double perplexity, long seed) {
        if (!(perplexity > 1 && perplexity < points.length)) {
            throw new IllegalArgumentException(
                    "perplexity must be more than 1 and less than the " + points.length + " points, but is " + perplexity);
        }
        double[][] pairs = Neighborhoods.of(points, perplexity);
        int count = points.length;
        Random random = new Random(seed);
        Axis x = new Axis(count, random);
        Axis y = new Axis(count, random);
        double rate = Math.max(LEAST_RATE, count / (4 * EXAGGERATION));
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            boolean early = iteration < EARLY;
            gradient(pairs, early ? EXAGGERATION : 1, x, y);
            x.move(rate, early ? EARLY_MOMENTUM : MOMENTUM);
            y.move(rate, early ? EARLY_MOMENTUM : MOMENTUM);
        }
        double[][] plane = new double[count][];
        Arrays.setAll(plane, i -> new double[] {x.places[i], y.places[i]});
        return plane;
    }

    /** Neighbours attract each other, and all points push each other away: both at once, pair by pair. */
    private static void gradient(double[][] pairs, double exaggeration, Axis x, Axis y) {
        x.clear();
        y.clear();
        double sum = 0;
        for (int i = 0; i < pairs.length; i++) {
            for (int j = 0; j < i; j++) {
                double dx = x.places[i] - x.places[j];
                double dy = y.places[i] - y.places[j];
                double near = 1 / (1 + dx * dx + dy * dy);
                double attraction = exaggeration * pairs[i][j] * near;
                sum += 2 * near;
                x.add(i, j, attraction * dx, near * near * dx);
                y.add(i, j, attraction * dy, near * near * dy);
            }
        }
        x.finish(sum);
        y.finish(sum);
    }

    /** One coordinate of all points, and how it moves: with momentum, and a gain of each point's own while it keeps its way. */
    private static final class Axis {

        private static final double LEAST_GAIN = 0.01;

        private final double[] places;
        private final double[] attraction;
        private final double[] repulsion;
        private final double[] velocity;
        private final double[] gains;

        Axis(int count, Random random) {
            places = new double[count];
            attraction = new double[count];
            repulsion = new double[count];
            velocity = new double[count];
            gains = new double[count];
            Arrays.setAll(places, i -> START * random.nextGaussian());
            Arrays.fill(gains, 1);
        }

        void clear() {
            Arrays.fill(attraction, 0);
            Arrays.fill(repulsion, 0);
        }

        void add(int i, int j, double attracted, double repelled) {
            attraction[i] += attracted;
            attraction[j] -= attracted;
            repulsion[i] += repelled;
            repulsion[j] -= repelled;
        }

        /** Makes the gradient, in place of the attraction. */
        void finish(double sum) {
            for (int i = 0; i < places.length; i++) {
                attraction[i] = 4 * (attraction[i] - repulsion[i] / sum);
            }
        }

        void move(double rate, double momentum) {
            for (int i = 0; i < places.length; i++) {
                boolean turns = attraction[i] > 0 == velocity[i] > 0;
                gains[i] = Math.max(LEAST_GAIN, turns ? gains[i] * 0.8 : gains[i] + 0.2);
                velocity[i] = momentum * velocity[i] - rate * gains[i] * attraction[i];
                places[i] += velocity[i];
            }
            double middle = Arrays.stream(places).average().orElseThrow();
            for (int i = 0; i < places.length; i++) {
                places[i] -= middle;
            }
        }
    }
}
