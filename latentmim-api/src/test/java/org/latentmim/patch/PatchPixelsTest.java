package org.latentmim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PatchPixelsTest {

    /** Two cells of 3 x 3 pixels side by side, each with a patch of 2 x 2; two channels, each a band. */
    private static final PatchGrid GRID = new PatchGrid(1, 2, 2, 1, 2, 2);

    private static final int[] STARTS = {9, 9, 0, 1, 1, 0};

    @Test
    void showsThePixelsWhereThePatchesOfEachBandBegin() {
        PatchPixels pixels = new PatchPixels(GRID, image(), 5, STARTS, 2);
        assertThat(pixels.value(0, 0, 0, 0)).as("first band, first cell, moved one column").isEqualTo(value(0, 1, 0));
        assertThat(pixels.value(0, 1, 1, 0)).isEqualTo(value(1, 2, 0));
        assertThat(pixels.value(1, 0, 0, 0)).as("first band, second cell, moved one row").isEqualTo(value(1, 3, 0));
        assertThat(pixels.value(2, 0, 0, 0)).as("second band, first cell").isEqualTo(value(0, 1, 1));
        assertThat(pixels.value(3, 1, 1, 0)).as("second band, second cell").isEqualTo(value(2, 4, 1));
    }

    @Test
    void findsTheVarianceOfEachPatch() {
        PatchPixels pixels = new PatchPixels(GRID, image(), 5, STARTS, 2);
        for (int id = 0; id < 4; id++) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < 4; i++) {
                double value = pixels.value(id, i / 2, i % 2, 0);
                mean += value / 4;
                squares += value * value / 4;
            }
            assertThat(pixels.variance()[id]).isCloseTo(squares - mean * mean, within(1e-9)).isPositive();
        }
    }

    @Test
    void findsTheEnergyOfTheEdgesInEachPatch() {
        PatchPixels pixels = new PatchPixels(GRID, image(), 5, STARTS, 2);
        for (int id = 0; id < 4; id++) {
            int sum = square(pixels, id, 0, 0, 0, 1) + square(pixels, id, 1, 0, 1, 1)
                    + square(pixels, id, 0, 0, 1, 0) + square(pixels, id, 0, 1, 1, 1);
            assertThat(pixels.energy()[id]).isCloseTo(sum / 4.0, within(1e-9)).isPositive();
        }
        PatchGrid points = new PatchGrid(1, 2, 1, 0, 1);
        assertThat(new PatchPixels(points, new byte[] {1, 9}, 0, new int[4], 0).energy()).containsExactly(0, 0);
    }

    @Test
    void averagesTheChannelsOfAPatch() {
        PatchGrid grid = new PatchGrid(1, 1, 2, 0, 2);
        byte[] image = {0, 10, 4, 10, 0, 10, 4, 30};
        PatchPixels pixels = new PatchPixels(grid, image, 0, new int[2], 0);
        assertThat(pixels.variance()).as("4 and 75").containsExactly(39.5);
        assertThat(pixels.energy()).as("16, 16, 0, 0 and 0, 400, 0, 400").containsExactly((32 + 800) / 8.0);
    }

    @Test
    void measuresLargePatchesInSomeOfTheirRows() {
        // The size of a patch, the distance between measured rows, and their number.
        for (int[] measured : new int[][] {{7, 1, 7}, {8, 2, 4}, {11, 2, 6}, {16, 4, 4}, {17, 4, 5}, {40, 10, 4}}) {
            int size = measured[0];
            PatchGrid grid = new PatchGrid(1, 1, size, 0, 1);
            byte[] lines = new byte[size * size];
            byte[] slope = new byte[size * size];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = (byte) (i % size % 2 * 200);
                slope[i] = (byte) (3 * (i / size));
            }
            double odd = size / 2 / (double) size;
            assertThat(new PatchPixels(grid, lines, 0, new int[2], 0).variance()[0])
                    .as("upright lines in %d pixels", size)
                    .isCloseTo(40_000 * odd * (1 - odd), within(1e-9));
            assertThat(new PatchPixels(grid, lines, 0, new int[2], 0).energy()[0])
                    .as("every pair in a row, and none in a column")
                    .isBetween(40_000 * 0.45, 40_000 * 0.55);
            assertThat(new PatchPixels(grid, slope, 0, new int[2], 0).variance()[0])
                    .as("a slope of %d steps", size)
                    .isCloseTo(9 * measured[1] * measured[1] * (measured[2] * measured[2] - 1) / 12.0, within(1e-9));
            assertThat(new PatchPixels(grid, slope, 0, new int[2], 0).energy()[0])
                    .as("every pair in a column, and none in a row")
                    .isBetween(9 * 0.45, 9 * 0.55);
        }
    }

    private static int square(PatchPixels pixels, int id, int row, int column, int otherRow, int otherColumn) {
        int difference = pixels.value(id, row, column, 0) - pixels.value(id, otherRow, otherColumn, 0);
        return difference * difference;
    }

    private static byte[] image() {
        byte[] image = new byte[5 + 3 * 6 * 2];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 6; column++) {
                for (int channel = 0; channel < 2; channel++) {
                    image[5 + (row * 6 + column) * 2 + channel] = (byte) value(row, column, channel);
                }
            }
        }
        return image;
    }

    private static int value(int row, int column, int channel) {
        return (97 * row + 31 * column + 13 * row * column + 120 * channel) % 256;
    }
}
