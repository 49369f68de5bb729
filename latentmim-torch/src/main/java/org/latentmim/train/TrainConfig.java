package org.latentmim.train;

import java.util.List;
import java.util.OptionalDouble;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("How long and how fast to learn")
public record TrainConfig(
        @Meaning("passes over the images, at least 1") int epochs,
        @Meaning("images in a batch") int batch,
        @Meaning("batches whose gradients make one step; the global batch is batch x accumulation") @Default("1") int accumulation,
        @Meaning("learning rate for a global batch of 256; the peak is this x global batch / 256") double baseLearningRate,
        @Meaning("epochs in which the learning rate rises from its floor to its peak") @Default("0") double warmupEpochs,
        @Meaning("the floor: the learning rate at start and end as a share of the peak, in [0, 1]") @Default("0.25") double floor,
        @Meaning("AdamW's decay of weight matrices; names with bias, norm or embed and vectors are exempt") @Default("0.05")
                double weightDecay,
        @Meaning("AdamW's two decay rates of moments") @Default("[0.9, 0.95]") List<Double> betas,
        @Meaning("largest norm of the gradient, longer ones are scaled down; no limit if left out") OptionalDouble clipNorm) {

    public TrainConfig {
        atLeast(1, epochs, "epochs");
        atLeast(1, batch, "batch");
        atLeast(1, accumulation, "accumulation");
        atLeast(0, warmupEpochs, "warmup-epochs");
        atLeast(0, weightDecay, "weight-decay");
        if (!(baseLearningRate > 0)) {
            throw new IllegalArgumentException("base-learning-rate must be more than 0, but is " + baseLearningRate);
        }
        if (warmupEpochs >= epochs && warmupEpochs > 0) {
            throw new IllegalArgumentException(
                    "warmup-epochs must be less than epochs, but is " + warmupEpochs + " of " + epochs);
        }
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("floor must be between 0 and 1, but is " + floor);
        }
        if (betas.size() != 2 || betas.stream().anyMatch(beta -> !(beta >= 0 && beta < 1))) {
            throw new IllegalArgumentException("betas must be two numbers in [0, 1), but is " + betas);
        }
        if (clipNorm.isPresent() && !(clipNorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("clip-norm must be more than 0, but is " + clipNorm.getAsDouble());
        }
    }

    /** Returns the images that make one step. */
    public int globalBatch() {
        return Math.multiplyExact(batch, accumulation);
    }

    /** Returns the learning rate at its peak. */
    public double peakLearningRate() {
        return baseLearningRate * globalBatch() / 256;
    }

    private static void atLeast(double minimum, double value, String name) {
        if (!(value >= minimum)) {
            throw new IllegalArgumentException(
                    name + " must be at least " + (int) minimum + ", but is " + (value == Math.rint(value) ? "" + (long) value : "" + value));
        }
    }
}
