package org.latentmim.preview;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each of a few different numbers came. Not thread-safe. */
public final class Distribution {

    private final SortedMap<Double, Long> counts = new TreeMap<>();
    private long count;

    void add(double value) {
        counts.merge(value, 1L, Long::sum);
        count++;
    }

    /** Returns how many numbers came. */
    public long count() {
        return count;
    }

    /** Returns their mean, or NaN if there are none. */
    public double mean() {
        return counts.entrySet().stream().mapToDouble(entry -> entry.getKey() * entry.getValue()).sum() / count;
    }

    /**
     * Returns the smallest number that at least a share of all do not exceed: 0.5 gives the median, 1 the largest.
     *
     * @param share more than 0, at most 1
     * @throws IllegalStateException if there are no numbers
     */
    public double quantile(double share) {
        long seen = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= share * count) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("there are no numbers to take a quantile of");
    }

    /** Returns the share of the numbers that are at least {@code from} and less than {@code to}. */
    public double share(double from, double to) {
        return counts.subMap(from, to).values().stream().mapToLong(Long::longValue).sum() / (double) count;
    }
}
