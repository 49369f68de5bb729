package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Score;
import org.latentmim.testing.EvaluatorContract;

class FewShotEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new FewShotEvaluator(new FewShotEvaluator.Config(
                List.of(1, 2, 4, 8, 16), List.of(0.01, 0.1), List.of(0.01, 1.0, 100.0), List.of(0L, 1L, 2L)));
    }

    @Test
    void saysHowEachScoreWasMeasured() throws IOException {
        Circle train = new Circle(new int[] {0, 1, 2, 3, 90, 91, 92, 93}, new int[] {0, 0, 0, 0, 1, 1, 1, 1});
        Circle test = new Circle(new int[] {5, 88}, new int[] {0, 1});
        List<Score> scores = with(List.of(2), List.of(0.25))
                .evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(train), test));
        assertThat(scores).extracting(Score::name).containsExactly("2-shot", "25% of each class");
        assertThat(scores.get(0).protocol()).isEqualTo("logistic regression of 2 train images of each class, standardised,"
                + " by L-BFGS, c chosen by others; points on a circle");
        assertThat(scores.get(1).protocol()).startsWith("logistic regression of 25% of the train images of each class, ");
        assertThat(scores).allSatisfy(score -> {
            assertThat(score.value()).isEqualTo(100);
            assertThat(score.images()).isEqualTo(2);
            assertThat(score.interval().orElseThrow().method()).isEqualTo("mean and standard deviation of 2 seeds");
        });
        assertThat(scores.get(0).settings()).containsEntry("seeds", "[3, 4]").containsEntry("deviation", "0.000")
                .containsEntry("c", "[1.0, 1.0]").containsEntry("c-grid", "[1.0]").containsEntry("train-images", "4")
                .containsEntry("choosing-images", "4");
        assertThat(scores.get(1).settings()).containsEntry("train-images", "2").containsEntry("choosing-images", "2");
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        Circle two = new Circle(new int[] {0, 90}, new int[] {0, 1});
        refuses(Optional.empty(), two, "few-shot needs labelled images to learn from: give images.train with labels");
        refuses(Optional.of(new Circle(new int[] {0, 45}, new int[] {0, ImageSet.NO_LABEL})), two,
                "few-shot needs a label for every train image, but 45 degrees has none");
        refuses(Optional.of(two), new Circle(new int[] {7}, new int[] {ImageSet.NO_LABEL}),
                "few-shot needs a label for every test image, but 7 degrees has none");
        refuses(Optional.of(new Circle(new int[] {0, 45}, new int[] {1, 1})), two,
                "few-shot needs train images of at least 2 classes, but all are 'up'");
        refuses(Optional.of(new Circle(new int[] {0, 1, 90}, new int[] {0, 0, 1})), two,
                "few-shot with 1 train images of each class needs 2 of 'up', 1 of them to choose c by, but there is 1");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(() -> with(List.of(0), List.of()), "shots must be at least 1, but are [0]");
        refuses(() -> with(List.of(4, 4), List.of()), "shots must name each number once, but are [4, 4]");
        refuses(() -> with(List.of(), List.of(1.0)), "shares must be between 0 and 1, but are [1.0]");
        refuses(() -> with(List.of(), List.of(0.1, 0.1)), "shares must name each number once, but are [0.1, 0.1]");
        refuses(() -> new FewShotEvaluator.Config(List.of(1), List.of(), List.of(), List.of(0L, 1L)),
                "c must name numbers of more than 0, but is []");
        refuses(() -> new FewShotEvaluator.Config(List.of(1), List.of(), List.of(0.0), List.of(0L, 1L)),
                "c must name numbers of more than 0, but is [0.0]");
        refuses(() -> new FewShotEvaluator.Config(List.of(1), List.of(), List.of(1.0), List.of(7L)),
                "seeds must name at least 2 different numbers, but are [7]");
    }

    private static void refuses(Optional<ImageSet> train, ImageSet test, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> with(List.of(1), List.of())
                .evaluate(new EvaluationTask(new Circle.Angles(), train, test))).withMessage(message);
    }

    private static void refuses(Runnable attempt, String message) {
        assertThatIllegalArgumentException().isThrownBy(attempt::run).withMessage(message);
    }

    private static Evaluator with(List<Integer> shots, List<Double> shares) {
        return new FewShotEvaluator(new FewShotEvaluator.Config(shots, shares, List.of(1.0), List.of(3L, 4L)));
    }
}
