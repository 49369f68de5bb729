package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.latentmim.segmentation.Mosaics.ROAD;
import static org.latentmim.segmentation.Mosaics.SKY;
import static org.latentmim.segmentation.Mosaics.VOID;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.segmentation.Mosaics.Tiles;
import org.latentmim.segmentation.UnsupervisedSegmentationEvaluator.Config;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Score;

class UnsupervisedSegmentationEvaluatorTest {

    private static final Config USUAL = new Config(4, List.of(3), 0, Optional.empty(), 20);

    @TempDir
    private Path folder;

    @Test
    void clustersOfFeaturesThatTellTheSegmentsAreTheSegments() throws IOException {
        assertThat(evaluate(USUAL, Mosaics.random(10, 2, 1), true)).extracting(Score::name)
                .containsExactly("Ward mIoU", "Ward mIoU, k = 3");
        assertThat(evaluate(USUAL, Mosaics.random(10, 2, 1), true).get(0).value()).isCloseTo(100, within(1e-9));
        assertThat(evaluate(USUAL, Mosaics.random(10, 2, 1), true).get(1).value()).isBetween(50.0, 99.9);
        assertThat(evaluate(USUAL, Mosaics.random(10, 2, 1), false).get(0).value()).isBetween(20.0, 60.0);
    }

    @Test
    void saysHowItWasMeasuredAndLeavesOutImagesOfOneSegment() throws IOException {
        Mosaics images = new Mosaics(new int[][] {rows(SKY, SKY, SKY, VOID), rows(SKY, ROAD, ROAD, ROAD)});
        Score score = evaluate(USUAL, images, true).get(0);
        assertThat(score.images()).isEqualTo(1);
        assertThat(score.unit()).isEqualTo("%");
        assertThat(score.protocol()).isEqualTo("mean over images of the mean IoU of their segments, each with the cluster that"
                + " the Hungarian algorithm gives it; clusters by Ward's method: as many as the image has segments; patch features of"
                + " 'tiles', whole images resized to 4 x 4 patches; 1 images of fewer than 2 segments are left out");
        assertThat(score.settings()).containsEntry("clusters", "as many as the image has segments")
                .containsEntry("linkage", "ward").containsEntry("size", "4 x 4 patches").containsEntry("left-out", "1");
        assertThat(score.interval()).isPresent();
    }

    @Test
    void showsTheImageItsSegmentsAndItsClusters() throws IOException {
        evaluate(new Config(4, List.of(), 0, Optional.of(folder), 1),
                new Mosaics(new int[][] {rows(SKY, ROAD, ROAD, VOID), rows(SKY, ROAD, SKY, SKY)}), true);

        try (Stream<Path> files = Files.list(folder.resolve("tiles"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("mosaics_0.png");
        }
        BufferedImage picture = ImageIO.read(folder.resolve("tiles/mosaics_0.png").toFile());
        assertThat(picture.getHeight()).isEqualTo(16);
        assertThat(picture.getWidth()).isEqualTo(3 * 16 + 2 * 8);
        assertThat(pixels(picture, 0, 0, 4, 12)).containsExactly("000000", "3c3c3c", "b4b4b4");
        assertThat(pixels(picture, 24, 0, 4, 12)).containsExactly("191144", "628495", "b4b4b4");
        assertThat(pixels(picture, 48, 0, 4)).containsExactly("191144", "628495");
        assertThat(pixels(picture, 16, 4)).containsExactly("ffffff");
    }

    @Test
    void scoresTheSameTwiceAndLeavesNothingBehind() throws IOException {
        List<Score> first = evaluate(USUAL, Mosaics.random(5, 2, 3), false);
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            assertThat(evaluate(USUAL, Mosaics.random(5, 2, 3), false)).isEqualTo(first);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        refuses(new Mosaics(new int[][] {rows(SKY, SKY, SKY, SKY), rows(VOID, VOID, VOID, VOID)}),
                "unsupervised-segmentation needs test images of at least 2 segments, but none of 2 has them");
        refuses(new Without(List.of(), Optional.empty()),
                "unsupervised-segmentation needs test images with label maps of 1 to 255 classes, but they have 0 classes");
        refuses(new Without(List.of("sky"), Optional.empty()),
                "unsupervised-segmentation needs a label map for every test image, but an image has none");
        byte[] many = new byte[17];
        for (int i = 0; i < many.length; i++) {
            many[i] = (byte) i;
        }
        refuses(new Without(Stream.iterate("a", name -> name + "a").limit(17).toList(), Optional.of(new LabelMap(1, 17, many))),
                "unsupervised-segmentation cannot cut the 16 patches of an image into as many clusters as it has segments, 17:"
                        + " give it more patches");
    }

    @Test
    void refusesToShowASegmentWhereThereIsNoImage() {
        ImageSet wide = new Without(List.of("sky", "road"), Optional.of(new LabelMap(1, 2, new byte[] {0, 1})));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(new Config(4, List.of(), 0, Optional.of(folder), 1), wide, true))
                .withMessage("the label map of an image has 1 x 2 pixels, but the image has 1 x 1");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(1, List.of(), 0, "patches must be between 2 and 96, but is 1");
        refuses(2, List.of(5), 0, "clusters must be between 1 and 4, the patches of an image, but is 5");
        refuses(2, List.of(2, 2), 0, "clusters must name each number once, but is [2, 2]");
        refuses(2, List.of(), -1, "shown must be at least 0, but is -1");
    }

    private static void refuses(int patches, List<Integer> clusters, int shown, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Config(patches, clusters, 0, Optional.empty(), shown))
                .withMessage(message);
    }

    private static void refuses(ImageSet test, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> evaluate(USUAL, test, true)).withMessage(message);
    }

    private static int[] rows(int... tiles) {
        int[] all = new int[16];
        for (int i = 0; i < all.length; i++) {
            all[i] = tiles[i / 4];
        }
        return all;
    }

    private static List<String> pixels(BufferedImage picture, int x, int... ys) {
        return Arrays.stream(ys).mapToObj(y -> String.format("%06x", picture.getRGB(x, y) & 0xffffff)).toList();
    }

    private static List<Score> evaluate(Config config, ImageSet test, boolean telling) throws IOException {
        return new UnsupervisedSegmentationEvaluator(config)
                .evaluate(new EvaluationTask(new Tiles(telling, Mosaics.TILE), Optional.empty(), test));
    }

    /** One image with other classes and map. */
    private record Without(List<String> classes, Optional<LabelMap> map) implements ImageSet {

        @Override
        public int size() {
            return 1;
        }

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
            return "an image";
        }

        @Override
        public Optional<LabelMap> labelMap(int index) {
            return map;
        }
    }
}
