package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;
import org.latentmim.testing.Tensors;

/** On 40 images without labels and 20 numbers drawn for each. */
class DiagnosticsEvaluatorTest {

    private static final int WIDTH = 20;
    private static final DiagnosticsEvaluator EVALUATOR =
            new DiagnosticsEvaluator(new DiagnosticsEvaluator.Config(5000, 30, 4, 8));

    @Test
    void measuresAllThereIsInOrder() throws Exception {
        var scores = EVALUATOR.evaluate(task(new Normal(1), 40));
        assertThat(scores).extracting(Score::name).containsExactly("rankme", "alpha-req", "feature deviation", "uniformity",
                "alignment", "lidar", "cosine within images", "cosine across images", "cosine at one place",
                "variance of the place", "variance of the image", "place read", "nearer to the place");
        assertThat(scores).extracting(Score::images).containsExactly(40, 40, 40, 40, 30, 30, 8, 8, 8, 8, 8, 8, 8);
        assertThat(scores).allSatisfy(score -> assertThat(score.protocol()).endsWith("; drawn"));
        assertThat(scores.get(5).settings()).isEqualTo(Map.of("views", "4", "delta", "1e-4", "epsilon", "1e-8"));
        assertThat(scores.get(12).settings()).isEqualTo(Map.of("grid", "2 x 3"));
        Map<String, Double> values = values(scores);
        assertThat(values.get("rankme")).isBetween(12.0, 20.0);
        assertThat(values.get("feature deviation")).isCloseTo(1, within(0.1));
        assertThat(values.get("uniformity")).isCloseTo(-4 + 8.0 / WIDTH, within(0.2));
        assertThat(values.get("alignment")).isCloseTo(2, within(0.2));
        assertThat(values.get("cosine within images")).isCloseTo(0, within(0.05));
        assertThat(values.get("place read")).isLessThan(50);
    }

    @Test
    void aCollapseShowsInEveryNumber() throws Exception {
        Map<String, Double> values = values(EVALUATOR.evaluate(task(new Normal(0), 40)));
        assertThat(values).containsOnlyKeys("rankme", "feature deviation", "uniformity", "alignment", "lidar",
                "cosine within images", "cosine across images", "cosine at one place", "variance of the place",
                "variance of the image", "place read", "nearer to the place");
        assertThat(values.get("rankme")).isCloseTo(1, within(1e-4));
        assertThat(values.get("feature deviation")).isCloseTo(0, within(1e-6));
        assertThat(values.get("uniformity")).isCloseTo(0, within(1e-6));
        assertThat(values.get("alignment")).isCloseTo(0, within(1e-6));
        assertThat(values.get("lidar")).isCloseTo(1, within(1e-4));
        assertThat(values.get("cosine across images")).isCloseTo(1, within(1e-6));
        assertThat(values.get("place read")).isCloseTo(100 / 6.0, within(1e-9));
    }

    @Test
    void measuresTheSameTwice() throws Exception {
        assertThat(EVALUATOR.evaluate(task(new Normal(1), 40))).isEqualTo(EVALUATOR.evaluate(task(new Normal(1), 40)));
    }

    @Test
    void whatARepresentationDoesNotHaveIsLeftOut() throws Exception {
        Representation features = new Representation() {
            @Override
            public String name() {
                return "bare";
            }

            @Override
            public String protocol() {
                return "bare";
            }

            @Override
            public Tensor features(ImageSet images) {
                return Tensors.normal(4, ScalarType.Float, images.size(), 5);
            }
        };
        assertThat(EVALUATOR.evaluate(task(features, 40))).extracting(Score::name)
                .containsExactly("rankme", "feature deviation", "uniformity");
    }

    @Test
    void leavesNothingBehind() throws Exception {
        EVALUATOR.evaluate(task(new Normal(1), 40));
        long before = Pointer.totalCount();
        for (int i = 0; i < 5; i++) {
            EVALUATOR.evaluate(task(new Normal(1), 40));
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void refusesASingleImage() {
        assertThatIllegalArgumentException().isThrownBy(() -> EVALUATOR.evaluate(task(new Normal(1), 1)))
                .withMessage("diagnostics needs at least 2 images, but there is 1");
        EvaluationTask nothing = new EvaluationTask(new Normal(1), Optional.empty(), Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> EVALUATOR.evaluate(nothing))
                .withMessage("there are no images to judge by: give images.test");
    }

    @Test
    void refusesFewerThanTwoOfAnything() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticsEvaluator.Config(1, 2, 2, 2))
                .withMessage("images must be at least 2, but is 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticsEvaluator.Config(2, 1, 2, 2))
                .withMessage("view-images must be at least 2, but is 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticsEvaluator.Config(2, 2, 1, 2))
                .withMessage("views must be at least 2, but is 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticsEvaluator.Config(2, 2, 2, 1))
                .withMessage("token-images must be at least 2, but is 1");
    }

    private static EvaluationTask task(Representation representation, int images) {
        return new EvaluationTask(representation, Optional.empty(), new Unlabelled(images));
    }

    private static Map<String, Double> values(List<Score> scores) {
        return scores.stream()
                .collect(Collectors.toMap(Score::name, Score::value));
    }

    private record Unlabelled(int size) implements ImageSet {

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public ImageData read(int index) {
            return new ImageData.Pixels(1, 1, 1, new byte[1]);
        }

        @Override
        public String id(int index) {
            return "image " + index;
        }
    }

    /** Numbers from N(0, 1) times a spread around one vector. */
    private record Normal(double spread) implements Representation {

        @Override
        public String name() {
            return "drawn";
        }

        @Override
        public String protocol() {
            return "drawn";
        }

        @Override
        public Tensor features(ImageSet images) {
            return drawn(1, images.size());
        }

        @Override
        public Tensor views(ImageSet images, int draw) {
            return drawn(10 + draw, images.size());
        }

        @Override
        public Tensor patches(ImageSet images, int index, int rows, int columns) {
            return drawn(100 + index, rows * columns);
        }

        @Override
        public PatchGrid grid() {
            return new PatchGrid(2, 3, 4, 0, 1);
        }

        private Tensor drawn(long seed, long count) {
            return Tensors.normal(seed, ScalarType.Float, count, WIDTH).mul(new Scalar(spread)).add(new Scalar(1 - spread));
        }
    }
}
