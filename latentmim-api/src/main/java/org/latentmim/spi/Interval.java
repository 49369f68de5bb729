package org.latentmim.spi;

/**
 * Where a score would lie if the judged images were drawn anew, or the seeds.
 *
 * @param low lower end, in the score's unit
 * @param high upper end, in the score's unit, not below {@code low}
 * @param method how it was found and how sure it is, in a few words: {@code 95%, 1,000 bootstrap draws of the images, seed 0}
 */
public record Interval(double low, double high, String method) {

    /**
     * @throws IllegalArgumentException if the ends are not in order, or not numbers
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval must go up, but is from " + low + " to " + high);
        }
    }
}
