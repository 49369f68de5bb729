package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.LabelMap;

/** J and F against the official evaluation, and against its definition pixel by pixel. */
class BinaryMaskTest {

    /** What davis2017-evaluation says of these masks, OpenCV 5.0 doing its dilation. */
    @ParameterizedTest
    @CsvSource({
        "disc 480 854 240 400 100, disc 480 854 244 409 97, 0.8747923460284255, 0.6836166095451259",
        "disc 480 854 10 850 60, disc 480 854 5 840 55, 0.8686473807662236, 0.8407585103952478",
        "disc 480 854 479 0 90, disc 480 854 470 20 90, 0.6987977905339543, 0.04030226700251889",
        "bars 480 854 37 29 3, bars 480 854 31 29 3, 0.20253977187783065, 0.7173846717695527",
        "bars 101 64 5 9 2, bars 101 64 6 9 2, 0.3635790800252048, 0.7997709992948455",
        "disc 33 65 16 64 9, disc 33 65 16 60 12, 0.41846153846153844, 0",
        "disc 60 127 30 20 8, disc 60 127 30 110 8, 0, 0",
        "disc 1080 1920 500 900 300, bars 1080 1920 301 211 4, 0.15197198389073718, 0.08923194853383384"})
    void agreesWithTheOfficialEvaluation(String found, String truth, double region, double boundary) {
        BinaryMask own = drawn(found);
        BinaryMask wanted = drawn(truth);
        assertThat(own.regionSimilarity(wanted)).isEqualTo(region);
        assertThat(own.boundaryAccuracy(wanted)).isCloseTo(boundary, within(1e-15));
    }

    @Test
    void aDifferenceCountsTheSameFromBothSides() {
        BinaryMask disc = drawn("disc 480 854 240 400 100");
        BinaryMask bars = drawn("bars 480 854 37 29 3");
        assertThat(disc.regionSimilarity(bars)).isEqualTo(bars.regionSimilarity(disc));
        assertThat(disc.boundaryAccuracy(bars)).isEqualTo(bars.boundaryAccuracy(disc));
    }

    @Test
    void nothingFoundIsRightOnlyWhereThereIsNothing() {
        BinaryMask none = drawn("disc 40 70 -50 -50 3");
        BinaryMask some = drawn("disc 40 70 20 20 3");
        assertThat(none.regionSimilarity(none)).isEqualTo(1);
        assertThat(none.boundaryAccuracy(none)).isEqualTo(1);
        assertThat(some.regionSimilarity(none)).isZero();
        assertThat(some.boundaryAccuracy(none)).isZero();
        assertThat(none.boundaryAccuracy(some)).isZero();
        assertThat(some.boundaryAccuracy(some)).isEqualTo(1);
        BinaryMask all = drawn("bars 40 70 1 1 1");
        assertThat(all.boundaryAccuracy(none)).as("the edge of an image is no boundary").isEqualTo(1);
        assertThat(all.regionSimilarity(none)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "3, 63", "9, 64", "9, 65", "30, 127", "31, 128", "40, 129", "200, 260", "300, 70"})
    void boundariesMatchWhereADiskAroundEachPixelReaches(int height, int width) {
        Random random = new Random(31L * height + width);
        for (int share : new int[] {2, 10, 200}) {
            boolean[][] own = noise(height, width, share, random);
            boolean[][] wanted = noise(height, width, share, random);
            assertThat(BinaryMask.of(map(own), 1).boundaryAccuracy(BinaryMask.of(map(wanted), 1)))
                    .as("one pixel in %d", share).isCloseTo(accuracy(own, wanted), within(1e-15));
        }
    }

    @Test
    void aLabelIsReadAsItsNumber() {
        LabelMap map = new LabelMap(1, 3, new byte[] {(byte) 200, 1, (byte) 200});
        BinaryMask twoHundred = BinaryMask.of(map, 200);
        assertThat(twoHundred.regionSimilarity(BinaryMask.of(new LabelMap(1, 3, new byte[] {1, 1, 1}), 1))).isEqualTo(2 / 3.0);
    }

    private static boolean[][] noise(int height, int width, int share, Random random) {
        boolean[][] pixels = new boolean[height][width];
        for (boolean[] row : pixels) {
            for (int column = 0; column < width; column++) {
                row[column] = random.nextInt(share) == 0;
            }
        }
        return pixels;
    }

    private static double accuracy(boolean[][] own, boolean[][] wanted) {
        boolean[][] ownBoundary = boundary(own);
        boolean[][] wantedBoundary = boundary(wanted);
        int radius = (int) Math.ceil(0.008 * Math.hypot(own.length, own[0].length));
        double[] precision = near(ownBoundary, wantedBoundary, radius);
        double[] recall = near(wantedBoundary, ownBoundary, radius);
        if (precision[1] == 0 || recall[1] == 0) {
            return precision[1] == recall[1] ? 1 : 0;
        }
        double p = precision[0] / precision[1];
        double r = recall[0] / recall[1];
        return p + r == 0 ? 0 : 2 * p * r / (p + r);
    }

    private static boolean[][] boundary(boolean[][] mask) {
        int lastRow = mask.length - 1;
        int lastColumn = mask[0].length - 1;
        boolean[][] boundary = new boolean[mask.length][mask[0].length];
        for (int row = 0; row <= lastRow; row++) {
            for (int column = 0; column <= lastColumn; column++) {
                boolean here = mask[row][column];
                boolean right = column < lastColumn && here != mask[row][column + 1];
                boolean below = row < lastRow && here != mask[row + 1][column];
                boolean diagonal = row < lastRow && column < lastColumn && here != mask[row + 1][column + 1];
                boundary[row][column] = right || below || diagonal;
            }
        }
        return boundary;
    }

    /** Counts the pixels that have one of the others in reach, and all. */
    private static double[] near(boolean[][] pixels, boolean[][] others, int radius) {
        double[] counts = new double[2];
        for (int row = 0; row < pixels.length; row++) {
            for (int column = 0; column < pixels[0].length; column++) {
                if (pixels[row][column]) {
                    counts[1]++;
                    counts[0] += reached(others, row, column, radius) ? 1 : 0;
                }
            }
        }
        return counts;
    }

    private static boolean reached(boolean[][] others, int row, int column, int radius) {
        for (int y = Math.max(0, row - radius); y <= Math.min(others.length - 1, row + radius); y++) {
            for (int x = Math.max(0, column - radius); x <= Math.min(others[0].length - 1, column + radius); x++) {
                if (others[y][x] && (y - row) * (y - row) + (x - column) * (x - column) <= radius * radius) {
                    return true;
                }
            }
        }
        return false;
    }

    private static LabelMap map(boolean[][] pixels) {
        byte[] labels = new byte[pixels.length * pixels[0].length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (pixels[i / pixels[0].length][i % pixels[0].length] ? 1 : 0);
        }
        return new LabelMap(pixels.length, pixels[0].length, labels);
    }

    /** A disc by height, width, row, column and radius; or bars by height, width, their own width and height, and every which. */
    private static BinaryMask drawn(String shape) {
        String[] words = shape.split(" ");
        int[] n = new int[words.length];
        for (int i = 1; i < n.length; i++) {
            n[i] = Integer.parseInt(words[i]);
        }
        boolean[][] pixels = new boolean[n[1]][n[2]];
        for (int y = 0; y < n[1]; y++) {
            for (int x = 0; x < n[2]; x++) {
                pixels[y][x] = words[0].equals("disc")
                        ? (y - n[3]) * (y - n[3]) + (x - n[4]) * (x - n[4]) <= n[5] * n[5]
                        : (x / n[3] + y / n[4]) % n[5] == 0;
            }
        }
        return BinaryMask.of(map(pixels), 1);
    }
}
