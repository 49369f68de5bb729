package org.latentmim.train;

import org.latentmim.data.Loader;

/** How fast images go through, and how much of the time the step waited for them. */
final class Pace {

    private final Loader loader;
    private long since;
    private long waitedBefore;
    private long images;

    Pace(Loader loader) {
        this.loader = loader;
        restart();
    }

    void add(int images) {
        this.images += images;
    }

    void restart() {
        since = System.nanoTime();
        waitedBefore = loader.waitedNanos();
        images = 0;
    }

    double imagesPerSecond() {
        return images * 1e9 / elapsed();
    }

    /** From 0 to 1. */
    double shareOfWaiting() {
        return Math.min(1, (double) (loader.waitedNanos() - waitedBefore) / elapsed());
    }

    private long elapsed() {
        return Math.max(1, System.nanoTime() - since);
    }
}
