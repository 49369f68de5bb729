package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;
import org.latentmim.testing.EvaluatorContract;

class NearestNeighborEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new NearestNeighborEvaluator(new NearestNeighborEvaluator.Config(List.of(1, 20), 0.07));
    }

    @Test
    void isFoundUnderItsName() {
        assertThat(ServiceLoader.load(Plugin.class).stream().flatMap(plugin -> plugin.get().components().stream()))
                .anySatisfy(component -> {
                    assertThat(component.spi()).isEqualTo(Evaluator.class);
                    assertThat(component.name()).isEqualTo("nearest-neighbor");
                });
    }

    @Test
    void saysHowEachScoreWasMeasured() throws IOException {
        List<Score> scores = asking(1, 3).evaluate(new EvaluationTask(new Angles(),
                Optional.of(new Circle(new int[] {0, 40, 90}, new int[] {0, 0, 1})),
                new Circle(new int[] {10, 100}, new int[] {0, 1})));
        assertThat(scores).containsExactly(
                new Score("1-nn leave-one-out", 0, "%", 2,
                        "label of the most similar of the 1 other test images by cosine; points on a circle"),
                new Score("1-nn train to test", 100, "%", 2, "vote of the 1 most similar of 3 train images by cosine, weights"
                        + " exp(similarity / 0.07); points on a circle"),
                new Score("3-nn train to test", 100, "%", 2, "vote of the 3 most similar of 3 train images by cosine, weights"
                        + " exp(similarity / 0.07); points on a circle"));
    }

    @Test
    void scoresTheTestImagesAloneWhereThereAreNoOthers() throws IOException {
        assertThat(asking(20).evaluate(new EvaluationTask(new Angles(), Optional.empty(),
                new Circle(new int[] {0, 1, 90, 91}, new int[] {0, 0, 1, 0}))))
                .extracting(Score::name, Score::value)
                .containsExactly(tuple("1-nn leave-one-out", 50.0));
    }

    @Test
    void leavesTheTrainImagesOutWhereNoneAreToVote() throws IOException {
        assertThat(asking().evaluate(new EvaluationTask(new Angles(),
                Optional.of(new Circle(new int[] {0}, new int[] {0})), new Circle(new int[] {0, 1}, new int[] {1, 1}))))
                .extracting(Score::name, Score::value)
                .containsExactly(tuple("1-nn leave-one-out", 100.0));
    }

    @Test
    void letsFarNeighboursOutvoteANearOneOnlyAtHighTemperature() {
        try (PointerScope scope = new PointerScope()) {
            Tensor gallery = AbstractTensor.create(new float[] {1, 0, 0.8f, 0.6f, 0.8f, 0.6f}, 3, 2);
            Tensor labels = AbstractTensor.create(0L, 1L, 1L);
            Tensor query = AbstractTensor.create(new float[] {1, 0}, 1, 2);
            Tensor label = AbstractTensor.create(new long[] {0}, 1);
            // One vote of 1 against two of exp(-0.2 / temperature): equal at 0.2 / ln 2 = 0.2885.
            assertThat(NearestNeighbors.weighted(gallery, labels, query, label, 2, List.of(3), 0.28)).containsExactly(100.0);
            assertThat(NearestNeighbors.weighted(gallery, labels, query, label, 2, List.of(3), 0.30)).containsExactly(0.0);
            assertThat(NearestNeighbors.weighted(gallery, labels, query, label, 2, List.of(3), 1e-4)).containsExactly(100.0);
        }
    }

    @Test
    void excludesAnImageItselfButNotItsTwin() {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = AbstractTensor.create(new float[] {1, 0, 1, 0, 0, 1, 0, 1}, 4, 2);
            assertThat(NearestNeighbors.leaveOneOut(features, AbstractTensor.create(0L, 0L, 1L, 2L))).isEqualTo(50);
        }
    }

    @Test
    void takesMoreImagesThanFitIntoAChunk() {
        try (PointerScope scope = new PointerScope()) {
            int images = 2500;
            long[] labels = new long[images];
            float[] features = new float[images * 2];
            for (int i = 0; i < images; i++) {
                labels[i] = i / 2 % 1250;
                double angle = 2 * Math.PI * (labels[i] + 0.1 * (i % 2)) / 1250;
                features[2 * i] = (float) Math.cos(angle);
                features[2 * i + 1] = (float) Math.sin(angle);
            }
            Tensor all = AbstractTensor.create(features, images, 2).to(ScalarType.Double);
            Tensor names = AbstractTensor.create(labels);
            assertThat(NearestNeighbors.leaveOneOut(all, names)).isEqualTo(100);
            assertThat(NearestNeighbors.weighted(all, names, all, names, 1250, List.of(1, 2), 0.07))
                    .containsExactly(100.0, 100.0);
        }
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        Circle two = new Circle(new int[] {0, 90}, new int[] {0, 1});
        refuses(Optional.empty(), new Circle(new int[] {0, 90}, new int[] {0, ImageSet.NO_LABEL}),
                "nearest-neighbor needs a label for every test image, but 90 degrees has none");
        refuses(Optional.of(new Circle(new int[] {45}, new int[] {ImageSet.NO_LABEL})), two,
                "nearest-neighbor needs a label for every train image, but 45 degrees has none");
        refuses(Optional.of(new Circle(new int[0], new int[0])), two,
                "nearest-neighbor asks 1 train images for their label, but there are only 0");
        refuses(Optional.empty(), new Circle(new int[] {0}, new int[] {0}),
                "nearest-neighbor needs at least 2 test images, but there is 1");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> asking(0)).withMessage("k must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> asking(5, 5))
                .withMessage("k must name each number once, but is [5, 5]");
        assertThatIllegalArgumentException().isThrownBy(() -> new NearestNeighborEvaluator.Config(List.of(1), 0))
                .withMessage("temperature must be more than 0, but is 0.0");
    }

    private static void refuses(Optional<ImageSet> train, ImageSet test, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asking(1).evaluate(new EvaluationTask(new Angles(), train, test))).withMessage(message);
    }

    private static Evaluator asking(Integer... k) {
        return new NearestNeighborEvaluator(new NearestNeighborEvaluator.Config(List.of(k), 0.07));
    }

    /** Images that are points on a circle. */
    private record Circle(int[] degrees, int[] labels) implements ImageSet {

        @Override
        public int size() {
            return degrees.length;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public ImageData read(int index) {
            throw new AssertionError("the features need no pixels");
        }

        @Override
        public String id(int index) {
            return degrees[index] + " degrees";
        }

        @Override
        public int label(int index) {
            return labels[index];
        }

        @Override
        public List<String> classes() {
            return List.of("right", "up");
        }
    }

    private static final class Angles implements Representation {

        @Override
        public String name() {
            return "angles";
        }

        @Override
        public String protocol() {
            return "points on a circle";
        }

        @Override
        public Tensor features(ImageSet images) {
            float[] values = new float[2 * images.size()];
            for (int i = 0; i < images.size(); i++) {
                double angle = Math.toRadians(((Circle) images).degrees()[i]);
                values[2 * i] = (float) Math.cos(angle);
                values[2 * i + 1] = (float) Math.sin(angle);
            }
            return AbstractTensor.create(values, images.size(), 2);
        }
    }
}
