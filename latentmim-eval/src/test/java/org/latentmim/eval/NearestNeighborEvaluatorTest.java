package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Interval;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.Score;
import org.latentmim.testing.EvaluatorContract;

class NearestNeighborEvaluatorTest extends EvaluatorContract {

    @Override
    protected Evaluator evaluator() {
        return new NearestNeighborEvaluator(new NearestNeighborEvaluator.Config(List.of(1, 20), 0.07, List.of(5, 40), 2, 0));
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
        List<Score> scores = asking(1, 3).evaluate(new EvaluationTask(new Circle.Angles(),
                Optional.of(new Circle(new int[] {0, 40, 90}, new int[] {0, 0, 1})),
                new Circle(new int[] {10, 100}, new int[] {0, 1})));
        String vote = " most similar of 3 train images by cosine, weights exp(similarity / 0.07); points on a circle";
        assertThat(scores).containsExactly(
                new Score("1-nn leave-one-out", 0, "%", 2,
                        "label of the most similar of the 1 other test images by cosine; points on a circle",
                        Optional.of(new Interval(0, 0, "95%, 1,000 bootstrap draws of the images, seed 0")),
                        Map.of("bootstrap-seed", "0", "k", "1", "gallery", "test, without the image itself")),
                all("1-nn train to test", "vote of the 1" + vote, 1),
                all("3-nn train to test", "vote of the 3" + vote, 3));
    }

    private static Score all(String name, String protocol, int k) {
        return new Score(name, 100, "%", 2, protocol,
                Optional.of(new Interval(100, 100, "95%, 1,000 bootstrap draws of the images, seed 0")),
                Map.of("bootstrap-seed", "0", "k", "" + k, "temperature", "0.07", "gallery", "train"));
    }

    @Test
    void asksAFewOfEachClassSeveralTimes() throws IOException {
        // The one image of 'up' is always drawn. With the first of 'right' half are named rightly, with the second all are.
        Circle train = new Circle(new int[] {0, 90, 120}, new int[] {0, 0, 1});
        Circle test = new Circle(new int[] {10, 70, 72, 130}, new int[] {0, 0, 0, 1});
        Evaluator evaluator = new NearestNeighborEvaluator(
                new NearestNeighborEvaluator.Config(List.of(1), 0.07, List.of(1), 40, 3));
        Score score = evaluator.evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(train), test)).get(2);
        assertThat(score.name()).isEqualTo("1-nn, 1 per class");
        double share = (score.value() - 50) / 50;
        assertThat(share).isStrictlyBetween(0.2, 0.8);
        double deviation = 50 * Math.sqrt(share * (1 - share) * 40 / 39);
        assertThat(score.interval().orElseThrow().low()).isCloseTo(score.value() - deviation, within(1e-9));
        assertThat(score.interval().orElseThrow().high()).isCloseTo(score.value() + deviation, within(1e-9));
        assertThat(score.interval().orElseThrow().method()).isEqualTo("mean and standard deviation of 40 tries");
        assertThat(score.settings()).containsEntry("gallery", "1 train images of each class").containsEntry("tries", "40")
                .containsEntry("seed", "3").containsEntry("k", "1").containsKey("deviation");
    }

    @Test
    void scoresTheTestImagesAloneWhereThereAreNoOthers() throws IOException {
        assertThat(asking(20).evaluate(new EvaluationTask(new Circle.Angles(), Optional.empty(),
                new Circle(new int[] {0, 1, 90, 91}, new int[] {0, 0, 1, 0}))))
                .extracting(Score::name, Score::value)
                .containsExactly(tuple("1-nn leave-one-out", 50.0));
    }

    @Test
    void leavesTheTrainImagesOutWhereNoneAreToVote() throws IOException {
        assertThat(asking().evaluate(new EvaluationTask(new Circle.Angles(),
                Optional.of(new Circle(new int[] {0}, new int[] {0})),
                new Circle(new int[] {0, 1, 90}, new int[] {1, 1, 0}))))
                .extracting(Score::name)
                .containsExactly("1-nn leave-one-out");
    }

    @Test
    void letsFarNeighboursOutvoteANearOneOnlyAtHighTemperature() {
        try (PointerScope scope = new PointerScope()) {
            Tensor gallery = AbstractTensor.create(new float[] {1, 0, 0.8f, 0.6f, 0.8f, 0.6f}, 3, 2);
            Tensor labels = AbstractTensor.create(0L, 1L, 1L);
            Tensor query = AbstractTensor.create(new float[] {1, 0}, 1, 2);
            Tensor label = AbstractTensor.create(new long[] {0}, 1);
            NearestNeighbors found = NearestNeighbors.in(gallery, query, 3, UnaryOperator.identity());
            // One vote of 1 against two of exp(-0.2 / temperature): equal at 0.2 / ln 2 = 0.2885.
            assertThat(found.vote(labels, 2, 3, 0.28).item_long()).isEqualTo(0);
            assertThat(found.vote(labels, 2, 3, 0.30).item_long()).isEqualTo(1);
            assertThat(found.vote(labels, 2, 3, 1e-4).item_long()).isEqualTo(0);
        }
    }

    @Test
    void excludesAnImageItselfButNotItsTwin() {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = AbstractTensor.create(new float[] {1, 0, 1, 0, 0, 1, 0, 1}, 4, 2);
            assertThat(longs(NearestNeighbors.amongOthers(features, 1, UnaryOperator.identity()).index()))
                    .containsExactly(1, 0, 3, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2500, 3", "20, 4999, 1100", "200, 70000, 40", "7, 131073, 5"})
    void findsTheSameAsSortingAllSimilarities(int k, int images, int asked) {
        try (PointerScope scope = new PointerScope()) {
            GeneratorOptional random = new GeneratorOptional(torch.make_generator_cpu(k));
            Tensor gallery = torch.randn(new long[] {images, 8}, random).to(ScalarType.Double);
            Tensor queries = torch.randn(new long[] {asked, 8}, random).to(ScalarType.Double);
            NearestNeighbors found = NearestNeighbors.in(gallery, queries, k, UnaryOperator.identity());
            Tensor similarity = unit(queries).matmul(unit(gallery).t());
            T_TensorTensor_T sorted = similarity.sort(1, true);
            assertThat(found.similarity().sub(sorted.get0().narrow(1, 0, k)).abs().max().item_double()).isLessThan(1e-12);
            assertThat(found.index().equal(sorted.get1().narrow(1, 0, k))).isTrue();
        }
    }

    @Test
    void findsOthersAmongMoreImagesThanFitIntoABlock() {
        try (PointerScope scope = new PointerScope()) {
            int images = 66_000;
            double[] features = new double[images * 2];
            for (int i = 0; i < images; i++) { // pairs, with a gap after each
                double angle = 2 * Math.PI * (i / 2 + 0.1 * (i % 2)) / (images / 2);
                features[2 * i] = Math.cos(angle);
                features[2 * i + 1] = Math.sin(angle);
            }
            Tensor all = AbstractTensor.create(features, images, 2);
            Tensor nearest = NearestNeighbors.amongOthers(all, 1, UnaryOperator.identity()).index().squeeze(1);
            assertThat(longs(nearest)).isEqualTo(LongStream.range(0, images).map(i -> i ^ 1).toArray());
        }
    }

    private static Tensor unit(Tensor rows) {
        return rows.div(rows.square().sum(1).sqrt().unsqueeze(1));
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[(int) tensor.numel()];
        tensor.contiguous().data_ptr_long().get(values);
        return values;
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
        refuses(Optional.empty(), new Circle(new int[] {0, 1, 2}, new int[] {1, 1, 1}),
                "nearest-neighbor needs test images of at least 2 classes, but all are 'up'");
        refuses(Optional.of(new Circle(new int[] {0, 1, 2}, new int[] {0, 0, 0})), two,
                "nearest-neighbor needs train images of at least 2 classes, but all are 'right'");
    }

    @Test
    void saysWhyTooFewImagesOfAClassDoNotAllowIt() {
        Circle two = new Circle(new int[] {0, 90}, new int[] {0, 1});
        Circle five = new Circle(new int[] {0, 1, 2, 3, 90}, new int[] {0, 0, 0, 0, 1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asking(List.of(1), 2).evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(five), two)))
                .withMessage("nearest-neighbor asks for 2 train images of each class, but there is 1 of 'up'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asking(List.of(1, 4), 1)
                        .evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(five), two)))
                .withMessage("nearest-neighbor asks 4 train images for their label, but 1 of each class are only 2");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> asking(0)).withMessage("k must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> asking(5, 5))
                .withMessage("k must name each number once, but is [5, 5]");
        assertThatIllegalArgumentException().isThrownBy(() -> new NearestNeighborEvaluator.Config(List.of(1), 0, List.of(), 3, 0))
                .withMessage("temperature must be more than 0, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> asking(List.of(1), 0))
                .withMessage("per-class must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> asking(List.of(1), 2, 2))
                .withMessage("per-class must name each number once, but is [2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NearestNeighborEvaluator.Config(List.of(1), 0.07, List.of(1), 1, 0))
                .withMessage("tries must be at least 2, but is 1");
    }

    private static void refuses(Optional<ImageSet> train, ImageSet test, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asking(1).evaluate(new EvaluationTask(new Circle.Angles(), train, test))).withMessage(message);
    }

    private static Evaluator asking(List<Integer> k, Integer... perClass) {
        return new NearestNeighborEvaluator(new NearestNeighborEvaluator.Config(k, 0.07, List.of(perClass), 3, 0));
    }

    private static Evaluator asking(Integer... k) {
        return new NearestNeighborEvaluator(new NearestNeighborEvaluator.Config(List.of(k), 0.07, List.of(), 3, 0));
    }
}
