package org.latentmim.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;

/**
 * Times the train step on batches that were loaded before, and the loader by itself. The weights move as in a training.
 *
 * @param batch images in a step
 * @param seconds of each step, sorted
 * @param loadedPerSecond images that the loader alone delivers in a second
 */
public record StepBenchmark(int batch, double[] seconds, double loadedPerSecond) {

    private static final int WARM_UP = 3;
    private static final int DIFFERENT_BATCHES = 4;

    /**
     * Runs the benchmark.
     *
     * @param steps to time, after a few that are not
     */
    public static StepBenchmark run(
            LatentMim model, PatchReader reader, Loader loader, TrainConfig config, Randomness randomness, Compute compute,
            int steps) {
        TrainStep step = new TrainStep(model, reader, config, randomness, compute);
        RunPlan plan = RunPlan.of(config, loader.batchesPerEpoch());
        List<List<Batch>> loaded = new ArrayList<>();
        loader.start(0, 0);
        for (int i = 0; i < DIFFERENT_BATCHES; i++) {
            loaded.add(loader.next(config.accumulation()));
        }
        double loadedPerSecond = loadedPerSecond(loader, config.batch());
        loader.close();

        StepLog log = new StepLog();
        double[] seconds = new double[steps];
        for (int i = -WARM_UP; i < steps; i++) {
            long began = System.nanoTime();
            step.run(loaded.get((i + WARM_UP) % loaded.size()), plan.progress(0), log);
            log.readLoss(); // waits for the device
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - began) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return new StepBenchmark(config.globalBatch(), seconds, loadedPerSecond);
    }

    /** The loader is ahead when this begins, so that the batches which it has are not counted. */
    private static double loadedPerSecond(Loader loader, int batch) {
        for (int i = 0; i < DIFFERENT_BATCHES; i++) {
            loader.next();
        }
        long began = System.nanoTime();
        int batches = 0;
        while (batches < 2 || System.nanoTime() - began < 1_000_000_000L) {
            loader.next();
            batches++;
        }
        return batches * batch * 1e9 / (System.nanoTime() - began);
    }

    /** Returns images a second of the median step. */
    public double imagesPerSecond() {
        int middle = seconds.length / 2;
        double median = seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
        return batch / median;
    }
}
