package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.latentmim.pipeline.TinyRecipe;

/** Rates in closed form; the peak is 0.5. */
class LearningRateTest {

    private static final Offset<Double> ROUNDING = within(1e-15);

    @Test
    void startsAtThePeakWithoutWarmUp() {
        LearningRate rate = rate("epochs=10", "floor=0.2");
        assertThat(rate.at(0)).isEqualTo(0.5);
        assertThat(rate.at(5)).isCloseTo(0.3, ROUNDING);
        assertThat(rate.at(10)).isCloseTo(0.1, ROUNDING);
    }

    @Test
    void warmsUpFromTheFloor() {
        LearningRate rate = rate("epochs=10", "floor=0.2", "warmup-epochs=4");
        assertThat(rate.at(0)).isCloseTo(0.1, ROUNDING);
        assertThat(rate.at(2)).isCloseTo(0.3, ROUNDING);
        assertThat(rate.at(4)).isEqualTo(0.5);
    }

    @Test
    void warmsUpFromAShareOfThePeakAndStillEndsAtTheFloor() {
        LearningRate rate = rate("epochs=10", "floor=0.1", "warmup-epochs=4", "warmup-from=0.6");
        assertThat(rate.at(0)).isCloseTo(0.3, ROUNDING);
        assertThat(rate.at(1)).isCloseTo(0.35, ROUNDING);
        assertThat(rate.at(4)).isEqualTo(0.5);
        assertThat(rate.at(7)).as("half of the way down").isCloseTo(0.275, ROUNDING);
        assertThat(rate.at(10)).isCloseTo(0.05, ROUNDING);
        assertThat(rate("epochs=10", "warmup-epochs=4", "warmup-from=0").at(0)).isZero();
    }

    @Test
    void fallsInAStraightLine() {
        LearningRate rate = rate("epochs=10", "floor=0.2", "warmup-epochs=2", "schedule=linear");
        assertThat(rate.at(2)).isCloseTo(0.5, ROUNDING);
        assertThat(rate.at(4)).isCloseTo(0.4, ROUNDING);
        assertThat(rate.at(6)).isCloseTo(0.3, ROUNDING);
        assertThat(rate.at(10)).isCloseTo(0.1, ROUNDING);
    }

    @Test
    void staysAtThePeak() {
        LearningRate rate = rate("epochs=10", "warmup-epochs=2", "schedule=constant");
        assertThat(rate.at(1)).isCloseTo(0.3125, ROUNDING);
        assertThat(rate.at(2)).isEqualTo(0.5);
        assertThat(rate.at(9.99)).isEqualTo(0.5);
    }

    /** SimMIM's, at a hundredth of its length. */
    @Test
    void stepsDownAtEachMilestoneAndStaysBetween() {
        LearningRate one = rate("epochs=8", "warmup-epochs=0.1", "warmup-from=0.005", "schedule=steps", "milestones=[7]");
        assertThat(one.at(0)).isCloseTo(0.0025, ROUNDING);
        assertThat(one.at(0.1)).isEqualTo(0.5);
        assertThat(one.at(6.999)).isEqualTo(0.5);
        assertThat(one.at(7)).isCloseTo(0.05, ROUNDING);
        assertThat(one.at(7.999)).isCloseTo(0.05, ROUNDING);

        LearningRate two = rate("epochs=8", "schedule=steps", "milestones=[2.5, 5]", "decay=0.5");
        assertThat(new double[] {two.at(0), two.at(2.4), two.at(2.5), two.at(4.9), two.at(5), two.at(7.9)})
                .containsExactly(0.5, 0.5, 0.25, 0.25, 0.125, 0.125);
    }

    @Test
    void aStretchedScheduleIsTheBeginningOfALongerOne() {
        for (String schedule : new String[] {"schedule=cosine", "schedule=linear"}) {
            LearningRate stretched = rate("epochs=100", "floor=0.2", "warmup-epochs=20", "stretch=1.25", schedule);
            LearningRate longer = rate("epochs=125", "floor=0.2", "warmup-epochs=20", schedule);
            for (double epoch : new double[] {0, 13, 20, 50.5, 100}) {
                assertThat(stretched.at(epoch)).isEqualTo(longer.at(epoch));
            }
        }
    }

    /** CAPI ends when 0.8 of the cosine behind the warm-up, a tenth of its steps, is done. */
    @Test
    void cutsACosineOffAtAShareOfIt() {
        LearningRate rate = rate("epochs=1000", "floor=0", "warmup-epochs=100", "stretch=1.225");
        assertThat(rate.at(100)).isEqualTo(0.5);
        assertThat(rate.at(550)).isCloseTo(0.5 * 0.5 * (1 + Math.cos(0.4 * Math.PI)), ROUNDING);
        assertThat(rate.at(1000)).isCloseTo(0.5 * 0.5 * (1 + Math.cos(0.8 * Math.PI)), ROUNDING);
    }

    @Test
    void weightDecayIsConstantIfNotToldOtherwise() {
        WeightDecay decay = new WeightDecay(train("epochs=10", "weight-decay=0.05", "warmup-epochs=2"));
        assertThat(new double[] {decay.at(0), decay.at(1), decay.at(3.3), decay.at(10)}).containsOnly(0.05);
    }

    /** I-JEPA's, with and without a stretched schedule. */
    @Test
    void weightDecayGrowsByACosineFromTheFirstStepOn() {
        WeightDecay decay = new WeightDecay(train("epochs=300", "weight-decay=0.04", "weight-decay-to=0.4", "warmup-epochs=40"));
        assertThat(decay.at(0)).isCloseTo(0.04, ROUNDING);
        assertThat(decay.at(75)).isCloseTo(0.4 - 0.18 * (1 + Math.sqrt(0.5)), ROUNDING);
        assertThat(decay.at(150)).isCloseTo(0.22, ROUNDING);
        assertThat(decay.at(300)).isCloseTo(0.4, ROUNDING);

        WeightDecay stretched =
                new WeightDecay(train("epochs=300", "weight-decay=0.04", "weight-decay-to=0.4", "stretch=1.25"));
        assertThat(stretched.at(187.5)).isCloseTo(0.22, ROUNDING);
        assertThat(stretched.at(300)).isCloseTo(0.4 - 0.18 * (1 + Math.cos(0.8 * Math.PI)), ROUNDING);
    }

    private static LearningRate rate(String... settings) {
        return new LearningRate(train(settings));
    }

    private static TrainConfig train(String... settings) {
        return TinyRecipe.with(Stream.concat(
                Stream.of("batch=256", "base-learning-rate=0.5", "warmup-epochs=0"), Arrays.stream(settings))
                .map("train."::concat)
                .toArray(String[]::new)).train();
    }
}
