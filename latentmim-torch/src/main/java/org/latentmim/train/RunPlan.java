package org.latentmim.train;

import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Progress;

/**
 * How much a run does.
 *
 * @param steps optimizer steps in all
 * @param stepsPerEpoch optimizer steps in one pass over the images
 * @param epochs passes over the images
 * @param imagesPerStep images that make one step
 */
public record RunPlan(long steps, int stepsPerEpoch, int epochs, int imagesPerStep) {

    /** Plans a training; steps that would lack images at the end of an epoch are left out. */
    public static RunPlan of(TrainConfig config, int batchesPerEpoch) {
        int stepsPerEpoch = batchesPerEpoch / config.accumulation();
        if (stepsPerEpoch == 0) {
            throw new UsageException("one step takes " + config.accumulation() + " batches of " + config.batch()
                    + " images, but an epoch has only " + batchesPerEpoch + " such batches; lower train.batch or train.accumulation");
        }
        return new RunPlan((long) stepsPerEpoch * config.epochs(), stepsPerEpoch, config.epochs(), config.globalBatch());
    }

    /** Returns how far the run has come after so many steps. */
    public Progress progress(long done) {
        return new Progress(done, steps, (double) done / stepsPerEpoch, epochs, imagesPerStep);
    }
}
