package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.latentmim.segmentation.Mosaics.Tiles;
import org.latentmim.segmentation.SegmentationProbeEvaluator.Config;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Score;

class SegmentationProbeEvaluatorTest {

    private static final Config USUAL = new Config(16, List.of(1, 3), 200, 100_000, 0);

    private final Mosaics train = Mosaics.random(20, 4, 1);
    private final Mosaics test = Mosaics.random(12, 4, 2);

    @Test
    void neighboursTellEveryPixelAndRegressionOneClassAPatch() throws IOException {
        List<Score> scores = evaluate(USUAL, train, test, true);

        assertThat(scores).extracting(Score::name).containsExactly("knn mIoU", "logistic regression mIoU");
        assertThat(scores.get(0).value()).isCloseTo(100, within(1e-9));
        // Of a tile that is both, 8 pixels are rightly sky, and 8 are called so that are road; the lower class wins the tie.
        long sky = 16 * count(Mosaics.SKY);
        long road = 16 * count(Mosaics.ROAD);
        long half = 8 * count(Mosaics.BOTH);
        double skyOverlap = 100.0 * (sky + half) / (sky + 2 * half);
        double roadOverlap = 100.0 * road / (road + half);
        assertThat(scores.get(1).value()).isCloseTo((skyOverlap + roadOverlap) / 2, within(1e-9));
        assertThat(scores.get(1).settings()).containsEntry("IoU of sky", String.format("%.2f", skyOverlap))
                .containsEntry("IoU of road", String.format("%.2f", roadOverlap));
    }

    @Test
    void saysHowItWasMeasured() throws IOException {
        Score knn = evaluate(USUAL, train, test, true).get(0);
        long patches = Arrays.stream(train.tiles()).flatMapToInt(Arrays::stream).filter(tile -> tile != Mosaics.VOID).count();
        assertThat(knn.unit()).isEqualTo("%");
        assertThat(knn.images()).isEqualTo(12);
        assertThat(knn.protocol()).isEqualTo("mean over classes of all pixels; each pixel the most frequent class among those of"
                + " the 1 nearest patches by cosine, learned from " + patches + " patches of 20 train images; standardised patch"
                + " features of 'tiles', whole images resized to 16 x 16");
        assertThat(knn.settings()).containsEntry("size", "16 x 16").containsEntry("k", "1").containsEntry("distance", "cosine")
                .containsEntry("train-patches", patches + "").containsEntry("held-out-images", "2")
                .containsEntry("held-out mIoU", "100.00").containsEntry("seed", "0").containsEntry("patch-size", "4");
        assertThat(knn.interval()).get().satisfies(interval -> assertThat(interval.high()).isEqualTo(100));
    }

    @Test
    void featuresThatTellNothingScoreNearChance() throws IOException {
        // Either class for half of the pixels, by chance: a quarter of all is in both, three quarters in either.
        assertThat(evaluate(USUAL, Mosaics.random(20, 2, 3), Mosaics.random(40, 2, 4), false))
                .allSatisfy(score -> assertThat(score.value()).as(score.name()).isBetween(20.0, 42.0));
    }

    @Test
    void resizesMapsToItsSize() throws IOException {
        assertThat(new SegmentationProbeEvaluator(new Config(32, List.of(1), 200, 1000, 0)).evaluate(
                new EvaluationTask(new Tiles(true, 8), Optional.of(train), test)).get(0).value()).isCloseTo(100, within(1e-9));
    }

    @Test
    void learnsFromNoMorePatchesThanAskedFor() throws IOException {
        List<Score> scores = evaluate(new Config(16, List.of(1), 200, 100, 0), train, test, true);
        assertThat(scores).allSatisfy(score -> assertThat(score.settings()).containsEntry("train-patches", "100"));
        assertThat(scores.get(0).value()).isCloseTo(100, within(1e-9));
    }

    @Test
    void scoresTheSameTwiceAndLeavesNothingBehind() throws IOException {
        List<Score> first = evaluate(USUAL, train, test, false);
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            assertThat(evaluate(USUAL, train, test, false)).isEqualTo(first);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        refuses(null, test, "segmentation-probe needs train images with label maps to learn from");
        refuses(new Changed(train, List.of(), true), test,
                "segmentation-probe needs train images with label maps of 1 to 255 classes, but they have 0 classes");
        refuses(new Changed(train, train.classes(), false), test,
                "segmentation-probe needs a label map for every train image, but mosaics/");
        refuses(train, new Changed(test, test.classes(), false),
                "segmentation-probe needs a label map for every test image, but mosaics/0.bmp has none");
        refuses(new Changed(train, List.of("a", "b"), true), test,
                "segmentation-probe needs the same classes in train and test images, but they are [a, b] and [sky, road]");
        refuses(Mosaics.random(1, 2, 5), test,
                "segmentation-probe needs at least 2 train images, to hold some out, but there is 1");
        refuses(uniform(Mosaics.VOID), test, "segmentation-probe needs train images with pixels that are judged, but found 0"
                + " patches of them to choose by and 0 to learn from");
        refuses(uniform(Mosaics.ROAD), test,
                "segmentation-probe needs train patches of at least 2 classes, but all 32 to learn from are 'road'");
        refuses(train, uniform(Mosaics.VOID),
                "segmentation-probe needs test images with pixels that are judged, but none of 3 has any");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(new Config(16, List.of(33), 1, 1000, 0), uniform(Mosaics.SKY), test, true))
                .withMessage("segmentation-probe asks 33 train patches for their classes, but there are only 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(new Config(18, List.of(1), 1, 1000, 0), train, test, true))
                .withMessage("segmentation-probe needs a size that is a multiple of the patch size, 4, but it is 18");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(0, List.of(1), 1, 1, "size must be between 1 and 4096, but is 0");
        refuses(1, List.of(), 1, 1, "k must be numbers of at least 1, but is []");
        refuses(1, List.of(0), 1, 1, "k must be numbers of at least 1, but is [0]");
        refuses(1, List.of(1), 0, 1, "iterations must be at least 1, but is 0");
        refuses(1, List.of(1), 1, 0, "train-patches must be between 1 and 1000000, but is 0");
    }

    private static void refuses(int size, List<Integer> k, int iterations, int trainPatches, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Config(size, k, iterations, trainPatches, 0))
                .withMessage(message);
    }

    private static void refuses(ImageSet train, ImageSet test, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> evaluate(USUAL, train, test, true))
                .withMessageStartingWith(message);
    }

    private static Mosaics uniform(int tile) {
        return new Mosaics(IntStream.range(0, 3).mapToObj(i -> IntStream.generate(() -> tile).limit(16).toArray())
                .toArray(int[][]::new));
    }

    private long count(int tile) {
        return Arrays.stream(test.tiles()).flatMapToInt(Arrays::stream).filter(found -> found == tile).count();
    }

    private static List<Score> evaluate(Config config, ImageSet train, ImageSet test, boolean telling) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            return new SegmentationProbeEvaluator(config).evaluate(
                    new EvaluationTask(new Tiles(telling, Mosaics.TILE), Optional.ofNullable(train), test));
        }
    }

    /** The same images with other classes, or without maps. */
    private record Changed(ImageSet images, List<String> classes, boolean mapped) implements ImageSet {

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int channels() {
            return images.channels();
        }

        @Override
        public ImageData read(int index) throws IOException {
            return images.read(index);
        }

        @Override
        public String id(int index) {
            return images.id(index);
        }

        @Override
        public Optional<LabelMap> labelMap(int index) throws IOException {
            return mapped ? images.labelMap(index) : Optional.empty();
        }
    }
}
