package org.latentmim.masking;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchMask;

/**
 * Hides patches drawn one by one, each time with a probability that grows with a power of their score. Scores count as multiples
 * of the image's mean, and a patch without any still counts a hundredth of that.
 */
final class WeightedHiding {

    private static final double LEAST = 0.01;

    private WeightedHiding() {}

    /**
     * Draws a mask.
     *
     * @param scores one for each patch, 0 or more
     * @param power of the scores; 0 is blind to them, below 0 low scores are hidden
     * @param visible how many patches are left to see
     */
    static PatchMask mask(double[] scores, double power, int visible, RandomGenerator random) {
        double mean = Arrays.stream(scores).sum() / scores.length;
        double scale = mean > 0 ? 1 / mean : 0;
        // Of exponential times whose rates are the weights, the next to end is a draw by weight: the last to end are seen.
        long[] times = new long[scores.length];
        int ids = Integer.highestOneBit(scores.length) * 2 - 1;
        for (int id = 0; id < scores.length; id++) {
            double weight = Math.pow(scores[id] * scale + LEAST, power);
            double time = Math.abs(Math.log(1 - random.nextDouble())) / weight;
            // Bits of numbers from 0 up are ordered as the numbers are; the lowest make room for the id.
            times[id] = Double.doubleToLongBits(time) & ~ids | id;
        }
        Arrays.sort(times);
        int[] order = new int[scores.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) times[order.length - 1 - i] & ids;
        }
        return PatchMask.ofOrder(order, visible);
    }
}
