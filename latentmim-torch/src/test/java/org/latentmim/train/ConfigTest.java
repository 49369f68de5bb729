package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.latentmim.train.LearningRate.Shape.COSINE;
import static org.latentmim.train.LearningRate.Shape.STEPS;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.latentmim.checkpoint.Best;
import org.latentmim.runtime.UsageException;

/** What a recipe may say of a training. */
class ConfigTest {

    private static final List<Double> BETAS = List.of(0.9, 0.95);
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final SetbackConfig SETBACKS = new SetbackConfig(10, 3, 0.5);

    @Test
    void thePeakGrowsWithTheImagesOfAStep() {
        TrainConfig config = train(1, 128, 4, 1e-4, 0, 0.25, 0.05, BETAS);
        assertThat(config.globalBatch()).isEqualTo(512);
        assertThat(config.peakLearningRate()).isEqualTo(2e-4);
    }

    @Test
    void aTrainingHasNoNumberOutOfRange() {
        refused("epochs must be at least 1, but is 0", () -> train(0, 1, 1, 1, 0, 0, 0, BETAS));
        refused("batch must be at least 1, but is -4", () -> train(1, -4, 1, 1, 0, 0, 0, BETAS));
        refused("accumulation must be at least 1, but is 0", () -> train(1, 1, 0, 1, 0, 0, 0, BETAS));
        refused("base-learning-rate must be more than 0, but is 0.0", () -> train(1, 1, 1, 0, 0, 0, 0, BETAS));
        refused("warmup-epochs must be at least 0, but is -0.5", () -> train(1, 1, 1, 1, -0.5, 0, 0, BETAS));
        refused("warmup-epochs must be less than epochs, but is 2.0 of 2", () -> train(2, 1, 1, 1, 2, 0, 0, BETAS));
        refused("floor must be between 0 and 1, but is 1.5", () -> train(1, 1, 1, 1, 0, 1.5, 0, BETAS));
        refused("weight-decay must be at least 0, but is -1", () -> train(1, 1, 1, 1, 0, 0, -1, BETAS));
        refused("weight-decay must be at least 0, but is NaN", () -> train(1, 1, 1, 1, 0, 0, Double.NaN, BETAS));
        refused("betas must be two numbers in [0, 1), but is [0.9]", () -> train(1, 1, 1, 1, 0, 0, 0, List.of(0.9)));
        refused("betas must be two numbers in [0, 1), but is [0.9, 1.0]", () -> train(1, 1, 1, 1, 0, 0, 0, List.of(0.9, 1.0)));
        refused("clip-norm must be more than 0, but is 0.0",
                () -> early(1, OptionalDouble.of(0), false));
        refused("early-update moves weights before all gradients are known, which clip-norm waits for: leave one of them out",
                () -> early(1, OptionalDouble.of(1), true));
        refused("early-update moves weights before all gradients are known, which accumulation waits for: leave one of them out",
                () -> early(2, NONE, true));
    }

    @Test
    void setbacksHaveNoNumberOutOfRange() {
        refused("skips must be at least 1, but is 0", () -> new SetbackConfig(0, 3, 0.5));
        refused("returns must be at least 0, but is -1", () -> new SetbackConfig(10, -1, 0.5));
        refused("slow-down must be more than 0 and at most 1, but is 0.0", () -> new SetbackConfig(10, 3, 0));
        refused("slow-down must be more than 0 and at most 1, but is NaN", () -> new SetbackConfig(10, 3, Double.NaN));
    }

    @Test
    void aScheduleHasNoNumberOutOfRange() {
        refused("warmup-from must be between 0 and 1, but is 1.5",
                () -> schedule(OptionalDouble.of(1.5), COSINE, 1, List.of(), 0.1, NONE));
        refused("stretch must be at least 1, but is 0.8", () -> schedule(NONE, COSINE, 0.8, List.of(), 0.1, NONE));
        refused("stretch must be at least 1, but is NaN", () -> schedule(NONE, COSINE, Double.NaN, List.of(), 0.1, NONE));
        refused("decay must be between 0 and 1, but is -0.1", () -> schedule(NONE, STEPS, 1, List.of(5.0), -0.1, NONE));
        refused("weight-decay-to must be at least 0, but is -1",
                () -> schedule(NONE, COSINE, 1, List.of(), 0.1, OptionalDouble.of(-1)));
    }

    @Test
    void stepsHaveMilestonesThatRiseAfterTheWarmUpAndBeforeTheEnd() {
        assertThat(schedule(NONE, STEPS, 1, List.of(2.5, 9.0), 0.1, NONE).milestones()).containsExactly(2.5, 9.0);
        refused("milestones must name at least one epoch for schedule: steps",
                () -> schedule(NONE, STEPS, 1, List.of(), 0.1, NONE));
        refused("milestones belong to schedule: steps, but the schedule is cosine",
                () -> schedule(NONE, COSINE, 1, List.of(5.0), 0.1, NONE));
        for (List<Double> wrong : List.of(List.of(2.0), List.of(10.0), List.of(5.0, 5.0), List.of(6.0, 5.0))) {
            refused("milestones must rise between warmup-epochs 2.0 and epochs 10, but are " + wrong,
                    () -> schedule(NONE, STEPS, 1, wrong, 0.1, NONE));
        }
    }

    @Test
    void aRunHasNoNumberOutOfRange() {
        refused("log-every must be at least 1, but is 0", () -> run(0, 0, 0, 0, 0, 1, 0, 0));
        refused("evaluate-every must be at least 0, but is -1", () -> run(1, -1, 0, 0, 0, 1, 0, 0));
        refused("checkpoint-minutes must be at least 0, but is -1", () -> run(1, 0, -1, 0, 0, 1, 0, 0));
        refused("checkpoint-steps must be at least 0, but is -1", () -> run(1, 0, 0, -1, 0, 1, 0, 0));
        refused("checkpoint-epochs must be at least 0, but is -1", () -> run(1, 0, 0, 0, -1, 1, 0, 0));
        refused("keep-newest must be at least 1, but is 0", () -> run(1, 0, 0, 0, 0, 0, 0, 0));
        refused("keep-every must be at least 0, but is -1", () -> run(1, 0, 0, 0, 0, 1, -1, 0));
        refused("tolerate-unreadable must be between 0 and 1, but is 1.01", () -> run(1, 0, 0, 0, 0, 1, 0, 1.01));
        refused("tolerate-unreadable must be between 0 and 1, but is NaN", () -> run(1, 0, 0, 0, 0, 1, 0, Double.NaN));
    }

    private static RunConfig run(
            int log, int evaluate, int minutes, int steps, int epochs, int newest, int every, double tolerated) {
        return new RunConfig(
                0, log, evaluate, minutes, steps, epochs, newest, every, Optional.empty(), Best.Extreme.HIGHEST, tolerated);
    }

    @Test
    void aPlanLeavesOutStepsThatWouldLackImages() {
        assertThat(RunPlan.of(train(10, 4, 3, 1, 0, 0, 0, BETAS), 8)).isEqualTo(new RunPlan(20, 2, 10, 12));
        TrainConfig tooMany = train(10, 4, 9, 1, 0, 0, 0, BETAS);
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> RunPlan.of(tooMany, 8)).withMessage(
                "one step takes 9 batches of 4 images, but an epoch has only 8 such batches; lower train.batch or"
                        + " train.accumulation");
    }

    private static void refused(String message, ThrowingCallable config) {
        assertThatIllegalArgumentException().isThrownBy(config).withMessage(message);
    }

    private static TrainConfig train(int epochs, int batch, int accumulation, double baseLearningRate, double warmupEpochs,
            double floor, double weightDecay, List<Double> betas) {
        return new TrainConfig(epochs, batch, accumulation, baseLearningRate, warmupEpochs, NONE, floor, COSINE, 1, List.of(),
                0.1, weightDecay, NONE, betas, NONE, false, SETBACKS);
    }

    private static TrainConfig early(int accumulation, OptionalDouble clipNorm, boolean earlyUpdate) {
        return new TrainConfig(
                1, 1, accumulation, 1, 0, NONE, 0, COSINE, 1, List.of(), 1, 0, NONE, BETAS, clipNorm, earlyUpdate,
                SETBACKS);
    }

    private static TrainConfig schedule(OptionalDouble warmupFrom, LearningRate.Shape shape, double stretch,
            List<Double> milestones, double decay, OptionalDouble weightDecayTo) {
        return new TrainConfig(
                10, 1, 1, 1, 2, warmupFrom, 0, shape, stretch, milestones, decay, 0, weightDecayTo, BETAS, NONE, false,
                SETBACKS);
    }
}
