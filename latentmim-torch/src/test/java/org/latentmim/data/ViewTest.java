package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentmim.data.AugmentationConfig.Decode;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageData;

class ViewTest {

    private static final PatchGrid GRID = new PatchGrid(2, 3, 3, 1, 1);
    private static final AugmentationConfig WHOLE = new AugmentationConfig(1, 1, 1, true, ColorJitter.NONE, Decode.FULL);

    @Test
    void trainingSeesTheGridWithItsGaps() {
        View view = new TrainingView(GRID, WHOLE);

        assertThat(view.height()).isEqualTo(8);
        assertThat(view.width()).isEqualTo(12);
        assertThat(view.channels()).isEqualTo(1);
    }

    @Test
    void evaluationSeesTheGridWithoutGaps() {
        View view = new EvaluationView(GRID, 6);

        assertThat(view.height()).isEqualTo(6);
        assertThat(view.width()).isEqualTo(9);
    }

    @Test
    void trainingMirrorsHalfOfTheImages() throws IOException {
        View view = new TrainingView(new PatchGrid(1, 1, 3, 0, 1), WHOLE);
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        byte[] mirrored = {3, 2, 1, 6, 5, 4, 9, 8, 7};

        int mirrors = 0;
        for (long epoch = 0; epoch < 1000; epoch++) {
            byte[] seen = render(view, new ImageData.Pixels(3, 3, 1, pixels.clone()), epoch);
            assertThat(Arrays.equals(seen, pixels) || Arrays.equals(seen, mirrored)).isTrue();
            mirrors += Arrays.equals(seen, mirrored) ? 1 : 0;
        }

        assertThat(mirrors / 1000.0).isCloseTo(0.5, within(0.05));
    }

    @Test
    void trainingDoesNotMirrorIfToldSo() {
        View view = new TrainingView(
                new PatchGrid(1, 1, 3, 0, 1), new AugmentationConfig(1, 1, 1, false, ColorJitter.NONE, Decode.FULL));
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        assertThat(LongStream.range(0, 50)).allSatisfy(
                epoch -> assertThat(render(view, new ImageData.Pixels(3, 3, 1, pixels.clone()), epoch)).isEqualTo(pixels));
    }

    /** Brightness is the only change, so that what was cut out can be told from its levels. */
    @Test
    void trainingChangesColoursOfTheSameCrop() throws IOException {
        PatchGrid grid = new PatchGrid(1, 1, 4, 0, 1);
        View plain = new TrainingView(grid, new AugmentationConfig(0.2, 1, 2, true, ColorJitter.NONE, Decode.FULL));
        View coloured = new TrainingView(grid, new AugmentationConfig(0.2, 1, 2, true, new ColorJitter(0.5, 0, 0), Decode.FULL));
        byte[] pixels = new byte[12 * 12];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (20 + i);
        }
        Set<Long> factors = new HashSet<>();
        for (long epoch = 0; epoch < 20; epoch++) {
            byte[] levels = render(plain, new ImageData.Pixels(12, 12, 1, pixels.clone()), epoch);
            byte[] changed = render(coloured, new ImageData.Pixels(12, 12, 1, pixels.clone()), epoch);
            double factor = IntStream.range(0, levels.length).mapToDouble(i -> changed[i] & 0xff).sum()
                    / IntStream.range(0, levels.length).mapToDouble(i -> levels[i] & 0xff).sum();
            for (int i = 0; i < levels.length; i++) {
                assertThat((double) (changed[i] & 0xff)).isCloseTo(factor * (levels[i] & 0xff), within(1.0));
            }
            factors.add(Math.round(factor * 1000));
        }
        assertThat(factors).hasSizeGreaterThan(15).allMatch(factor -> factor > 495 && factor < 1505);
    }

    @Test
    void trainingDrawsNoColoursIfNotToldSo() throws IOException {
        View view = new TrainingView(new PatchGrid(1, 1, 3, 0, 1), WHOLE);
        byte[] target = new byte[9];
        view.render(new ListedImages(List.of(new ImageData.Pixels(3, 3, 1, new byte[9]))), 0, purpose -> {
            assertThat(purpose).isNotEqualTo(Purpose.COLOR);
            return TestChance.of(0).apply(purpose);
        }, target, 0);
    }

    @Test
    void rendersIntoItsPlaceOnly() throws IOException {
        byte[] target = new byte[5];
        View view = new TrainingView(new PatchGrid(1, 1, 1, 0, 3), WHOLE);

        ListedImages images = new ListedImages(List.of(new ImageData.Pixels(1, 1, 3, new byte[] {7, 8, 9})));
        view.render(images, 0, TestChance.of(0), target, 1);

        assertThat(target).containsExactly(0, 7, 8, 9, 0);
    }

    @Test
    void resizesAnyNumberOfChannels() throws IOException {
        for (int channels = 1; channels < 8; channels++) {
            byte[] pixels = new byte[20 * 30 * channels];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (10 * (i % channels));
            }
            byte[] seen = render(new TrainingView(new PatchGrid(1, 1, 7, 0, channels), WHOLE),
                    new ImageData.Pixels(20, 30, channels, pixels), 0);

            assertThat(seen).isEqualTo(Arrays.copyOf(pixels, seen.length));
        }
    }

    @Test
    void evaluationCutsTheCentreWithoutResizingWhereTheShortSideFits() throws IOException {
        View view = new EvaluationView(new PatchGrid(1, 1, 1, 0, 1), 3);
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

        assertThat(render(view, new ImageData.Pixels(3, 5, 1, pixels), 0)).containsExactly(8);
        assertThat(render(view, new ImageData.Pixels(5, 3, 1, pixels), 0)).containsExactly(8);
    }

    @Test
    void evaluationRefusesImagesThatAreTooNarrow() {
        View view = new EvaluationView(new PatchGrid(1, 2, 4, 0, 1), 4);

        assertThatThrownBy(() -> render(view, new ImageData.Pixels(9, 9, 1, new byte[81]), 0)).isInstanceOf(IOException.class)
                .hasMessage("cannot use image-0: resized to 4 x 4 pixels, it has no room for the grid of 4 x 8");
    }

    @Test
    void evaluationRefusesASizeBelowTheGrid() {
        assertThatThrownBy(() -> new EvaluationView(new PatchGrid(14, 14, 16, 4, 3), 200)).isInstanceOf(UsageException.class)
                .hasMessage("evaluation.resize must be at least 224, the short side of the grid without gaps, but is 200");
    }

    private static byte[] render(View view, ImageData image, long epoch) throws IOException {
        byte[] target = new byte[view.height() * view.width() * view.channels()];
        view.render(new ListedImages(List.of(image)), 0, TestChance.of(epoch), target, 0);
        return target;
    }
}
