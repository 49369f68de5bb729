package org.latentmim.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("How long and how fast to learn")
public record TrainConfig(
        @Meaning("passes over the images, at least 1") int epochs,
        @Meaning("images in a batch") int batch,
        @Meaning("batches whose gradients make one step; the global batch is batch x accumulation") @Default("1") int accumulation,
        @Meaning("learning rate for a global batch of 256; the peak is this x global batch / 256") double baseLearningRate,
        @Meaning("epochs in which the learning rate rises to its peak") @Default("0") double warmupEpochs,
        @Meaning("the learning rate at the start as a share of the peak, in [0, 1]; the floor if left out")
                OptionalDouble warmupFrom,
        @Meaning("the floor: the learning rate at the end of a cosine or line as a share of the peak, in [0, 1]") @Default("0.25")
                double floor,
        @Meaning("the way from the peak: cosine or linear to the floor, constant, or steps at milestones") @Default("cosine")
                LearningRate.Shape schedule,
        @Meaning("a cosine or line runs as if there were so many times as many epochs and is cut off, at least 1") @Default("1.0")
                double stretch,
        @Meaning("epochs at which steps go down, rising") @Default("[]") List<Double> milestones,
        @Meaning("by which a step multiplies the learning rate, in [0, 1]") @Default("0.1") double decay,
        @Meaning("AdamW's decay of weight matrices; names with bias, norm or embed and vectors are exempt") @Default("0.05")
                double weightDecay,
        @Meaning("the decay of weight matrices at the end of a cosine, at least 0; constant if left out")
                OptionalDouble weightDecayTo,
        @Meaning("AdamW's two decay rates of moments") @Default("[0.9, 0.95]") List<Double> betas,
        @Meaning("largest norm of the gradient, longer ones are scaled down; no limit if left out") OptionalDouble clipNorm,
        @Meaning("move large weights while the gradients of others are being found, and hold few at a time; not with"
                + " accumulation or clip-norm") @Default("false") boolean earlyUpdate,
        @Meaning("what to do about steps whose loss or gradient is not finite") @Default("{}") SetbackConfig setbacks) {

    public TrainConfig {
        atLeast(1, epochs, "epochs");
        atLeast(1, batch, "batch");
        atLeast(1, accumulation, "accumulation");
        atLeast(0, warmupEpochs, "warmup-epochs");
        atLeast(1, stretch, "stretch");
        atLeast(0, weightDecay, "weight-decay");
        weightDecayTo.ifPresent(value -> atLeast(0, value, "weight-decay-to"));
        if (!(baseLearningRate > 0)) {
            throw new IllegalArgumentException("base-learning-rate must be more than 0, but is " + baseLearningRate);
        }
        if (warmupEpochs >= epochs && warmupEpochs > 0) {
            throw new IllegalArgumentException(
                    "warmup-epochs must be less than epochs, but is " + warmupEpochs + " of " + epochs);
        }
        warmupFrom.ifPresent(value -> share(value, "warmup-from"));
        share(floor, "floor");
        share(decay, "decay");
        checkMilestones(milestones, schedule, warmupEpochs, epochs);
        if (betas.size() != 2 || betas.stream().anyMatch(beta -> !(beta >= 0 && beta < 1))) {
            throw new IllegalArgumentException("betas must be two numbers in [0, 1), but is " + betas);
        }
        if (clipNorm.isPresent() && !(clipNorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("clip-norm must be more than 0, but is " + clipNorm.getAsDouble());
        }
        if (earlyUpdate && (accumulation > 1 || clipNorm.isPresent())) {
            throw new IllegalArgumentException("early-update moves weights before all gradients are known, which "
                    + (accumulation > 1 ? "accumulation" : "clip-norm") + " waits for: leave one of them out");
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

    /** Returns the epochs of which a cosine or line shows the first {@link #epochs}. */
    double stretchedEpochs() {
        return epochs * stretch;
    }

    private static void checkMilestones(List<Double> milestones, LearningRate.Shape schedule, double first, int last) {
        boolean steps = schedule == LearningRate.Shape.STEPS;
        if (steps == milestones.isEmpty()) {
            throw new IllegalArgumentException(steps
                    ? "milestones must name at least one epoch for schedule: steps"
                    : "milestones belong to schedule: steps, but the schedule is " + schedule.name().toLowerCase(Locale.ROOT));
        }
        double earlier = first;
        for (double milestone : milestones) {
            if (!(milestone > earlier && milestone < last)) {
                throw new IllegalArgumentException("milestones must rise between warmup-epochs " + first + " and epochs " + last
                        + ", but are " + milestones);
            }
            earlier = milestone;
        }
    }

    private static void share(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value);
        }
    }

    private static void atLeast(double minimum, double value, String name) {
        if (!(value >= minimum)) {
            throw new IllegalArgumentException(
                    name + " must be at least " + (int) minimum + ", but is "
                            + (value == Math.rint(value) ? "" + (long) value : "" + value));
        }
    }
}
