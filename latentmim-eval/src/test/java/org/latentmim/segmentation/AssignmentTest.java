package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void gainsAsMuchAsTheBestOfAllAssignments() {
        Random random = new Random(4);
        for (int i = 0; i < 600; i++) {
            int rows = 1 + random.nextInt(6);
            int columns = 1 + random.nextInt(6);
            boolean tied = i % 3 == 0;
            double[][] gains = IntStream.range(0, rows)
                    .mapToObj(row -> random.doubles(columns).map(x -> tied ? Math.floor(3 * x) : x - 0.3).toArray())
                    .toArray(double[][]::new);
            int[] columnOf = Assignment.best(gains);
            int[] used = Arrays.stream(columnOf).filter(column -> column != Assignment.NONE).toArray();
            assertThat(used).hasSize(Math.min(rows, columns)).doesNotHaveDuplicates();
            double gain = IntStream.range(0, rows).filter(row -> columnOf[row] != Assignment.NONE)
                    .mapToDouble(row -> gains[row][columnOf[row]]).sum();
            assertThat(gain).as(Arrays.deepToString(gains)).isCloseTo(
                    best(gains, 0, new boolean[columns], Math.max(0, rows - columns)), within(1e-12));
        }
    }

    @Test
    void findsWhatGainsMostAmongMany() {
        int size = 300;
        Random random = new Random(5);
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(shuffled, random);
        int[] hidden = shuffled.stream().mapToInt(Integer::intValue).toArray();
        double[][] gains = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                gains[row][column] = random.nextDouble() + (hidden[row] == column ? 1 : 0);
            }
        }
        assertThat(Assignment.best(gains)).isEqualTo(hidden);
    }

    /** Tries every assignment in which so many rows stay without a column. */
    private static double best(double[][] gains, int row, boolean[] taken, int without) {
        if (row == gains.length) {
            return 0;
        }
        double best = without > 0 ? best(gains, row + 1, taken, without - 1) : Double.NEGATIVE_INFINITY;
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.max(best, gains[row][column] + best(gains, row + 1, taken, without));
                taken[column] = false;
            }
        }
        return best;
    }
}
