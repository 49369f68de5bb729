package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentmim.data.AugmentationConfig.Decode;

class CropTest {

    private static final AugmentationConfig CONFIG =
            new AugmentationConfig(0.2, 1.0, 4.0 / 3, true, ColorJitter.NONE, Decode.FULL);

    @Test
    void staysInsideTheImage() {
        for (int size = 1; size < 60; size++) {
            int width = 61 - size;
            for (Crop crop : crops(size, width, CONFIG, 100)) {
                assertThat(crop.top()).isNotNegative();
                assertThat(crop.left()).isNotNegative();
                assertThat(crop.height()).isPositive();
                assertThat(crop.width()).isPositive();
                assertThat(crop.top() + crop.height()).isLessThanOrEqualTo(size);
                assertThat(crop.left() + crop.width()).isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void drawsAreaUniformlyAndShapeLogUniformly() {
        AugmentationConfig upToHalf = new AugmentationConfig(0.2, 0.6, 4.0 / 3, true, ColorJitter.NONE, Decode.FULL);
        List<Crop> crops = crops(1000, 1000, upToHalf, 20_000);

        List<Double> areas = crops.stream().map(crop -> crop.height() * crop.width() / 1e6).toList();
        assertThat(areas).allSatisfy(area -> assertThat(area).isBetween(0.199, 0.601));
        assertThat(mean(areas.stream())).isCloseTo(0.4, within(0.003));
        assertThat(areas.stream().filter(area -> area < 0.3).count() / 20_000.0).isCloseTo(0.25, within(0.015));

        List<Double> shapes = crops.stream().map(crop -> Math.log((double) crop.width() / crop.height())).toList();
        double limit = Math.log(4.0 / 3);
        assertThat(shapes).allSatisfy(shape -> assertThat(shape).isBetween(-limit - 0.005, limit + 0.005));
        assertThat(mean(shapes.stream())).isCloseTo(0, within(0.005));
        assertThat(mean(shapes.stream().map(shape -> shape * shape))).isCloseTo(limit * limit / 3, within(0.001));
    }

    @Test
    void drawsThePlaceUniformly() {
        AugmentationConfig quarter = new AugmentationConfig(0.25, 0.25, 1, true, ColorJitter.NONE, Decode.FULL);

        List<Crop> crops = crops(100, 100, quarter, 20_000);

        assertThat(crops).allSatisfy(crop -> assertThat(List.of(crop.height(), crop.width())).containsExactly(50, 50));
        assertThat(mean(crops.stream().map(crop -> (double) crop.top()))).isCloseTo(25, within(0.5));
        assertThat(mean(crops.stream().map(crop -> (double) crop.left()))).isCloseTo(25, within(0.5));
        assertThat(crops.stream().mapToInt(Crop::top).max()).hasValue(50);
    }

    @Test
    void takesTheMiddleOfPanoramas() {
        AugmentationConfig large = new AugmentationConfig(0.9, 1, 4.0 / 3, true, ColorJitter.NONE, Decode.FULL);

        assertThat(crops(30, 1000, large, 10)).containsOnly(new Crop(0, 480, 30, 40));
        assertThat(crops(1000, 30, large, 10)).containsOnly(new Crop(480, 0, 40, 30));
    }

    @Test
    void takesTheWholeImageWhereOnlyThatFits() {
        AugmentationConfig whole = new AugmentationConfig(1, 1, 1, true, ColorJitter.NONE, Decode.FULL);
        assertThat(crops(40, 40, whole, 10)).containsOnly(new Crop(0, 0, 40, 40));
        assertThat(crops(1, 1, CONFIG, 10)).containsOnly(new Crop(0, 0, 1, 1));
    }

    @Test
    void roundsTheCentreToTheEvenPixel() {
        assertThat(Crop.centre(257, 259, 224, 224)).isEqualTo(new Crop(16, 18, 224, 224));
        assertThat(Crop.centre(256, 341, 224, 224)).isEqualTo(new Crop(16, 58, 224, 224));
    }

    private static List<Crop> crops(int height, int width, AugmentationConfig config, int count) {
        SplittableRandom random = new SplittableRandom(3);
        return Stream.generate(() -> Crop.random(height, width, config, random)).limit(count).toList();
    }

    private static double mean(Stream<Double> values) {
        return values.mapToDouble(value -> value).average().orElseThrow();
    }
}
