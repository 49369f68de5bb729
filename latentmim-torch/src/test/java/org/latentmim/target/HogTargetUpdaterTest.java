package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskedPatches;

class HogTargetUpdaterTest {

    /** A ramp rises at an angle: 0 to the right, 90 downwards. Bin k holds 20 k to 20 (k + 1) degrees, and their opposites. */
    @ParameterizedTest
    @CsvSource({"0, 0", "10, 0", "30, 1", "45, 2", "90, 4", "135, 6", "170, 8", "180, 0", "225, 2", "270, 4", "315, 6", "350, 8"})
    void aRampFallsIntoTheBinOfItsAngle(int degrees, int bin) {
        for (double contrast : new double[] {1e-3, 1, 50}) {
            double right = contrast * rounded(Math.cos(Math.toRadians(degrees)));
            double down = contrast * rounded(Math.sin(Math.toRadians(degrees)));
            double[] expected = new double[9];
            expected[bin] = 1;
            assertThat(hog(8, 1, 9, 8, (row, column) -> down * row + right * column)).as("contrast %s", contrast)
                    .containsExactly(expected, within(1e-6));
        }
    }

    /** Cells come row by row: a ramp to the right in the last columns, or a ramp down in the last rows, and nothing elsewhere. */
    @Test
    void looksAtEachCellAlone() {
        double[] flat = new double[9];
        assertCells(hog(16, 1, 9, 8, (row, column) -> column < 12 ? 12 : column), flat, unit(9, 0), flat, unit(9, 0));
        assertCells(hog(16, 1, 9, 8, (row, column) -> row < 12 ? 12 : row), flat, flat, unit(9, 4), unit(9, 4));
    }

    /** 4 x 4 pixels have 2 x 2 whose neighbours are all there. Sobel by hand, for one bright pixel at row 1, column 1. */
    @Test
    void addsUpTheGradientsOfSobel() {
        double[] histogram = hog(4, 1, 9, 4, (row, column) -> row == 1 && column == 1 ? 1 : 0);
        // (1, 1): 0; (1, 2): right -2; (2, 1): down -2; (2, 2): right -1, down -1
        double norm = Math.sqrt(4 + 4 + 2);
        double[] expected = new double[9];
        expected[0] = 2 / norm;
        expected[4] = 2 / norm;
        expected[2] = Math.sqrt(2) / norm;
        assertThat(histogram).containsExactly(expected, within(1e-6));
    }

    @Test
    void doesNotCareForContrastOrBrightness() {
        DoubleBinaryOperator texture = (row, column) -> Math.sin(3 * row + column * column);
        double[] once = hog(16, 3, 9, 8, texture);
        double[] again = hog(16, 3, 9, 8, (row, column) -> 7 * texture.applyAsDouble(row, column) - 2);
        assertThat(again).containsExactly(once, within(1e-5));
        assertThat(once).hasSize(2 * 2 * 3 * 9); // 108, as published
    }

    @Test
    void theOppositeDirectionIsTheSame() {
        DoubleBinaryOperator texture = (row, column) -> Math.cos(row * column);
        assertThat(hog(8, 1, 9, 8, (row, column) -> -texture.applyAsDouble(row, column)))
                .containsExactly(hog(8, 1, 9, 8, texture), within(1e-6));
    }

    @Test
    void theLengthOfEachHistogramIsOne() {
        double[] histograms = hog(16, 2, 5, 4, (row, column) -> Math.sin(row * column + row));
        for (int i = 0; i < histograms.length; i += 5) {
            double square = Arrays.stream(histograms, i, i + 5).map(value -> value * value).sum();
            assertThat(square).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void aPatchSmallerThanACellIsOne() {
        assertThat(new HogTargetUpdater(new HogTargetUpdater.Config(9, 8), new PatchGrid(2, 2, 4, 0, 3)).width()).isEqualTo(27);
    }

    @Test
    void refusesWhatItCannotCut() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HogTargetUpdater.Config(1, 8))
                .withMessage("bins must be at least 2, but is 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new HogTargetUpdater.Config(9, 2))
                .withMessage("cell must be at least 3, but is 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HogTargetUpdater(new HogTargetUpdater.Config(9, 8), new PatchGrid(2, 2, 14, 0, 3)))
                .withMessage("cell must divide the patch size, but 8 does not divide 14");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HogTargetUpdater(new HogTargetUpdater.Config(9, 8), new PatchGrid(2, 2, 2, 0, 3)))
                .withMessage("hog needs patches of 3 x 3 pixels or more, but they have 2 x 2");
    }

    /** The histograms of one patch, all channels alike. */
    private static double[] hog(int side, int channels, int bins, int cell, DoubleBinaryOperator pixel) {
        float[] values = new float[side * side * channels];
        for (int i = 0; i < values.length; i++) {
            int place = i / channels;
            values[i] = (float) pixel.applyAsDouble(place / side, place % side);
        }
        try (PointerScope scope = new PointerScope()) {
            PatchGrid grid = new PatchGrid(1, 2, side, 0, channels);
            Tensor both = AbstractTensor.create(values, 1, 1, values.length).expand(1, 2, -1);
            Tensor ids = AbstractTensor.create(new long[] {0, 1}, 1, 2);
            MaskedPatches patches = new MaskedPatches(both, ids.narrow(1, 0, 1), ids.narrow(1, 1, 1), ids.narrow(1, 0, 0));
            HogTargetUpdater updater = new HogTargetUpdater(new HogTargetUpdater.Config(bins, cell), grid);
            Tensor targets = updater.targets(patches);
            assertThat(targets.shape()).containsExactly(1, 1, updater.width());
            double[] numbers = new double[updater.width()];
            targets.to(ScalarType.Double).contiguous().data_ptr_double().get(numbers);
            return numbers;
        }
    }

    private static void assertCells(double[] histograms, double[]... cells) {
        for (int i = 0; i < cells.length; i++) {
            assertThat(Arrays.copyOfRange(histograms, 9 * i, 9 * i + 9)).as("cell %s", i).containsExactly(cells[i], within(1e-6));
        }
    }

    private static double[] unit(int length, int place) {
        double[] unit = new double[length];
        unit[place] = 1;
        return unit;
    }

    /** Without the rounding error of sines and cosines that are zero. */
    private static double rounded(double value) {
        return Math.rint(value * 1e9) / 1e9;
    }
}
