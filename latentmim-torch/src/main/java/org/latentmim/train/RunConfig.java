package org.latentmim.train;

import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("Seed and housekeeping")
public record RunConfig(
        @Meaning("what all chance is made of") @Default("0") long seed,
        @Meaning("steps between two lines of metrics, at least 1") @Default("20") int logEvery,
        @Meaning("epochs between two evaluations; 0: only at the end") @Default("0") int evaluateEvery,
        @Meaning("share of images that may be unreadable before the run stops, in [0, 1]") @Default("0.01") double tolerateUnreadable) {

    public RunConfig {
        if (logEvery < 1) {
            throw new IllegalArgumentException("log-every must be at least 1, but is " + logEvery);
        }
        if (evaluateEvery < 0) {
            throw new IllegalArgumentException("evaluate-every must be at least 0, but is " + evaluateEvery);
        }
        if (!(tolerateUnreadable >= 0 && tolerateUnreadable <= 1)) {
            throw new IllegalArgumentException("tolerate-unreadable must be between 0 and 1, but is " + tolerateUnreadable);
        }
    }
}
