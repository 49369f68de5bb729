package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Score;
import org.latentmim.testing.EvaluatorContract;

class SweptLinearProbeEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new SweptLinearProbeEvaluator(new SweptLinearProbeEvaluator.Config(
                List.of(0.001, 0.01, 0.1, 1.0), List.of(0.0, 1e-4), 20, 128, 0.1, List.of(0.1, 0.3), 0));
    }

    @Test
    void choosesTheSettingThatLearnsAndSaysSo() throws IOException {
        Score score = probe(List.of(1e-9, 0.3), List.of(0.0, 1e9)).evaluate(new EvaluationTask(new Circle.Angles(),
                Optional.of(circle(0, 80)), circle(2, 40))).get(0);
        assertThat(score.name()).isEqualTo("accuracy");
        assertThat(score.value()).isEqualTo(100);
        assertThat(score.protocol()).isEqualTo("best of 4 linear classifiers by 8 of 80 train images, learned from the others,"
                + " standardised, SGD, 10 epochs; points on a circle");
        assertThat(score.settings()).containsEntry("learning-rate", "0.3").containsEntry("weight-decay", "0.0")
                .containsEntry("learning-rates", "[1.0E-9, 0.3]").containsEntry("weight-decays", "[0.0, 1.0E9]")
                .containsEntry("halve-at", "[0.5]").containsEntry("held-out", "8").containsEntry("epochs", "10")
                .containsEntry("batch", "9").containsEntry("seed", "3");
        assertThat(score.interval().orElseThrow().method()).isEqualTo("95%, 1,000 bootstrap draws of the images, seed 3");
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        Circle two = new Circle(new int[] {0, 90}, new int[] {0, 1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe(List.of(1.0), List.of(0.0))
                        .evaluate(new EvaluationTask(new Circle.Angles(), Optional.empty(), two)))
                .withMessage("swept-linear-probe needs labelled images to learn from: give images.train with labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe(List.of(1.0), List.of(0.0)).evaluate(new EvaluationTask(
                        new Circle.Angles(), Optional.of(new Circle(new int[] {0, 45}, new int[] {1, 1})), two)))
                .withMessage("swept-linear-probe needs train images of at least 2 classes, but all are 'up'");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(List.of(0.0), List.of(0.0), 1, 2, 0.1, "learning-rates must be more than 0, but are [0.0]");
        refuses(List.of(1.0), List.of(-1.0), 1, 2, 0.1, "weight-decays must not be below 0, but are [-1.0]");
        refuses(List.of(), List.of(0.0), 1, 2, 0.1, "learning-rates and weight-decays must each name a number");
        refuses(List.of(1.0), List.of(0.0), 0, 2, 0.1, "epochs must be at least 1, but is 0");
        refuses(List.of(1.0), List.of(0.0), 1, 1, 0.1, "batch must be at least 2, but is 1");
        refuses(List.of(1.0), List.of(0.0), 1, 2, 1, "held-out must be between 0 and 1, but is 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SweptLinearProbeEvaluator.Config(List.of(1.0), List.of(0.0), 1, 2, 0.1, List.of(1.0), 0))
                .withMessage("halve-at must be between 0 and 1, but is [1.0]");
    }

    private static void refuses(List<Double> rates, List<Double> decays, int epochs, int batch, double held, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SweptLinearProbeEvaluator.Config(rates, decays, epochs, batch, held, List.of(), 0))
                .withMessage(message);
    }

    private static Evaluator probe(List<Double> rates, List<Double> decays) {
        return new SweptLinearProbeEvaluator(
                new SweptLinearProbeEvaluator.Config(rates, decays, 10, 512, 0.1, List.of(0.5), 3));
    }

    private static Circle circle(int first, int images) {
        return new Circle(IntStream.range(0, images).map(i -> first + i % 32 + 90 * (i % 2)).toArray(),
                IntStream.range(0, images).map(i -> i % 2).toArray());
    }
}
