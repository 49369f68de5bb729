package org.latentmim.preview;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How often each patch of a grid was chosen, over many draws. Not thread-safe. */
public final class Coverage {

    private final long[] counts;
    private long draws;

    Coverage(int size) {
        this.counts = new long[size];
    }

    void add(int[] chosen) {
        for (int id : chosen) {
            counts[id]++;
        }
        draws++;
    }

    /** Returns the share of the draws that chose a patch, from 0 to 1. */
    public double of(int id) {
        return counts[id] / (double) draws;
    }

    /** Returns the share of the draws that chose a patch, averaged over the patches. */
    public double mean() {
        return shares().average().orElseThrow();
    }

    /** Returns the share of the patch that was chosen least. */
    public double least() {
        return shares().min().orElseThrow();
    }

    /** Returns the share of the patch that was chosen most. */
    public double most() {
        return shares().max().orElseThrow();
    }

    /** Returns how many patches were never chosen. */
    public int never() {
        return (int) Arrays.stream(counts).filter(count -> count == 0).count();
    }

    /** Returns the standard deviation of the shares over the patches. */
    public double spread() {
        double mean = mean();
        return Math.sqrt(shares().map(share -> (share - mean) * (share - mean)).average().orElseThrow());
    }

    /**
     * Returns the {@link #spread} to expect if every patch had the same chance: that of a share measured by so many draws. An
     * even sampler comes close to it; a spread far above says that it favours places, one below that it takes turns.
     */
    public double spreadByChance() {
        double mean = mean();
        return Math.sqrt(mean * (1 - mean) / draws);
    }

    private DoubleStream shares() {
        return IntStream.range(0, counts.length).mapToDouble(this::of);
    }
}
