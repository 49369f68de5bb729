package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Score;
import org.latentmim.testing.EvaluatorContract;

class LinearProbeEvaluatorTest extends EvaluatorContract {

    private static final Circle TRAIN = circle(0);
    private static final Circle TEST = circle(2);

    @Override
    protected Evaluator evaluator() {
        return new LinearProbeEvaluator(new LinearProbeEvaluator.Config(90, 1024, 6.4, 10, false, 0));
    }

    @Test
    void saysHowItWasMeasured() throws IOException {
        Score score = probe(100, false).evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(TRAIN), TEST)).get(0);
        assertThat(score.name()).isEqualTo("accuracy");
        assertThat(score.value()).isEqualTo(100);
        assertThat(score.images()).isEqualTo(64);
        assertThat(score.protocol()).isEqualTo("linear classifier of 64 train images after batch norm without weights, LARS,"
                + " 100 epochs, the same view in each epoch; points on a circle");
        assertThat(score.interval().orElseThrow().method()).isEqualTo("95%, 1,000 bootstrap draws of the images, seed 5");
        assertThat(score.settings()).containsEntry("epochs", "100").containsEntry("batch", "8")
                .containsEntry("learning-rate", "6.4").containsEntry("warmup-epochs", "2.0")
                .containsEntry("weight-decay", "0").containsEntry("online", "false").containsEntry("seed", "5");
    }

    @Test
    void learnsOnlineFromAnotherViewInEachEpoch() throws IOException {
        Views views = new Views();
        Score score = probe(60, true).evaluate(new EvaluationTask(views, Optional.of(TRAIN), TEST)).get(0);
        assertThat(views.draws).containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
        assertThat(score.value()).isEqualTo(100);
        assertThat(score.protocol()).contains("a random view in each epoch");
        assertThat(score.settings()).containsEntry("online", "true");
        // Features of the train images say the opposite of the views.
        assertThat(probe(60, false).evaluate(new EvaluationTask(views, Optional.of(TRAIN), TEST)).get(0).value()).isZero();
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        Circle two = new Circle(new int[] {0, 90}, new int[] {0, 1});
        refuses(Optional.empty(), two, "linear-probe needs labelled images to learn from: give images.train with labels");
        refuses(Optional.of(new Circle(new int[] {0, 45}, new int[] {0, ImageSet.NO_LABEL})), two,
                "linear-probe needs a label for every train image, but 45 degrees has none");
        refuses(Optional.of(two), new Circle(new int[] {7}, new int[] {ImageSet.NO_LABEL}),
                "linear-probe needs a label for every test image, but 7 degrees has none");
        refuses(Optional.of(new Circle(new int[] {0, 45}, new int[] {1, 1})), two,
                "linear-probe needs train images of at least 2 classes, but all are 'up'");
        refuses(Optional.of(new Circle(new int[] {}, new int[] {})), two,
                "linear-probe needs train images of at least 2 classes, but there are none");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(() -> new LinearProbeEvaluator.Config(0, 2, 1, 0, false, 0), "epochs must be at least 1, but is 0");
        refuses(() -> new LinearProbeEvaluator.Config(1, 1, 1, 0, false, 0), "batch must be at least 2, but is 1");
        refuses(() -> new LinearProbeEvaluator.Config(1, 2, 0, 0, false, 0), "learning-rate must be more than 0, but is 0.0");
        refuses(() -> new LinearProbeEvaluator.Config(1, 2, 1, 1.5, false, 0),
                "warmup-epochs must be between 0 and epochs, but is 1.5");
    }

    private static void refuses(Optional<ImageSet> train, ImageSet test, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> probe(2, false)
                .evaluate(new EvaluationTask(new Circle.Angles(), train, test))).withMessage(message);
    }

    private static void refuses(Runnable attempt, String message) {
        assertThatIllegalArgumentException().isThrownBy(attempt::run).withMessage(message);
    }

    private static Evaluator probe(int epochs, boolean online) {
        return new LinearProbeEvaluator(new LinearProbeEvaluator.Config(epochs, 1024, 6.4, 2, online, 5));
    }

    private static Circle circle(int first) {
        return new Circle(IntStream.range(0, 64).map(i -> first + i % 32 + 90 * (i % 2)).toArray(),
                IntStream.range(0, 64).map(i -> i % 2).toArray());
    }

    /** Views that show the images, and features of the train images that show them turned about. */
    private static final class Views extends Circle.Angles {

        private final List<Integer> draws = new ArrayList<>();

        @Override
        public Tensor views(ImageSet images, int draw) {
            draws.add(draw);
            return super.features(images);
        }

        @Override
        public Tensor features(ImageSet images) {
            Tensor shown = super.features(images);
            return images == TRAIN ? shown.flip(1) : shown;
        }
    }
}
