package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.data.AugmentationConfig.Decode;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageData;

class RandomCropTest {

    private static final int SIDE = 48;
    private static final int EPOCHS = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void aSmallerDecodeShowsTheSameCropHoweverTheCameraWasTurned(int orientation) throws IOException {
        byte[] file = ImageFiles.withOrientation(waves(400, 700, "jpeg"), orientation);
        int different = 0;
        double sum = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            byte[] full = render(Decode.FULL, file, epoch);
            byte[] reduced = render(Decode.REDUCED, file, epoch);
            for (int i = 0; i < full.length; i++) {
                int distance = Math.abs((full[i] & 0xff) - (reduced[i] & 0xff));
                sum += distance;
                different += distance > 0 ? 1 : 0;
            }
        }
        double values = (double) EPOCHS * SIDE * SIDE * 3;
        assertThat(different / values).as("share of values that are not the same").isGreaterThan(0.1);
        assertThat(sum / values).as("mean distance in levels; crops that do not match are some 40 apart").isLessThan(4);
    }

    @Test
    void aCropThatIsNotTwiceAsLargeAsTheViewIsDecodedInFull() throws IOException {
        byte[] file = waves(90, 90, "jpeg");
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertThat(render(Decode.REDUCED, file, epoch)).isEqualTo(render(Decode.FULL, file, epoch));
        }
    }

    @Test
    void otherFilesThanJpegsAreDecodedInFull() throws IOException {
        byte[] file = waves(400, 700, "png");
        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(render(Decode.REDUCED, file, epoch)).isEqualTo(render(Decode.FULL, file, epoch));
        }
    }

    private static byte[] render(Decode decode, byte[] file, long epoch) throws IOException {
        View view = new TrainingView(
                new PatchGrid(1, 1, SIDE, 0, 3), new AugmentationConfig(0.05, 1, 4.0 / 3, true, ColorJitter.NONE, decode));
        byte[] target = new byte[SIDE * SIDE * 3];
        view.render(new ListedImages(List.of(new ImageData.Encoded(file))), 0, TestChance.of(epoch), target, 0);
        return target;
    }

    /** Slow waves of another direction in each colour, so that every place looks like no other. */
    private static byte[] waves(int height, int width, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, wave(x / 37.0) << 16 | wave(y / 23.0) << 8 | wave((x + y) / 91.0));
            }
        }
        return ImageFiles.encode(image, format);
    }

    private static int wave(double phase) {
        return (int) (128 + 100 * Math.sin(phase));
    }
}
